"""The page of who thought along: read what came of it, correct, say back, take back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.design import journeys, thinking
from smartstart.design.operations_again import answer_again
from smartstart.design.queries_again import next_evening
from smartstart.design.queries_journeys import guest_says_yes_to_road
from smartstart.design.queries_thinking import (
    GuestStory,
    guest_by_token,
    guest_story,
    has_card,
)
from smartstart.web.answers import MEND
from smartstart.web.design.session_views import calendar_answer
from smartstart.web.design_boards.joining import token_of
from smartstart.web.story import telling
from smartstart.web.story.forms import MailForm, OwnWordForm, SayForm, WordsForm
from smartstart.web.story.opening import private, with_story
from smartstart.web.story.speaking import SPOKEN
from smartstart.web.thread.public import leader_of
from smartstart.web.visit import VisitorRequest
from smartstart.web.voices import cards
from smartstart.web.voices.quote_views import story_address

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@with_story
def thought(request: VisitorRequest) -> HttpResponse:
    """Show what I said in the session, what it taught, what was made of it, and what I can do."""
    return _page(request, None)


@require_http_methods(ASKS)
def own_card(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Let a phone on a board make its own card, with a word of its own; shown once."""
    guest = guest_by_token(ref, token_of(request))
    form, made = OwnWordForm(request.POST or None), None
    if form.is_valid():
        codes = thinking.make_own_card(request.actor, guest, **form.cleaned_data, at=request.now)
        made = cards.card_of(codes, address=story_address())
    page = {"form": form, "card": made, "board_ref": ref, "has_card": has_card(guest)}
    status = MEND if form.is_bound and made is None else 200
    return private(render(request, "story/own_card.html", page, status=status))


@require_http_methods(ASKS)
@with_story
def correct(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask how somebody meant a note; on POST keep those words instead."""
    note = next((one for one in guest_story(request.reading).notes if one.ref == ref), None)
    if note is None:
        raise NotFound
    form = WordsForm(request.POST or None, initial={"words": note.words})
    if not form.is_valid():
        page = {"note": note, "form": form}
        status = MEND if form.is_bound else 200
        return render(request, "story/correct.html", page, status=status)
    thinking.correct_note(request.actor, ref, words=form.cleaned_data["words"], at=request.now)
    messages.success(request, _("Thank you. From now on it stands in your words."))
    return redirect("story:thought")


@require_http_methods(ASKS)
@with_story
def say(request: VisitorRequest) -> HttpResponse:
    """Ask what somebody wants to say; on POST give it to the team."""
    told = guest_story(request.reading)
    form = SayForm(request.POST or None)
    if not form.is_valid():
        page = {"form": form, "hears": _hears(request, told), "back_to": "story:thought"}
        return render(request, "story/say.html", page, status=MEND if form.is_bound else 200)
    thinking.say_back(request.actor, **form.cleaned_data, at=request.now)
    messages.success(request, _("Sent. Thank you."))
    return redirect("story:thought")


@require_POST
@with_story
def mail(request: VisitorRequest) -> HttpResponse:
    """Keep where somebody wants a mail, or that nothing comes home."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    address, language = form.cleaned_data["address"], get_language() or "nl"
    thinking.choose_mail(request.actor, address=address, language=language, at=request.now)
    messages.success(request, _("Kept. You can change it any time."))
    return redirect("story:thought")


@require_POST
@with_story
def road(request: VisitorRequest) -> HttpResponse:
    """Keep whether the road of who thought along may be laid beside those of others."""
    mine = request.actor.within
    if mine is None:
        raise NotFound
    if request.POST.get("answer") == "yes":
        journeys.say_yes_to_guest_road(request.actor, mine, at=request.now)
    else:
        journeys.take_guest_road_back(request.actor, mine, at=request.now)
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("story:thought")


@require_POST
@with_story
def next_answer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Keep whether somebody comes to the next evening."""
    comes = request.POST.get("answer") == "yes"
    answer_again(request.actor, ref, comes=comes, at=request.now)
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("story:thought")


@require_safe
@with_story
def calendar(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give the next evening for a calendar."""
    found = next_evening(request.reading)
    if found is None or found.place != ref:
        raise NotFound
    return private(calendar_answer(request, found.line))


@require_http_methods(ASKS)
@with_story
def take_back(request: VisitorRequest) -> HttpResponse:
    """Tell what happens; on POST take all one said back. Nobody asks why."""
    if request.method != "POST":
        told = guest_story(request.reading)
        page = {"told": told, "back_to": "story:thought", "deed": "story:thought_take_back"}
        return render(request, "story/take_back.html", page)
    thinking.take_all_back(request.actor, at=request.now)
    return redirect("story:thought")


def _page(request: VisitorRequest, form: MailForm | None) -> HttpResponse:
    told = guest_story(request.reading, language=get_language() or "nl")
    if told.is_withdrawn:
        return render(request, "story/gone.html", {"told": told})
    page = {
        "told": told,
        "hears": _hears(request, told),
        "mail": form or MailForm(),
        "spoken": SPOKEN,
        "next": next_evening(request.reading),
        "road": guest_says_yes_to_road(request.actor, on=request.today),
        **telling.came_of(told.led_to),
    }
    return render(request, "story/thought.html", page, status=MEND if form else 200)


def _hears(request: VisitorRequest, told: GuestStory) -> str:
    return leader_of(told.pilot, on=request.today)
