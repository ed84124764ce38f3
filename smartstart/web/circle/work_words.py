"""How a question is told to who works on it: waiting, who takes over, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.middleware.csrf import get_token
from django.utils.dateformat import format as date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base.clock import HERE, day_of
from smartstart.circle.queries_steps import Step
from smartstart.circle.queries_work import Card
from smartstart.holding.waiting import Waiting
from smartstart.web.printed import printed
from smartstart.web.visit import VisitorRequest

A_WEEK: Final = 6
HAPPENED: Final[dict[str, str | Promise]] = {
    "asked": gettext_lazy("%(by)s asked the question"),
    "offered": gettext_lazy("%(by)s asked %(to)s to take it over"),
    "accepted": gettext_lazy("%(by)s picked it up"),
    "declined": gettext_lazy("%(by)s said no to it"),
    "promised": gettext_lazy("%(by)s promised to call that day"),
    "answered": gettext_lazy("%(by)s answered"),
    "refused": gettext_lazy("%(by)s said no, with the reason"),
    "confirmed": gettext_lazy("%(by)s was helped"),
    "reopened": gettext_lazy("%(by)s asked it again"),
    "given_back": gettext_lazy("It went to %(to)s"),
    "knows": gettext_lazy("%(by)s knew the family privately, %(to)s took over"),
    "family_asked": gettext_lazy("%(by)s asked the family: may %(to)s read it?"),
}


@dataclass(frozen=True, slots=True)
class WaitLine:
    """How long it waits, in words and for the dots."""

    words: str
    waited: int
    promised: int
    then: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that happened, in a sentence; ``why`` as it was written."""

    at: datetime
    words: str
    why: str


def printed_cards(request: VisitorRequest, cards: Sequence[Card]) -> list[SafeString]:
    """Return the questions of the list as the page shows them, the oldest first."""
    token = get_token(request)
    return [_printed(card, token, request.now, first=not n) for n, card in enumerate(cards)]


def _printed(card: Card, token: str, now: datetime, *, first: bool) -> SafeString:
    wait = wait_line(card.waiting, card.asked_at, now=now)
    texts: dict[str, str | UUID] = {
        "card.ref": card.ref,
        "card.asker": card.asker,
        "card.holder": card.holder,
        "card.title": card.title,
        "wait.words": wait.words,
        "wait.then": wait.then,
        "csrf_token": token,
    }
    same = {
        "card.is_offer": card.is_offer,
        "card.is_picked_up": card.is_picked_up,
        "wait.waited": wait.waited,
        "wait.promised": wait.promised,
        "wait.is_late": wait.is_late,
        "first": first,
    }
    return printed("circle/_work_card.html", texts, same)


def wait_line(waiting: Waiting, asked_at: datetime, *, now: datetime) -> WaitLine:
    """Return how long a question waits: the same words for who asks and who holds."""
    meter = waiting.meter
    return WaitLine(
        _waits(meter.waited, meter.promised, asked_at, is_late=meter.is_late),
        meter.waited,
        meter.promised,
        then_words(waiting, now=now),
        meter.is_late,
    )


def _waits(waited: int, promised: int, asked_at: datetime, *, is_late: bool) -> str:
    if waited < 1:
        day = date_format(asked_at.astimezone(HERE), "l H.i")
        return _("Waits since %(moment)s.") % {"moment": day}
    told = _("Waits 1 working day.") if waited == 1 else _("Waits %(days)s working days.")
    late = _("Promised was %(promised)s.") % {"promised": promised} if is_late else ""
    return f"{told % {'days': waited}} {late}".strip()


def then_words(waiting: Waiting, *, now: datetime) -> str:
    """Return who takes over when, in words: "tomorrow: Karin"; "" when nobody else does."""
    if waiting.then_at is None or not waiting.then:
        return ""
    ahead = day_of(waiting.then_at) - day_of(now)
    here = waiting.then_at.astimezone(HERE)
    if ahead <= timedelta(0):
        day = _("today")
    elif ahead == timedelta(days=1):
        day = _("tomorrow")
    else:
        day = date_format(here, "l" if ahead.days <= A_WEEK else "j F")
    return f"{day}: {waiting.then}"


def family_line(step: Step) -> StepLine:
    """Return it as the family reads it: nobody tells them whom they know privately."""
    return step_line(replace(step, kind="given_back") if step.kind == "knows" else step)


def step_line(step: Step) -> StepLine:
    """Return one thing that happened in a sentence; the reader is "You"."""
    told = _("It went to you") if step.kind == "given_back" and step.to_me else HAPPENED[step.kind]
    by = _("You") if step.by_me else step.by
    to = _("you") if step.to_me else step.to
    return StepLine(step.at, str(told) % {"by": by, "to": to}, step.why)
