"""The page of one's own story: open it, read, answer, say back, choose, take back, close."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Role
from smartstart.design import journeys
from smartstart.design.queries_journeys import says_yes_to_road
from smartstart.design.queries_thinking import is_guest
from smartstart.voices import operations, operations_story
from smartstart.voices.queries_story import story_of
from smartstart.voices.states import TellBy
from smartstart.web.answers import MEND
from smartstart.web.people.unsent import FIELD
from smartstart.web.story import opening, session, telling
from smartstart.web.story.forms import AllowForm, HearForm, OpenForm, SayForm, WordsForm
from smartstart.web.story.opening import open_page, with_story
from smartstart.web.story.speaking import SPOKEN, speak
from smartstart.web.visit import VisitorRequest
from smartstart.web.voices.keep_until import Days

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
def open_story(request: VisitorRequest) -> HttpResponseBase:
    """Ask for card and word; on POST open the story. A GET never uses a code."""
    speak(request)
    if request.method != "POST":
        is_open = request.actor.role is Role.INTERVIEWEE
        return redirect("story:story") if is_open else open_page(request)
    form, unsent = OpenForm(request.POST), request.POST.get(FIELD, "")
    story = opening.try_to_open(request, form) if form.is_valid() else None
    if story is None:
        return open_page(request, form, unsent=unsent, status=MEND)
    return opening.came_in(request, story)


@require_safe
@with_story
def story(request: VisitorRequest) -> HttpResponse:
    """Show what I said, what it taught, what was made of it, and what I can do."""
    if is_guest(request.actor):
        return redirect("story:thought")
    return _story_page(request, None)


def _story_page(request: VisitorRequest, hear_form: HearForm | None) -> HttpResponse:
    told = story_of(request.reading, language=get_language() or "nl")
    if told.is_withdrawn:
        return render(request, "story/gone.html", {"told": told})
    page = telling.page_of(told, on=request.today)
    page["hear"] = hear_form or HearForm(initial={"tell_by": told.tell_by.value})
    page["spoken"] = SPOKEN
    page["road"] = says_yes_to_road(request.actor, on=request.today)
    return render(request, "story/story.html", page, status=MEND if hear_form else 200)


@require_POST
@with_story
def answer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say yes to the words that were read, or rather not."""
    if request.POST.get("answer") == "yes":
        words = request.POST.get("words", "")
        operations_story.approve_quote(request.actor, ref, words=words, at=request.now)
    else:
        operations_story.refuse_quote(request.actor, ref, at=request.now)
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("story:story")


@require_http_methods(ASKS)
@with_story
def reword(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask how somebody meant it; on POST keep those words."""
    line = telling.line_of(story_of(request.reading), ref)
    form = WordsForm(request.POST or None, initial={"words": line.answer or line.asked})
    if not form.is_valid():
        page = {"line": line, "form": form}
        return render(request, "story/reword.html", page, status=MEND if form.is_bound else 200)
    words = form.cleaned_data["words"]
    operations_story.change_quote(request.actor, ref, words=words, at=request.now)
    told = _("Thank you. Only your words may be shown now. The team puts them there.")
    messages.success(request, told)
    return redirect("story:story")


@require_http_methods(ASKS)
@with_story
def say(request: VisitorRequest) -> HttpResponse:
    """Ask what somebody wants to say; on POST give it to the one who reads it."""
    told = story_of(request.reading)
    if told.is_withdrawn and request.method != "POST":
        return redirect("story:story")
    form = SayForm(request.POST or None)
    if not form.is_valid():
        page = {"form": form, "hears": telling.who_hears(told, on=request.today)}
        return render(request, "story/say.html", page, status=MEND if form.is_bound else 200)
    operations_story.say_back(request.actor, **form.cleaned_data, at=request.now)
    messages.success(request, _("Sent. Thank you."))
    return redirect("story:story")


@require_POST
@with_story
def hear(request: VisitorRequest) -> HttpResponse:
    """Keep how somebody wants to hear."""
    form = HearForm(request.POST)
    if not form.is_valid():
        return _story_page(request, form)
    told, language = form.cleaned_data, get_language() or "nl"
    operations_story.choose_how_to_hear(
        request.actor,
        tell_by=TellBy(told["tell_by"]),
        address=told["address"],
        language=language,
        at=request.now,
    )
    messages.success(request, _("Kept. You can change it any time."))
    return redirect("story:story")


@require_POST
@with_story
def road(request: VisitorRequest) -> HttpResponse:
    """Keep whether this road may be laid beside those of others."""
    mine = story_of(request.reading).interview_id
    if request.POST.get("answer") == "yes":
        journeys.say_yes_to_road(request.actor, mine, at=request.now)
    else:
        journeys.take_road_back(request.actor, mine, at=request.now)
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("story:story")


@require_http_methods(ASKS)
@with_story
def allow(request: VisitorRequest) -> HttpResponse:
    """Show what somebody said yes to; on POST change it, from now on."""
    told = story_of(request.reading)
    if told.is_withdrawn and request.method != "POST":
        return redirect("story:story")
    said = {layer.value: True for layer in told.layers}
    days = Days(request.today, last=told.last_day, stands=told.keep_until)
    form = AllowForm(request.POST or None, initial=said, days=days)
    if not form.is_valid():
        status = MEND if form.is_bound else 200
        return render(request, "story/allow.html", {"form": form}, status=status)
    until, layers, mine = form.cleaned_data["keep_until"], form.layers(), told.interview_id
    operations.give_consent(request.actor, mine, layers=layers, keep_until=until, at=request.now)
    messages.success(request, _("Kept. It holds from now on."))
    return redirect("story:story")


@require_http_methods(ASKS)
@with_story
def take_back(request: VisitorRequest) -> HttpResponse:
    """Tell what happens; on POST take the whole story back. Nobody asks why."""
    if request.method != "POST":
        told = story_of(request.reading)
        return (
            redirect("story:story")
            if told.is_withdrawn
            else render(request, "story/take_back.html", {"told": told})
        )
    operations_story.withdraw_story(request.actor, at=request.now)
    return redirect("story:story")


@require_POST
def done(request: VisitorRequest) -> HttpResponse:
    """Close the story in this browser."""
    session.end(request)
    return redirect("story:open")
