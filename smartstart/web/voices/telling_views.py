"""Who still has to hear what was done with their story: the list, the letter, a word in person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.programme.queries import desk
from smartstart.thread.models import HowHeard
from smartstart.voices import operations_story, queries, queries_telling
from smartstart.voices.queries_story import story_to_tell
from smartstart.voices.states import TellBy
from smartstart.web.story.speaking import SPOKEN
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame, letters
from smartstart.web.voices.quote_views import story_address
from smartstart.web.voices.tombstone import with_story


@require_safe
@signed_in
def telling(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show who waits to hear, each with how they want to hear it."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = queries_telling.telling_page(request.reading, pilot.pk)
    page = frame.page(pilot, "interviews", found=found, crumbs=frame.crumbs(pilot))
    return render(request, "voices/telling.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@with_story
def letter(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Show the letter to print; on POST say that it went."""
    if request.method == "POST":
        operations_story.was_told(request.actor, interview_id, how=HowHeard.LETTER, at=request.now)
        messages.success(request, _("Written down: the letter went."))
        return redirect("voices:telling", story_to_tell(request.reading, interview_id).pilot.slug)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(SPOKEN) else ""
    told = story_to_tell(request.reading, interview_id, language=language)
    if told.tell_by is not TellBy.POST:
        raise NotFound
    line = queries.interview_page(request.reading, interview_id).line
    crumbs = frame.crumbs(told.pilot, frame.of_interview(line))
    words = letters.letter_of(told, on=request.today, address=story_address())
    page = {"told": told, "letter": words, "line": line, "crumbs": crumbs, "spoken": SPOKEN}
    return render(request, "voices/letter.html", frame.page(told.pilot, "interviews", **page))


@require_POST
@signed_in
def spoken(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Say that somebody told this person in words what came of the story."""
    operations_story.was_told(request.actor, interview_id, how=HowHeard.SPOKEN, at=request.now)
    messages.success(request, _("Written down: this person heard it from you."))
    return redirect("voices:telling", story_to_tell(request.reading, interview_id).pilot.slug)
