"""From a piece to an insight, and back to who said it: excerpts, approval, the card."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.voices import operations_quotes, operations_story, queries
from smartstart.voices.queries_rounds import transcript_of
from smartstart.voices.states import Layer
from smartstart.web.answers import MEND
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import cards, frame
from smartstart.web.voices.fields import stretch
from smartstart.web.voices.forms import AskQuoteForm, CardWordForm
from smartstart.web.voices.tombstone import with_story

INSIGHT = ("thread:new_insight", "thread:new")


@require_POST
@signed_in
def excerpt(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Make an excerpt of a piece and go to write an insight on it."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    start, end = stretch(request)
    made = operations_quotes.make_excerpt(
        request.actor, transcript, start=start, end=end, at=request.now
    )
    slug = made.interview.pilot.slug
    where = frame.first_address(INSIGHT, slug)
    if where:
        return redirect(f"{where}?excerpt={made.ref}")
    messages.success(request, _("The piece is kept as an excerpt."))
    return redirect("voices:quotes", interview_id)


@require_safe
@with_story
def quotes(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Show the excerpts of an interview, and what the person said about showing them."""
    line = queries.interview_page(request.reading, interview_id)
    found = [
        one
        for one in queries.excerpts_in(request.reading, line.pilot.pk)
        if one.interview == interview_id
    ]
    page = frame.page(
        line.pilot,
        "interviews",
        page=line,
        may_quote=Layer.QUOTE in line.line.layers,
        excerpts=[(one, AskQuoteForm(initial={"words": one.words}, prefix=None)) for one in found],
        crumbs=frame.crumbs(line.pilot, frame.of_interview(line.line)),
    )
    return render(request, "voices/quotes.html", page)


@require_POST
@signed_in
def ask(request: VisitorRequest, interview_id: int, ref: UUID) -> HttpResponse:
    """Ask the interviewee whether these words may be shown."""
    form = AskQuoteForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else None
    operations_quotes.ask_approval(request.actor, ref, words=words, at=request.now)
    messages.success(request, _("Asked. The answer shows here when the person gives it."))
    return redirect("voices:quotes", interview_id)


@require_http_methods(["GET", "HEAD", "POST"])
@with_story
def card(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Make the card with which the interviewee opens the page of the story; shown once."""
    line = queries.interview_page(request.reading, interview_id)
    if line.line.is_withdrawn:
        raise NotFound
    form = CardWordForm(request.POST or None)
    made = None
    if form.is_valid():
        told = form.cleaned_data
        codes = operations_story.make_codes(request.actor, interview_id, **told, at=request.now)
        made = cards.card_of(codes, address=story_address())
    return _card_page(request, line, form, made)


def _card_page(
    request: VisitorRequest,
    line: queries.InterviewPage,
    form: CardWordForm,
    made: cards.Card | None,
) -> HttpResponse:
    page = frame.page(
        line.pilot,
        "interviews",
        page=line,
        form=form,
        card=made,
        crumbs=frame.crumbs(line.pilot, frame.of_interview(line.line)),
    )
    status = MEND if form.is_bound and made is None else 200
    return render(request, "voices/card.html", page, status=status)


def story_address() -> str:
    """Return where who told a story opens it, with the name of the house in front."""
    where = frame.first_address(("story:open", "story:enter", "story:home"))
    return settings.SMARTSTART_ADDRESS + (where or reverse("start:first"))
