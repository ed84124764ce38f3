"""The permission table: which role may do what, and within what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """In what capacity somebody acts: exactly one at a time."""

    VISITOR = "visitor"
    PARENT = "parent"
    YOUNG_PERSON = "young_person"
    SUPPORTER = "supporter"
    PROFESSIONAL = "professional"
    INTERVIEWEE = "interviewee"
    MEEDENKER = "meedenker"
    PROJECT_LEADER = "project_leader"
    FACILITATOR = "facilitator"
    RESEARCHER = "researcher"
    PROGRAMME_OFFICE = "programme_office"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"
    OPERATOR = "operator"


class Scope(StrEnum):
    """How far a role reaches."""

    NOWHERE = "nowhere"
    PILOT = "pilot"
    ORGANISATION = "organisation"
    REGION = "region"
    OWN = "own"


class Permission(StrEnum):
    """Something a role may do. Reading has its own rules on each queryset."""

    PILOT_PROPOSE = "pilot.propose"
    PILOT_ACCEPT = "pilot.accept"
    PILOT_LEAD = "pilot.lead"
    PILOT_WORK = "pilot.work"
    VOICE_PLAN = "voice.plan"
    VOICE_IMPORT = "voice.import"
    VOICE_CONFIRM_PSEUDONYM = "voice.confirm_pseudonym"
    VOICE_CODE = "voice.code"
    VOICE_MERGE = "voice.merge"
    VOICE_EXPORT = "voice.export"
    VOICE_OWN = "voice.own"
    THREAD_WRITE = "thread.write"
    THREAD_PUBLISH = "thread.publish"
    SESSION_PLAN = "session.plan"
    SESSION_LEAD = "session.lead"
    ALLOWANCE_PAY = "allowance.pay"
    CIRCLE_OPEN = "circle.open"
    CIRCLE_TAKE_PART = "circle.take_part"
    CIRCLE_DECIDE = "circle.decide"
    CIRCLE_WITHHOLD = "circle.withhold"
    CONSULT_ASK = "consult.ask"
    CONSULT_ANSWER = "consult.answer"
    CONSULT_FIGURES = "consult.figures"
    BASIS_SET = "basis.set"
    TERM_WRITE = "term.write"
    TERM_SIGN = "term.sign"
    TERM_MARK_HURTFUL = "term.mark_hurtful"
    TERM_KEEP = "term.keep"
    PEOPLE_MANAGE = "people.manage"
    PEOPLE_RESTORE = "people.restore"
    LEDGER_READ = "ledger.read"
    REGISTER_READ = "register.read"


SCOPE: Final[dict[Role, Scope]] = {
    Role.VISITOR: Scope.NOWHERE,
    Role.PARENT: Scope.OWN,
    Role.YOUNG_PERSON: Scope.OWN,
    Role.SUPPORTER: Scope.OWN,
    Role.PROFESSIONAL: Scope.ORGANISATION,
    Role.INTERVIEWEE: Scope.OWN,
    Role.MEEDENKER: Scope.PILOT,
    Role.PROJECT_LEADER: Scope.PILOT,
    Role.FACILITATOR: Scope.PILOT,
    Role.RESEARCHER: Scope.PILOT,
    Role.PROGRAMME_OFFICE: Scope.REGION,
    Role.ADMINISTRATOR: Scope.ORGANISATION,
    Role.PRIVACY_OFFICER: Scope.REGION,
    Role.OPERATOR: Scope.NOWHERE,
}

_RESEARCH: Final = frozenset(
    {
        Permission.PILOT_WORK,
        Permission.VOICE_PLAN,
        Permission.VOICE_IMPORT,
        Permission.VOICE_CONFIRM_PSEUDONYM,
        Permission.VOICE_CODE,
        Permission.VOICE_MERGE,
        Permission.VOICE_EXPORT,
        Permission.THREAD_WRITE,
    }
)

_FAMILY: Final = frozenset(
    {
        Permission.PILOT_PROPOSE,
        Permission.TERM_MARK_HURTFUL,
        Permission.CIRCLE_TAKE_PART,
        Permission.CIRCLE_DECIDE,
    }
)

_TERMS: Final = frozenset({Permission.TERM_WRITE, Permission.TERM_SIGN})

MAY: Final[dict[Role, frozenset[Permission]]] = {
    Role.VISITOR: frozenset({Permission.PILOT_PROPOSE, Permission.CONSULT_ASK}),
    Role.PARENT: _FAMILY | {Permission.CIRCLE_OPEN},
    Role.YOUNG_PERSON: _FAMILY,
    Role.SUPPORTER: frozenset({Permission.PILOT_PROPOSE, Permission.CIRCLE_TAKE_PART}),
    Role.PROFESSIONAL: _TERMS
    | {
        Permission.PILOT_PROPOSE,
        Permission.CIRCLE_OPEN,
        Permission.CIRCLE_TAKE_PART,
        Permission.CIRCLE_WITHHOLD,
        Permission.CONSULT_ASK,
        Permission.CONSULT_ANSWER,
    },
    Role.INTERVIEWEE: frozenset(
        {Permission.PILOT_PROPOSE, Permission.VOICE_OWN, Permission.TERM_MARK_HURTFUL}
    ),
    Role.MEEDENKER: frozenset({Permission.PILOT_PROPOSE, Permission.TERM_MARK_HURTFUL}),
    Role.PROJECT_LEADER: _RESEARCH
    | _TERMS
    | {
        Permission.PILOT_PROPOSE,
        Permission.PILOT_LEAD,
        Permission.THREAD_PUBLISH,
        Permission.SESSION_PLAN,
        Permission.SESSION_LEAD,
        Permission.ALLOWANCE_PAY,
    },
    Role.FACILITATOR: _TERMS
    | {
        Permission.PILOT_PROPOSE,
        Permission.PILOT_WORK,
        Permission.THREAD_WRITE,
        Permission.SESSION_PLAN,
        Permission.SESSION_LEAD,
    },
    Role.RESEARCHER: _RESEARCH | _TERMS | {Permission.PILOT_PROPOSE, Permission.SESSION_LEAD},
    Role.PROGRAMME_OFFICE: frozenset(
        {
            Permission.PILOT_PROPOSE,
            Permission.PILOT_ACCEPT,
            Permission.CONSULT_FIGURES,
            Permission.TERM_WRITE,
            Permission.TERM_KEEP,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.PILOT_PROPOSE,
            Permission.PEOPLE_MANAGE,
            Permission.PEOPLE_RESTORE,
            Permission.BASIS_SET,
        }
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Permission.PILOT_PROPOSE,
            Permission.LEDGER_READ,
            Permission.REGISTER_READ,
            Permission.BASIS_SET,
        }
    ),
    Role.OPERATOR: frozenset(),
}
