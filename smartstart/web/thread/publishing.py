"""Publish a solution: what becomes public, exactly as it will be read, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.access.actor import require
from smartstart.access.permissions import Permission
from smartstart.thread import operations, queries
from smartstart.thread.kinds import Kind
from smartstart.thread.names import KINDS
from smartstart.thread.queries import KnotLine, ThreadView
from smartstart.thread.words import Words
from smartstart.voices import queries as voices
from smartstart.voices.states import Layer, QuoteState
from smartstart.web.thread import pages, public, words
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices.frame import first_address

ASKS = ["GET", "HEAD", "POST"]
ANSWERED = frozenset({QuoteState.APPROVED, QuoteState.CHANGED, QuoteState.REFUSED})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that must be done before publishing, and where."""

    words: str
    about: str
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Quote:
    """How one excerpt may be shown: whether it waits for an answer, and the words."""

    waits: bool
    is_asked: bool
    words: Words
    interview: int


@require_http_methods(ASKS)
@signed_in
def publish(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Show what everyone will read; on POST publish it."""
    if request.method == "POST":
        operations.publish(request.actor, ref, at=request.now)
        messages.success(request, _("Everyone can read this now."))
        return redirect("thread:knot", slug, ref)
    where = pages.place(request, slug)
    require(request.actor, Permission.THREAD_PUBLISH, within=where.pilot.ref)
    return render(request, "thread/publish.html", _page(request, where, where.view.knot(ref)))


@require_POST
@signed_in
def take_back(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Show a knot, and all that rests on it, to the team only again."""
    operations.take_back(request.actor, ref, at=request.now)
    messages.success(request, _("Taken back. Only the team sees it now."))
    return redirect("thread:knot", slug, ref)


def _page(request: VisitorRequest, where: pages.Place, knot: KnotLine) -> dict[str, object]:
    quotes = _quotes(request, where)
    shown = (*where.view.below(knot.ref), knot)
    after = _as_public(request, where, shown, quotes)
    refs = {k.ref for k in shown if not k.is_withdrawn}
    return pages.page(
        where,
        knot=knot,
        said=words.said_by(knot),
        crumbs=pages.crumbs(where, knot),
        missing=list(_missing(request, where, knot, shown, quotes)),
        holder=public.leader_of(where.pilot, on=request.today),
        thread=public.of_view(after, where.pilot, on=request.today),
        parts=[(KINDS[k.kind], words.said_by(k)) for k in after.knots if k.ref in refs],
    )


def _quotes(request: VisitorRequest, where: pages.Place) -> dict[UUID, Quote]:
    """Return per knot how its excerpt may be shown: counted only, quoted, or waiting."""
    lines = voices.interviews_in(request.reading, where.pilot.pk)
    may_quote = {line.id for line in lines if Layer.QUOTE in line.layers}
    found = {}
    for line in voices.excerpts_in(request.reading, where.pilot.pk):
        quotable = line.interview in may_quote
        shown = line.shown if quotable and line.state is not QuoteState.REFUSED else ""
        found[line.knot] = Quote(
            waits=quotable and line.state not in ANSWERED,
            is_asked=line.state is QuoteState.ASKED,
            words=Words("", shown or "", by=line.described if shown else ""),
            interview=line.interview,
        )
    return found


def _as_public(
    request: VisitorRequest,
    where: pages.Place,
    shown: tuple[KnotLine, ...],
    quotes: dict[UUID, Quote],
) -> ThreadView:
    """Return the public thread as it will be: what is public now, and these knots with it."""
    now = queries.public_thread(where.pilot.pk, on=request.today)
    lines = {knot.ref: knot for knot in now.knots}
    lines |= {
        knot.ref: replace(knot, words=_words(knot, quotes), gap=_reason(knot)) for knot in shown
    }
    knots = tuple(lines[knot.ref] for knot in where.view.knots if knot.ref in lines)
    ties = tuple((low, up) for low, up in where.view.ties if low in lines and up in lines)
    return ThreadView(where.view.pilot_id, where.view.version, knots, ties)


def _words(knot: KnotLine, quotes: dict[UUID, Quote]) -> Words:
    if knot.kind is Kind.EXCERPT:
        return quotes[knot.ref].words if knot.ref in quotes else Words("")
    return knot.words


def _reason(knot: KnotLine) -> str:
    return knot.gap if knot.lacks else ""


def _missing(
    request: VisitorRequest,
    where: pages.Place,
    knot: KnotLine,
    shown: tuple[KnotLine, ...],
    quotes: dict[UUID, Quote],
) -> Iterator[Missing]:
    """Return everything that stands in the way, each with where it is mended."""
    if not where.pilot.is_public:
        url = reverse("programme:work", args=[where.pilot.slug])
        yield Missing(_("This pilot is not public yet."), "", url, _("Go to the pilot"))
    if len(shown) == 1 and not knot.is_withdrawn:
        yield Missing(_("Nothing stands below this."), "", where.address(knot), _("Tie a voice"))
    for below in shown:
        if below.is_weakened or below.is_withdrawn:
            said = words.said_by(below)
            yield Missing(_("This is weakened."), said, where.address(below), _("Look again"))
        yield from _unanswered(below, quotes.get(below.ref))
    for gap in queries.gaps_in(request.actor, where.pilot.pk, on=request.today):
        if gap.is_open and any(gap.knot.ref == below.ref for below in shown):
            url = where.address(where.view.knot(gap.knot.ref))
            for lack in sorted(gap.lacks - gap.explained):
                yield Missing(str(words.LACKS[lack]), gap.title, url, _("Give the reason"))


def _unanswered(knot: KnotLine, quote: Quote | None) -> Iterator[Missing]:
    if quote is None or not quote.waits:
        return
    url = first_address(("voices:quotes",), quote.interview)
    said = _("We wait for the answer of who said this.")
    asks = _("Who said this was not asked yet.")
    yield Missing(said if quote.is_asked else asks, words.said_by(knot), url, _("Go to the quotes"))
