"""Who thought along: who still has to hear, their card, and their notes into the thread."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.design import notes_in_thread, thinking
from smartstart.design.boards_rules import change_number
from smartstart.design.queries_thinking import guests_page
from smartstart.programme.queries import desk
from smartstart.thread.models import Thing
from smartstart.thread.operations_taking import TAKEN_UP
from smartstart.web.answers import MEND
from smartstart.web.design_boards.leafing import note_address
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import cards, frame
from smartstart.web.voices.fields import reference
from smartstart.web.voices.forms import CardWordForm
from smartstart.web.voices.quote_views import story_address


@require_safe
@signed_in
def guests(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show who thought along, for whom there is news, and what they wrote back."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = guests_page(request.reading, pilot.pk)
    crumbs = [{"label": _("The thread"), "url": reverse("thread:thread", args=[slug])}]
    page = frame.page(pilot, "thread", found=found, crumbs=crumbs)
    return render(request, "findings/guests.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def card(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Make the card of somebody who thought along, with the word they type; shown once."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = guests_page(request.reading, pilot.pk)
    lines = [line for _title, _day, lines in found.sessions for line in lines]
    line = next((one for one in lines if one.ref == ref), None)
    if line is None or not found.writes:
        raise NotFound
    form, made = CardWordForm(request.POST or None), None
    if form.is_valid():
        codes = thinking.make_guest_card(request.actor, ref, **form.cleaned_data, at=request.now)
        made = cards.card_of(codes, address=story_address())
    page = frame.page(pilot, "thread", line=line, form=form, card=made, crumbs=_crumbs(slug))
    status = MEND if form.is_bound and made is None else 200
    return render(request, "findings/guest_card.html", page, status=status)


@require_POST
@signed_in
def read(request: VisitorRequest, slug: str) -> HttpResponse:
    """Say that the team read what somebody wrote back."""
    desk.pilot_of_team(request.reading, slug, on=request.today)
    said = [reference(one) for one in request.POST.getlist("said")]
    thinking.mark_read(request.actor, said, at=request.now)
    return redirect("findings:guests", slug)


@require_POST
@signed_in
def take_up(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Make something of a note of a session: one tap, from the board."""
    kind = next((one for one in TAKEN_UP if one.value == request.POST.get("kind", "")), None)
    if kind is None:
        raise NotFound
    made = notes_in_thread.into_thread(request.actor, ref, kind, at=request.now)
    messages.success(request, _("It stands in the thread. Write it in your own words soon."))
    board = change_number(request.POST.get("board", ""))
    return redirect(note_address(board, ref) if board else made_address(slug, made))


def made_address(slug: str, made: Thing) -> str:
    """Return where a thing of the thread is read."""
    return reverse("thread:knot", args=[slug, made.knot.ref])


def _crumbs(slug: str) -> list[dict[str, str]]:
    return [
        {"label": _("The thread"), "url": reverse("thread:thread", args=[slug])},
        {"label": _("Who thought along"), "url": reverse("findings:guests", args=[slug])},
    ]
