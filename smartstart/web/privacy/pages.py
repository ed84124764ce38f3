"""What each role is told: what we know, who sees it, how long we keep it, what one can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.access.permissions import Role

Lines = tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One page: a title, and four short lists."""

    title: str | Promise
    know: Lines
    see: Lines
    keep: Lines
    do: Lines


ACCOUNT: Final[Lines] = (
    _("Your user name and the name that others see."),
    _("When and with which device you signed in."),
)
LOOKED: Final = _("When you read about a family, we write that down.")
SIGN_INS: Final = _("The list of your sign-ins: a day after each one ends.")
LINES: Final = _("The lines about who looked: five years.")
ASK: Final = _("Ask what we keep about you. You hear it within a month.")
WRONG: Final = _("Is something wrong? Ask us to mend it.")
COMPLAIN: Final = _("Not satisfied? You can go to the Autoriteit Persoonsgegevens.")
RIGHTS: Final[Lines] = (ASK, WRONG, COMPLAIN)

FAMILY_SEE: Final[Lines] = (
    _("You, and the people you said yes to."),
    _("The person who manages accounts sees your name, not your story."),
    _("You can read who looked, when and why."),
)
TEAM_KNOW: Final[Lines] = (*ACCOUNT, LOOKED)
TEAM_SEE: Final[Lines] = (
    _("Your colleagues in the pilot see your name."),
    _("Families can read that you looked, when and why."),
    _("Your administrator sees your name and your role."),
)
TEAM_KEEP: Final[Lines] = (
    _("Your account: until your last role ends, then one month."),
    SIGN_INS,
    LINES,
)
TEAM_DO: Final[Lines] = (_("See your own keys and sign-ins, and end them."), *RIGHTS)

VISITOR: Final = Told(
    _("When you just look around"),
    (
        _("Nothing. We do not follow you."),
        _("One cookie remembers your language, if you choose one."),
        _("What you type in a proposal, when you send it."),
    ),
    (_("The programme office reads your proposal."),),
    (_("A proposal: until it is answered, then one year."),),
    RIGHTS,
)
INTERVIEWEE: Final = Told(
    _("When you told us your story"),
    (
        _("Your story, in the words that you spoke."),
        _("What you allowed: use, quote, share, and how long."),
        _("Who you are stands apart, sealed."),
    ),
    (
        _("The people of the pilot read your story without your name."),
        _("Others read only quotes that you approved."),
        _("You can read who looked, when and why."),
    ),
    (_("As long as you said. Then your story is destroyed."), LINES),
    (
        _("Take your story back, whenever you want. You need no reason."),
        _("Say that we misunderstood you."),
        *RIGHTS,
    ),
)
PARENT: Final = Told(
    _("When you are a parent or guardian"),
    (*ACCOUNT, _("What you told us yourself.")),
    FAMILY_SEE,
    (_("Your account: until you stop, then one month."), SIGN_INS, LINES),
    (_("Take back a yes. It works at once."), *RIGHTS),
)
YOUNG: Final = Told(
    _("When you are young"),
    (*ACCOUNT, _("What you told us yourself.")),
    (
        _("You, and who you choose."),
        _("Is somebody in danger? Then we get help. You hear that first."),
        _("You can read who looked, when and why."),
    ),
    (_("Your account: until you stop, then one month."), SIGN_INS, LINES),
    (_("Ask somebody you trust to help you with this."), *RIGHTS),
)
SUPPORTER: Final = Told(
    _("When you help somebody"),
    TEAM_KNOW,
    (_("The family sees your name, and what you read."),),
    TEAM_KEEP,
    RIGHTS,
)
PROFESSIONAL: Final = Told(
    _("When you work with families"), TEAM_KNOW, TEAM_SEE, TEAM_KEEP, TEAM_DO
)
MEEDENKER: Final = Told(
    _("When you think along"),
    (*ACCOUNT, _("What you bring in, without your name.")),
    (_("The others at the table see your name."), _("The public sees ideas, not names.")),
    TEAM_KEEP,
    (_("Take back an idea of your own."), *RIGHTS),
)
LEADER: Final = Told(_("When you lead a pilot"), TEAM_KNOW, TEAM_SEE, TEAM_KEEP, TEAM_DO)
FACILITATOR: Final = Told(_("When you lead an evening"), TEAM_KNOW, TEAM_SEE, TEAM_KEEP, TEAM_DO)
RESEARCHER: Final = Told(_("When you do research"), TEAM_KNOW, TEAM_SEE, TEAM_KEEP, TEAM_DO)
OFFICE: Final = Told(
    _("When you work at the programme office"), TEAM_KNOW, TEAM_SEE, TEAM_KEEP, TEAM_DO
)
ADMINISTRATOR: Final = Told(
    _("When you manage accounts"),
    (*ACCOUNT, _("Whom you invited, ended and helped back in.")),
    (
        _("You see names and roles of your people. No family."),
        _("The privacy officer can read what you did."),
    ),
    TEAM_KEEP,
    TEAM_DO,
)
OFFICER: Final = Told(
    _("When you guard privacy"),
    (*ACCOUNT, _("Which lines you read.")),
    (_("You read who looked and why. Never the content."),),
    TEAM_KEEP,
    TEAM_DO,
)
OPERATOR: Final = Told(
    _("When you run the server"),
    (*ACCOUNT, _("The commands that change something.")),
    (_("You see that the system works. Texts of families are sealed."),),
    TEAM_KEEP,
    TEAM_DO,
)

TOLD: Final[dict[Role, Told]] = {
    Role.VISITOR: VISITOR,
    Role.INTERVIEWEE: INTERVIEWEE,
    Role.PARENT: PARENT,
    Role.YOUNG_PERSON: YOUNG,
    Role.SUPPORTER: SUPPORTER,
    Role.MEEDENKER: MEEDENKER,
    Role.PROFESSIONAL: PROFESSIONAL,
    Role.PROJECT_LEADER: LEADER,
    Role.FACILITATOR: FACILITATOR,
    Role.RESEARCHER: RESEARCHER,
    Role.PROGRAMME_OFFICE: OFFICE,
    Role.ADMINISTRATOR: ADMINISTRATOR,
    Role.PRIVACY_OFFICER: OFFICER,
    Role.OPERATOR: OPERATOR,
}
