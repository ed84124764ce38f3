"""The words of the register in the language of the reader; a test finds words that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.base.personal import Personal
from smartstart.people.register import Entry

WORDS: Final[dict[str, str | Promise]] = {
    "30 days after it closed, half a year at most; then the key is destroyed": _(
        "30 days after it closed, half a year at most; then the key is destroyed"
    ),
    "a day after it ended": _("a day after it ended"),
    "a day after the sign-in ended": _("a day after the sign-in ended"),
    "agreement": _("agreement"),
    "agreement with the organisation": _("agreement with the organisation"),
    "agreement with the organisation or the family": _(
        "agreement with the organisation or the family"
    ),
    "agreement with who takes part": _("agreement with who takes part"),
    "answer a question without a name": _("answer a question without a name"),
    "answer in the asker's language": _("answer in the asker's language"),
    "answer in the right language": _("answer in the right language"),
    "answer what somebody asks about their own data": _(
        "answer what somebody asks about their own data"
    ),
    "arrange the interview and reach the person": _("arrange the interview and reach the person"),
    "call back who proposed a pilot and understand what was seen": _(
        "call back who proposed a pilot and understand what was seen"
    ),
    "come back to one's own question": _("come back to one's own question"),
    "consent": _("consent"),
    "consent of the child": _("consent of the child"),
    "consent of the family": _("consent of the family"),
    "consent of the family, or the law named on the ground": _(
        "consent of the family, or the law named on the ground"
    ),
    "consent of who told it": _("consent of who told it"),
    "consent of who was invited": _("consent of who was invited"),
    "consent to quote, and a yes to exactly these words": _(
        "consent to quote, and a yes to exactly these words"
    ),
    "consent, by sending the form": _("consent, by sending the form"),
    "consent, given by marking": _("consent, given by marking"),
    "consent, given by voting": _("consent, given by voting"),
    "consent: one tap, or none": _("consent: one tap, or none"),
    "consent: the person typed it or switched it on, and can remove it": _(
        "consent: the person typed it or switched it on, and can remove it"
    ),
    "count each person once": _("count each person once"),
    "end a sign-in": _("end a sign-in"),
    "everybody": _("everybody"),
    "everyone": _("everyone"),
    "everyone in a pilot or circle with it": _("everyone in a pilot or circle with it"),
    "explicit consent of who takes part": _("explicit consent of who takes part"),
    "find misuse of an account": _("find misuse of an account"),
    "find the way home, for who lives there": _("find the way home, for who lives there"),
    "find what returns in many stories": _("find what returns in many stories"),
    "find who knows about a question": _("find who knows about a question"),
    "five years": _("five years"),
    "five years from writing, then removed by a signed cut": _(
        "five years from writing, then removed by a signed cut"
    ),
    "help one family together": _("help one family together"),
    "invite somebody to a design session and know who is there": _(
        "invite somebody to a design session and know who is there"
    ),
    "keep somebody safe": _("keep somebody safe"),
    "know which function stands behind words that everybody's question is compared with": _(
        "know which function stands behind words that everybody's question is compared with"
    ),
    "know which person of the field stands behind a meaning": _(
        "know which person of the field stands behind a meaning"
    ),
    "know who does what around the family": _("know who does what around the family"),
    "know who is invited": _("know who is invited"),
    "learn what families go through": _("learn what families go through"),
    "let who thought along answer, and correct what was made of it": _(
        "let who thought along answer, and correct what was made of it"
    ),
    "consent: the person wrote it and can take it back": _(
        "consent: the person wrote it and can take it back"
    ),
    "until the person takes it back, or the session's folder is erased": _(
        "until the person takes it back, or the session's folder is erased"
    ),
    "the team of the pilot; the person": _("the team of the pilot; the person"),
    "let people design something together, in their own words": _(
        "let people design something together, in their own words"
    ),
    "consent of who takes part": _("consent of who takes part"),
    "until the session's folder is erased with its pilot": _(
        "until the session's folder is erased with its pilot"
    ),
    "who takes part in the session; the team of the pilot": _(
        "who takes part in the session; the team of the pilot"
    ),
    "legal duty": _("legal duty"),
    "legal duty (AVG 12 to 20)": _("legal duty (AVG 12 to 20)"),
    "legal duty (NEN 7513, Besluit elektronische gegevensverwerking door zorgaanbieders)": _(
        "legal duty (NEN 7513, Besluit elektronische gegevensverwerking door zorgaanbieders)"
    ),
    "let a child be heard by whom it chose": _("let a child be heard by whom it chose"),
    "let a second person see that nobody is to be known in it": _(
        "let a second person see that nobody is to be known in it"
    ),
    "let somebody see for themselves whether they are heard": _(
        "let somebody see for themselves whether they are heard"
    ),
    "let somebody take part who needs something for it": _(
        "let somebody take part who needs something for it"
    ),
    "nobody": _("nobody"),
    "nobody; only the count is shown": _("nobody; only the count is shown"),
    "nobody; only the function is shown": _("nobody; only the function is shown"),
    "one week after the session, then removed": _("one week after the session, then removed"),
    "one year after the session, then removed": _("one year after the session, then removed"),
    "one year after the session, then removed; who pays keeps the books of the payer": _(
        "one year after the session, then removed; who pays keeps the books of the payer"
    ),
    "pay somebody the allowance of a design session, once": _(
        "pay somebody the allowance of a design session, once"
    ),
    "project leader and researchers of the pilot; the person": _(
        "project leader and researchers of the pilot; the person"
    ),
    "public task": _("public task"),
    "public task (AVG 6)": _("public task (AVG 6)"),
    "public task, or the legitimate interest of who asks (AVG 6)": _(
        "public task, or the legitimate interest of who asks (AVG 6)"
    ),
    "reach the function": _("reach the function"),
    "recognise somebody": _("recognise somebody"),
    "recognise your own sign-ins and end them": _("recognise your own sign-ins and end them"),
    "say who speaks, as far as they agreed": _("say who speaks, as far as they agreed"),
    "say why somebody looked": _("say why somebody looked"),
    "show from which function a meaning was signed": _(
        "show from which function a meaning was signed"
    ),
    "show the person it is about who looked, when, at what and why": _(
        "show the person it is about who looked, when, at what and why"
    ),
    "show where a solution comes from, in the words of who told it": _(
        "show where a solution comes from, in the words of who told it"
    ),
    "sign in": _("sign in"),
    "sign in (argon2 hash)": _("sign in (argon2 hash)"),
    "sign in at the own organisation": _("sign in at the own organisation"),
    "sign in with a card": _("sign in with a card"),
    "sign in with a second key": _("sign in with a second key"),
    "take a seat": _("take a seat"),
    "take up the invitation": _("take up the invitation"),
    "tell others who they deal with": _("tell others who they deal with"),
    "tell somebody that something waits": _("tell somebody that something waits"),
    "the administrator of the organisation": _("the administrator of the organisation"),
    "the child; who it chose": _("the child; who it chose"),
    "the family members of this home": _("the family members of this home"),
    "the person": _("the person"),
    "the person it is about": _("the person it is about"),
    "the person it is about; the privacy officer": _("the person it is about; the privacy officer"),
    "the person; the administrator who invited them": _(
        "the person; the administrator who invited them"
    ),
    "the person; the mail server of the house, or the service of the browser's maker": _(
        "the person; the mail server of the house, or the service of the browser's maker"
    ),
    "the privacy officer": _("the privacy officer"),
    "the programme office; the project leader once accepted": _(
        "the programme office; the project leader once accepted"
    ),
    "the project leader; the two who lead the session": _(
        "the project leader; the two who lead the session"
    ),
    "the two people who keep it": _("the two people who keep it"),
    "the two who lead the session": _("the two who lead the session"),
    "those who share a pilot or a circle with the person": _(
        "those who share a pilot or a circle with the person"
    ),
    "those who share a pilot or circle": _("those who share a pilot or circle"),
    "two years after the answer": _("two years after the answer"),
    "until changed": _("until changed"),
    "until it ends": _("until it ends"),
    "until it is used or ends": _("until it is used or ends"),
    "until it is withdrawn or no longer public; then removed at once": _(
        "until it is withdrawn or no longer public; then removed at once"
    ),
    "until one year after the answer": _("until one year after the answer"),
    "until removed": _("until removed"),
    "until somebody from another place looked at it, 30 days at most; then the key is destroyed": _(
        "until somebody from another place looked at it, 30 days at most; then the key is destroyed"
    ),
    "until the account ends": _("until the account ends"),
    "until the account ends, then as the ledger needs it": _(
        "until the account ends, then as the ledger needs it"
    ),
    "until the account ends, then one month": _("until the account ends, then one month"),
    "until the circle is erased, a year after it closed": _(
        "until the circle is erased, a year after it closed"
    ),
    "until the code ends": _("until the code ends"),
    "until the day they agreed to, ten years at most; gone at once when they take it back": _(
        "until the day they agreed to, ten years at most; gone at once when they take it back"
    ),
    "until the invitation is taken up or ends, then one month": _(
        "until the invitation is taken up or ends, then one month"
    ),
    "until the key is removed": _("until the key is removed"),
    "until the link is undone": _("until the link is undone"),
    "until the mailbox is closed; its key is then destroyed": _(
        "until the mailbox is closed; its key is then destroyed"
    ),
    "until the meaning changes": _("until the meaning changes"),
    "until the meaning changes or the account ends": _(
        "until the meaning changes or the account ends"
    ),
    "until the person takes the mark back or the term goes": _(
        "until the person takes the mark back or the term goes"
    ),
    "until the person takes the vote back or the proposal goes": _(
        "until the person takes the vote back or the proposal goes"
    ),
    "until the words are removed": _("until the words are removed"),
    "vital interest, or the duty to protect in Jeugdwet and Wmo": _(
        "vital interest, or the duty to protect in Jeugdwet and Wmo"
    ),
    "who asked it; the privacy officer": _("who asked it; the privacy officer"),
    "who asked, who holds it or was offered it, who was drawn in": _(
        "who asked, who holds it or was offered it, who was drawn in"
    ),
    "who asks a question": _("who asks a question"),
    "who has a ground on the folder; shown in the kijkboek": _(
        "who has a ground on the folder; shown in the kijkboek"
    ),
    "who keeps the list of expertises": _("who keeps the list of expertises"),
    "who pays: the project leader": _("who pays: the project leader"),
    "who said it": _("who said it"),
    "who wrote it; professionals of other organisations who look at it": _(
        "who wrote it; professionals of other organisations who look at it"
    ),
}


@dataclass(frozen=True, slots=True)
class InWords:
    """What is said of one or more fields, as it is read on the page.

    ``fields`` are names in the database, not words for a reader: the page marks them as such.
    """

    fields: tuple[str, ...]
    purpose: str | Promise
    basis: str | Promise
    retention: str | Promise
    readers: str | Promise


def in_words(entries: Iterable[Entry]) -> list[InWords]:
    """Return the fields of a thing in the language of the reader; what says the same, once."""
    together: dict[Personal, list[str]] = {}
    for entry in entries:
        together.setdefault(entry.says, []).append(entry.field)
    return [_said(says, tuple(fields)) for says, fields in together.items()]


def _said(says: Personal, fields: tuple[str, ...]) -> InWords:
    return InWords(
        fields,
        WORDS.get(says.purpose, says.purpose),
        WORDS.get(says.basis, says.basis),
        WORDS.get(says.retention, says.retention),
        WORDS.get(says.readers, says.readers),
    )
