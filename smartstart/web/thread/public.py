"""What everyone may read of a thread: for the page of a pilot and the page of one solution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.programme.models import Pilot
from smartstart.programme.queries import team_of
from smartstart.thread import queries
from smartstart.thread.kinds import Kind
from smartstart.thread.queries import KnotLine, ThreadView
from smartstart.web.thread import shown as show
from smartstart.web.thread import words

LOOKED_AT_WITHIN: Final = timedelta(days=14)
FORM: Final = {
    "goal": _("Goal"),
    "what": _("How it works"),
    "principles": _("What we hold on to"),
    "data_used": _("Stories and figures used"),
    "test_results": _("What the tests showed"),
    "question": _("For which question"),
    "developed_with": _("Made with"),
    "who": _("Who tried it"),
    "changed": _("What changed after it"),
}
IN_SHORT: Final = ("goal", "test_results", "developed_with")


@dataclass(frozen=True, slots=True)
class Solution:
    """One concept in the fixed form: ``form`` are pairs of a head and words, none empty."""

    ref: UUID
    title: str
    words: str
    url: str
    form: tuple[tuple[str, str], ...]
    in_short: tuple[tuple[str, str], ...]
    quotes: tuple[KnotLine, ...]
    lacks: tuple[str, ...]
    gap: str
    weakened: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That a voice was taken back: the month only, what rests on it, and who looks into it."""

    when: str
    what: str
    holder: str
    until: str


@dataclass(frozen=True, slots=True)
class PublicThread(show.Shown):
    """The public part of a thread; says no when nothing is public."""

    solutions: tuple[Solution, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes)


def thread_shown(pilot: Pilot, *, on: date, version: int | None = None) -> PublicThread:
    """Return what the public page of a pilot shows of its thread.

    Three queries; one less for who gives the ``version`` that ``version_of`` returned, one more
    (who looks into it) while something rests on a voice that was taken back.
    """
    view = queries.public_thread(pilot.pk, on=on, version=version)
    return of_view(view, pilot, on=on)


def of_view(view: ThreadView, pilot: Pilot, *, on: date) -> PublicThread:
    """Return a view of public knots as pages show it."""
    whole = show.shown(
        view, address=lambda knot: _address(pilot, knot), way=lambda knot: f"#{show.anchor(knot)}"
    )
    return PublicThread(
        drawing=whole.drawing,
        nodes=whole.nodes,
        solutions=tuple(solution(view, knot, pilot) for knot in solutions_in(view)),
        tombstones=tuple(_tombstones(view, pilot, on=on)),
    )


def solutions_in(view: ThreadView) -> list[KnotLine]:
    """Return the concepts that can be read."""
    return [k for k in view.knots if k.kind is Kind.CONCEPT and k.words.title]


def solution(view: ThreadView, knot: KnotLine, pilot: Pilot) -> Solution:
    """Return one concept in the fixed form."""
    told = {**knot.words.form, "what": knot.words.words}
    return Solution(
        ref=knot.ref,
        title=knot.words.title,
        words=knot.words.words,
        url=_address(pilot, knot),
        form=_pairs(told, FORM),
        in_short=_pairs(told, IN_SHORT),
        quotes=tuple(show.quotes_below(view, knot.ref)),
        lacks=show.lacks_of(knot),
        gap=knot.gap if knot.lacks else "",
        weakened=words.weakened(knot) if knot.is_weakened else "",
    )


def _pairs(told: dict[str, str], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(FORM[name]), told[name]) for name in names if told.get(name))


def _address(pilot: Pilot, knot: KnotLine) -> str:
    if knot.kind is Kind.CONCEPT and knot.words.title and pilot.slug:
        return reverse("thread:solution", args=[pilot.slug, knot.id])
    return f"#{show.anchor(knot)}"


def leader_of(pilot: Pilot, *, on: date) -> str:
    """Return the name of who leads a pilot; empty when nobody does today. One query."""
    hats = team_of(pilot, on=on)
    return next((hat.account.shown_as for hat in hats if hat.role == Role.PROJECT_LEADER), "")


def _tombstones(view: ThreadView, pilot: Pilot, *, on: date) -> list[Tombstone]:
    """Return one for each time that somebody took a story back, oldest first."""
    moments = sorted({knot.changed_at for knot in view.withdrawn})
    weaker = {moment: _weaker_since(view, moment) for moment in moments}
    holder = leader_of(pilot, on=on) if any(weaker.values()) else ""
    return [
        Tombstone(
            when=date_format(day_of(moment), "F Y"),
            what=_told(weak) if weak else "",
            holder=holder if weak else "",
            until=date_format(day_of(moment) + LOOKED_AT_WITHIN, "j F"),
        )
        for moment, weak in weaker.items()
    ]


def _weaker_since(view: ThreadView, moment: datetime) -> int:
    """Return how many knots are weakened that rest on what was taken back at this moment."""
    gone = [knot for knot in view.withdrawn if knot.changed_at == moment]
    return len({up.ref for knot in gone for up in view.above(knot.ref) if up.is_weakened})


def _told(weak: int) -> str:
    words = ngettext(
        "%(n)s part is weaker by it. We look whether it still holds.",
        "%(n)s parts are weaker by it. We look whether they still hold.",
        weak,
    )
    return words % {"n": weak}
