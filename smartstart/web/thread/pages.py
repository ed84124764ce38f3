"""What the team's pages of a thread share: the pilot, what can be done, the way back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.access.permissions import Permission, Role
from smartstart.base.refusals import NotFound
from smartstart.programme import queries as programme
from smartstart.programme.models import Pilot
from smartstart.thread import queries
from smartstart.thread.kinds import Kind
from smartstart.thread.names import KINDS
from smartstart.thread.queries import KnotLine, ThreadView
from smartstart.voices.queries import excerpts_in
from smartstart.web.thread import shown as show
from smartstart.web.thread import words
from smartstart.web.thread.forms import FORMS
from smartstart.web.visit import VisitorRequest
from smartstart.web.voices import frame

NEW: Final = {
    Kind.INSIGHT: gettext_lazy("Write an insight"),
    Kind.HOW_MIGHT_WE: gettext_lazy("Ask a how-might-we question"),
    Kind.IDEA: gettext_lazy("Add an idea"),
    Kind.CONCEPT: gettext_lazy("Make a solution of it"),
    Kind.PROTOTYPE: gettext_lazy("Add a first form"),
    Kind.TEST: gettext_lazy("Tell how a test went"),
    Kind.FINDING: gettext_lazy("Tell what you found"),
}
CHANGED: Final = {
    Kind.INSIGHT: gettext_lazy("Change the insight"),
    Kind.HOW_MIGHT_WE: gettext_lazy("Change the question"),
    Kind.IDEA: gettext_lazy("Change the idea"),
    Kind.CONCEPT: gettext_lazy("Change the solution"),
    Kind.PROTOTYPE: gettext_lazy("Change the first form"),
    Kind.TEST: gettext_lazy("Change the test"),
    Kind.FINDING: gettext_lazy("Change what you found"),
}
NEXT: Final = {
    Kind.EXCERPT: (Kind.INSIGHT,),
    Kind.ANSWER: (Kind.INSIGHT,),
    Kind.NOTE: (Kind.INSIGHT,),
    Kind.FIGURE: (Kind.INSIGHT,),
    Kind.INSIGHT: (Kind.HOW_MIGHT_WE,),
    Kind.HOW_MIGHT_WE: (Kind.IDEA,),
    Kind.IDEA: (Kind.CONCEPT,),
    Kind.CONCEPT: (Kind.PROTOTYPE, Kind.TEST),
    Kind.PROTOTYPE: (Kind.TEST,),
    Kind.TEST: (Kind.FINDING,),
}
AUDIENCES: Final = {
    "team": gettext_lazy("Only the team sees this."),
    "meedenkers": gettext_lazy("The team and who thinks along see this."),
    "public": gettext_lazy("Everyone can read this."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A pilot, its thread, and what the reader may do there."""

    pilot: Pilot
    view: ThreadView
    writes: bool
    publishes: bool
    works: bool = False

    def address(self, knot: KnotLine) -> str:
        """Return the page of a knot."""
        return reverse("thread:knot", args=[self.pilot.slug, knot.ref])

    def new(self, kind: Kind, on: KnotLine | None = None) -> dict[str, str]:
        """Return the link to write something of this kind, on top of a knot."""
        url = reverse("thread:new", args=[self.pilot.slug, address_of(kind)])
        return {"words": str(NEW[kind]), "url": f"{url}?on={on.ref}" if on else url}

    def below(self, kind: Kind) -> list[tuple[str, str]]:
        """Return what a thing of this kind may rest on: references with words."""
        return [
            (str(knot.ref), f"{KINDS[knot.kind]}: {words.said_by(knot)}")
            for knot in self.view.knots
            if show.can_be_below(kind, knot)
        ]


def address_of(kind: Kind) -> str:
    """Return a kind as it stands in an address."""
    return kind.value.replace("_", "-")


def kind_of(address: str) -> Kind:
    """Return the kind that an address names. Raises NotFound."""
    found = next((kind for kind in FORMS if address_of(kind) == address), None)
    if found is None:
        raise NotFound
    return found


def pilot_of(request: VisitorRequest, slug: str) -> Pilot:
    """Return the pilot of an address. Raises NotFound."""
    return programme.pilot_shown(request.actor, slug, on=request.today)


def place(request: VisitorRequest, slug: str) -> Place:
    """Return the thread of a pilot for who works or thinks along in it. Raises NotFound."""
    pilot, actor = pilot_of(request, slug), request.actor
    if not actor.may(Permission.PILOT_WORK) and actor.role is not Role.MEEDENKER:
        raise NotFound
    return Place(
        pilot,
        queries.thread_of(request.reading, pilot.pk),
        writes=actor.may(Permission.THREAD_WRITE, within=pilot.ref),
        publishes=actor.may(Permission.THREAD_PUBLISH, within=pilot.ref),
        works=actor.may(Permission.PILOT_WORK, within=pilot.ref),
    )


def page(where: Place, **rest: Any) -> dict[str, Any]:
    """Return what each page of the thread shows."""
    return frame.page(where.pilot, "thread", where=where, **rest)


def crumbs(where: Place, knot: KnotLine | None = None) -> list[dict[str, str]]:
    """Return the way back to the thread, and to the knot it began with."""
    slug = where.pilot.slug
    found = [{"label": _("The thread"), "url": reverse("thread:thread", args=[slug])}]
    if knot is not None:
        found.append({"label": words.short(words.said_by(knot)), "url": where.address(knot)})
    return found


def chosen(request: VisitorRequest, where: Place) -> list[str]:
    """Return the references that an address asks to rest on: of knots, or of excerpts.

    What is not in this thread is left out.
    """
    asked = {*request.GET.getlist("on"), *request.GET.getlist("excerpt")}
    knots = {str(knot.ref) for knot in where.view.knots}
    if asked <= knots:
        return sorted(asked)
    lines = excerpts_in(request.reading, where.pilot.pk)
    known = {str(line.ref): str(line.knot) for line in lines}
    return sorted({known.get(ref, ref) for ref in asked} & knots)


def references(texts: Collection[str]) -> list[UUID]:
    """Return references that a form checked already."""
    return [UUID(text) for text in texts]
