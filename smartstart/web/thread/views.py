"""Pages of a thread: the whole, one knot, and the public page of one solution."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.thread import queries
from smartstart.thread.kinds import Kind
from smartstart.voices.queries import agreed_and_not_shown
from smartstart.web.programme import fresh
from smartstart.web.thread import pages, public, words
from smartstart.web.thread import shown as show
from smartstart.web.thread.knot import knot_page
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def thread(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the thread of a pilot to who works or thinks along in it."""
    where = pages.place(request, slug)
    gaps = queries.gaps_in(request.actor, where.pilot.pk, on=request.today)
    page = pages.page(
        where,
        thread=show.shown(where.view, address=where.address),
        gaps=[(gap, where.address(where.view.knot(gap.knot.ref))) for gap in gaps if gap.is_open],
        weakened=[show.Way(k.words.title, where.address(k)) for k in where.view.weakened],
        anew=_anew(request, where),
        new=[where.new(kind) for kind in (Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA)],
    )
    return render(request, "thread/thread.html", page)


def _anew(request: VisitorRequest, where: pages.Place) -> list[show.Way]:
    """Return the voices that agree to words which stand nowhere, and where to publish those."""
    refs = agreed_and_not_shown(request.actor, where.pilot.pk, on=request.today)
    above = dict(reversed(where.view.ties))
    page = "thread:publish" if where.publishes else "thread:knot"
    return [
        show.Way(
            words.said_by(where.view.knot(ref)),
            reverse(page, args=[where.pilot.slug, above.get(ref, ref)]),
        )
        for ref in refs
    ]


@require_safe
@signed_in
def knot(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Show one knot: its words, what it rests on, what rests on it, and what can be done."""
    where = pages.place(request, slug)
    page = pages.page(where, **knot_page(request, where, where.view.knot(ref)))
    return render(request, "thread/knot.html", page)


@require_safe
def solution(request: VisitorRequest, slug: str, number: int) -> HttpResponse:
    """Show one published solution whole: the fixed form, the quotes, its thread."""
    pilot = pages.pilot_of(request, slug)
    version = queries.version_of(pilot.pk)

    def make() -> HttpResponse:
        return render(request, "thread/solution.html", _solution(request, pilot, number, version))

    whole = f"{pilot.pk}-{pilot.version}-{pilot.folder.rules_version}-{version}-{number}"
    return fresh.answer(request, f"{whole}-{fresh.words_of(request, pilot)}", make)


def _solution(request: VisitorRequest, pilot: Pilot, number: int, version: int) -> dict[str, Any]:
    view = queries.public_thread(pilot.pk, on=request.today, version=version)
    found = next((one for one in public.solutions_in(view) if one.id == number), None)
    if found is None:
        raise NotFound
    part = show.part_of(view, found.ref)
    crumbs = [
        {"label": _("Questions from the region"), "url": reverse("programme:pilots")},
        {"label": pilot.called, "url": reverse("programme:pilot", args=[pilot.slug])},
    ]
    return {
        "pilot": pilot,
        "crumbs": crumbs,
        "solution": public.solution(part, found, pilot),
        "thread": public.of_view(part, pilot, on=request.today),
    }
