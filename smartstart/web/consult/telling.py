"""How an exchange is told on the page: what happened, what was said, where its buttons lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE, day_of
from smartstart.circle.queries_bring import has_where_to_bring
from smartstart.consult import queries
from smartstart.consult.expertise.queries import best_three
from smartstart.consult.identity import danger
from smartstart.consult.queries import Card, Happened, Page
from smartstart.consult.queries_teaching import may_teach
from smartstart.consult.queries_whom import others
from smartstart.consult.states import AskerKind, TurnKind
from smartstart.holding.promises import Then
from smartstart.web.circle.work_words import A_WEEK, WaitLine, wait_line
from smartstart.web.consult.forms import AnswerForm, HelpedForm, NotYetForm, SayForm, WhyForm
from smartstart.web.consult.guard import family_frame
from smartstart.web.consult.second_look import by_rules_now
from smartstart.web.visit import VisitorRequest

HAPPENED: Final[dict[str, str | Promise]] = {
    "asked": _("Asked. %(to)s has it first"),
    "offered": _("%(by)s asked %(to)s to take it over"),
    "accepted": _("%(by)s picked it up"),
    "promised": _("%(by)s calls today"),
    "declined": _("%(by)s said no to it"),
    "given_back": _("It went to %(to)s"),
    "drawn_in": _("%(by)s asked %(to)s to think along"),
    "answered": _("%(by)s answered"),
    "asked_back": _("%(by)s wrote something"),
    "confirmed": _("It helped"),
    "reopened": _("It did not help yet"),
    "to_circle": _("It goes on in a circle"),
}
TAKES_OVER: Final[dict[Then, str | Promise]] = {
    Then.COVER: _("Does nobody answer? From %(day)s %(who)s stands in."),
    Then.COORDINATOR: _("Does nobody answer? From %(day)s it is the turn of %(who)s."),
}
SAYS: Final[dict[str, str | Promise]] = {
    "answer": _("Answer of %(by)s"),
    "ask_back": _("%(by)s asks"),
    "reaction": _("%(by)s says"),
    "advice": _("%(by)s thinks along"),
    "thanks": _("Thanks from %(by)s"),
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """A question in the list, with its waiting in words."""

    card: Card
    wait: WaitLine


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Something that was said, with a heading; ``is_advice``: what stands under every answer."""

    heading: str
    words: str
    at: datetime
    by_phone: bool
    is_answer: bool


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One thing that happened, in a sentence."""

    at: datetime
    words: str
    why: str


def card_lines(cards: tuple[Card, ...], *, now: datetime) -> list[CardLine]:
    """Return the questions of a list in words."""
    return [CardLine(one, wait_line(one.waiting, one.asked_at, now=now)) for one in cards]


def exchange_page(
    request: VisitorRequest, found: Page, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Answer with one question, in the frame of who looks."""
    by_code = request.actor.is_visitor
    by_rules = found.words is not None and by_rules_now()
    told_so = {"told": "rules" if by_rules else ""}
    told = (
        (family_frame() if by_code else {"frame": "base.html"})
        | {
            "page": found,
            "by_code": by_code,
            "can_bring": found.is_asker
            and not by_code
            and has_where_to_bring(request.actor, at=request.now),
            "wait": _wait(found, now=request.now),
            "rests": _rests(found, now=request.now),
            "said": _conversation(found),
            "turns": [_turn(one) for one in found.happened],
            "urls": _urls(found.ref, by_code=by_code),
            "by_rules": by_rules,
            "danger": found.is_asker and danger_said(found),
            "say_form": SayForm(initial=told_so),
            "answer_form": AnswerForm(initial=told_so),
            "why_form": WhyForm(initial=told_so),
            "not_yet_form": NotYetForm(initial=told_so),
            "helped_form": HelpedForm(initial=told_so),
            "asks_hours": found.asker_kind != AskerKind.YOUNG_PERSON,
        }
        | forms
    )
    if found.words is None:
        told["may_teach"] = may_teach(request.actor, found.ref, at=request.now)
    name = "exchange" if found.words is not None else "passed"
    return render(request, f"consult/{name}.html", told, status=status)


