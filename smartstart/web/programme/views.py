"""The public pages: home, overview, one pilot, lessons."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartstart.design.mirror import TookPart, took_part_in
from smartstart.programme import queries
from smartstart.programme.models import Pilot
from smartstart.programme.queries import Counts
from smartstart.programme.queries.cards import PAGE
from smartstart.web.findings import heard
from smartstart.web.programme import fresh, words
from smartstart.web.thread import public
from smartstart.web.visit import VisitorRequest

ON_HOME = 6


def page_number(request: VisitorRequest) -> int:
    """Return the page that the address asks for, the first when it makes no sense."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def paged(total: int, number: int, size: int = PAGE) -> Page[int]:
    """Return what the pages component needs; the rows themselves were asked for by number."""
    return Paginator(range(total), size).get_page(number)


def _overview(
    request: VisitorRequest, template: str, counts: Counts, group: str, size: int
) -> HttpResponse:
    leaf = paged(counts.groups.get(group, counts.total), page_number(request), size)
    cards = queries.cards(request.actor, on=request.today, group=group, page=leaf.number, size=size)
    page: dict[str, Any] = {
        "cards": [words.printed_card(card) for card in cards],
        "chips": words.chips(counts, group),
        "counts": counts,
        "page": leaf,
        "query": f"stand={group}&" if group else "",
    }
    return render(request, template, page)


@require_safe
def home(request: VisitorRequest) -> HttpResponse:
    """Say in ten seconds what this is, and show the newest questions."""
    counts = queries.counts_of(request.actor, on=request.today)
    return fresh.answer(
        request,
        counts.version,
        lambda: _overview(request, "programme/home.html", counts, "", ON_HOME),
    )


@require_safe
def pilots(request: VisitorRequest) -> HttpResponse:
    """Show all pilots, under one filter when asked, 24 to a page."""
    counts = queries.counts_of(request.actor, on=request.today)
    asked = request.GET.get("stand", "")
    group = asked if asked in counts.groups else ""
    return fresh.answer(
        request,
        f"{counts.version}-{group}-{page_number(request)}",
        lambda: _overview(request, "programme/pilots.html", counts, group, PAGE),
    )


@require_safe
def pilot(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show one pilot: its question, where it stands and why, what is known, what was made."""
    found = queries.pilot_shown(request.actor, slug, on=request.today)
    took_part = took_part_in(found.pk, on=request.today)
    # The page names who leads: a change in the team moves the rules of the pilot's folder.
    version = f"{found.pk}-{found.version}-{found.folder.rules_version}-{took_part.version}"
    version = f"{version}-{took_part.mark}-{fresh.words_of(request, found)}"
    return fresh.answer(request, version, lambda: _pilot(request, found, took_part))


def _pilot(request: VisitorRequest, found: Pilot, counted: TookPart) -> HttpResponse:
    story = queries.story_of(found, on=request.today)
    page = {
        "pilot": found,
        "story": story,
        "versions": words.versions_of(story),
        "changed_times": words.changed_times(story),
        "checks": words.checks_of(story, today=request.today),
        "took_part": words.took_part(story.took_part),
        "heard": heard.for_all(counted.told),
        "heard_guests": heard.for_all(counted.mirror.guests),
        "mirror": counted.mirror,
        "thread": public.thread_shown(found, on=request.today, version=counted.version),
    }
    return render(request, "programme/pilot.html", page)


@require_safe
def lessons(request: VisitorRequest) -> HttpResponse:
    """Show what pilots learned, in the order of the steps at which it matters."""
    total, version = queries.lessons_version(request.actor, on=request.today)
    leaf = paged(total, page_number(request))

    def make() -> HttpResponse:
        lines = queries.lesson_lines(request.actor, on=request.today, page=leaf.number)
        return render(request, "programme/lessons.html", {"lessons": lines, "page": leaf})

    return fresh.answer(request, f"{version}-{leaf.number}", make)