def danger_said(found: Page) -> bool:
    """Whether what the asker wrote tells of danger now."""
    said = [found.words or "", *(one.words for one in found.said if one.by_asker)]
    said += [one.why for one in _not_yet(found)]
    return any(danger(words) for words in said)


def _wait(found: Page, *, now: datetime) -> WaitLine:
    """Return how long it waits, and in a whole sentence who takes it up when nobody answers."""
    line = wait_line(found.waiting, found.asked_at, now=now)
    at, who = found.waiting.then_at, found.waiting.then
    if at is None or not who:
        return line
    words = TAKES_OVER[found.waiting.meter.then or Then.COORDINATOR]
    return replace(line, then=str(words) % {"who": who, "day": _day(at, now=now)})


def _rests(found: Page, *, now: datetime) -> str:
    """Say that nobody works now, while somebody waits; "" in working hours."""
    at = found.works_again_at
    if at is None or not found.is_open:
        return ""
    day = _day(at, now=now)
    return gettext("Nobody is at work now. From %(day)s again.") % {"day": day}


def _day(at: datetime, *, now: datetime) -> str:
    """Return "today 17.00", "tomorrow", "Tuesday" or "3 December"."""
    ahead = (day_of(at) - day_of(now)).days
    here = at.astimezone(HERE)
    if ahead < 1:
        return gettext("today %(time)s") % {"time": date_format(here, "G.i")}
    return (
        gettext("tomorrow") if ahead == 1 else date_format(here, "l" if ahead <= A_WEEK else "j F")
    )


def _urls(ref: UUID, *, by_code: bool) -> dict[str, str]:
    if by_code:
        names = {"say": "my_say", "helped": "my_helped", "not_yet": "my_not_yet"}
        return {name: reverse(f"consult:{to}") for name, to in names.items()}
    return {name: reverse(f"consult:{name}", args=[ref]) for name in ("say", "helped", "not_yet")}


def _said(one: queries.Said) -> SaidLine:
    heading = str(SAYS[one.kind]) % {"by": one.by}
    return SaidLine(heading, one.words, one.at, one.by_phone, one.kind == "answer")


def _not_yet(found: Page) -> list[Happened]:
    """Return what the asker wrote with each "not yet": the next answer is to that."""
    return [one for one in found.happened if one.kind == TurnKind.REOPENED]


def _conversation(found: Page) -> list[SaidLine]:
    """Return all that was said, in order; what is still missing stands among it."""
    missing = [
        SaidLine(str(HAPPENED[one.kind]), one.why, one.at, by_phone=False, is_answer=False)
        for one in _not_yet(found)
    ]
    return sorted([*map(_said, found.said), *missing], key=lambda one: one.at)


def _turn(one: Happened) -> TurnLine:
    why = "" if one.kind == TurnKind.REOPENED else one.why  # that is read among what was said
    return TurnLine(one.at, str(HAPPENED[one.kind]) % {"by": one.by, "to": one.to}, why)


def whom(request: VisitorRequest, found: Page) -> list[tuple[UUID, str]]:
    """Return to which functions one can give it: three who may know, and one's colleagues."""
    actor: Actor = request.actor
    language = get_language() or "nl"
    near = queries.near_of(actor, None)
    rest = others(actor, found.ref, at=request.now)
    taken = rest.part_already
    best = best_three(
        found.words or "", language=language, near=near, at=request.now, without=taken
    )
    known = {one.position_ref: f"{one.function}, {one.organisation}. {one.why}" for one in best}
    known |= {one.ref: one.whole for one in rest.colleagues}
    return [(ref, said) for ref, said in known.items() if ref not in taken]
