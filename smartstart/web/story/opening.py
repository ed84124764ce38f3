"""Opening a story: the brakes, the try, and the form that came in after a story closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec, cast
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from smartstart.access.permissions import Role
from smartstart.base.brake import give_back
from smartstart.design import thinking
from smartstart.thread.cards import is_of_picture
from smartstart.voices import operations_story
from smartstart.voices.refusals import CardDoesNotOpen, CardIsClosedForAWhile
from smartstart.web.answers import MEND
from smartstart.web.people.unsent import FIELD, Unsent, form_of, open_form, seal_form
from smartstart.web.story import brake, session
from smartstart.web.story.forms import OpenForm
from smartstart.web.story.speaking import SPOKEN, speak
from smartstart.web.visit import View, VisitorRequest

P = ParamSpec("P")
TOO_OFTEN_WORDS: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


def try_to_open(request: VisitorRequest, form: OpenForm) -> UUID | None:
    """Return whose story the card and the word open; None puts one sentence on the form.

    A wrong code, a wrong word and too many tries each get their own sentence, and nothing else
    tells whether a card exists.
    """
    address = request.META.get("REMOTE_ADDR", "")
    picture = is_of_picture(form.cleaned_data["code"])
    places = brake.take_places(address, now=request.now, from_picture=picture)
    if not places:
        form.add_error(None, str(TOO_OFTEN_WORDS))
        return None
    code, word = form.cleaned_data["code"], form.cleaned_data["word"]
    try:
        story = _opened(code, word, now=request.now)
    except (CardDoesNotOpen, CardIsClosedForAWhile) as refusal:
        form.add_error(None, str(refusal))
        return None
    give_back(*places)
    return story


def _opened(code: str, word: str, *, now: datetime) -> UUID:
    """Return whose page this opens: of an interview, else of who thought along.

    Both words are looked at each time, so that no code takes longer than another.
    """
    try:
        return operations_story.open_story(code, word, at=now)
    except CardDoesNotOpen:
        return thinking.open_guest(code, word, at=now)


def open_page(
    request: VisitorRequest, form: OpenForm | None = None, *, unsent: str = "", status: int = 200
) -> HttpResponse:
    """Answer with the page that asks card and word; nothing on it tells what site this is."""
    page = {"form": form or OpenForm(), "unsent": unsent, "spoken": SPOKEN}
    return private(render(request, "story/open.html", page, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """Let nobody keep this answer."""
    response["Cache-Control"] = "no-store, private"
    return response


def came_in(request: VisitorRequest, story: UUID) -> HttpResponseBase:
    """Open a story, and go to it or to the form that was not sent yet."""
    token = request.POST.get(FIELD, "")
    session.begin(request, story, now=request.now)
    if not token:
        return redirect("story:story")
    kept = open_form(token, owner=story, now=request.now)
    return private(render(request, "story/unsent.html", {"form": kept}))


def with_story(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponseBase],
) -> View[P]:
    """Let only who opened their own story reach the view.

    Others open it first; what they sent is carried along, sealed for them alone.
    """

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        speak(request)
        if request.actor.role is Role.INTERVIEWEE:
            return view(request, *args, **kwargs)
        ended: UUID | None = getattr(request, "ended_story", None)
        if request.method != "POST" or ended is None:
            return redirect("story:open")
        form: Unsent = form_of(request)
        token = seal_form(form, owner=ended, now=request.now)
        return open_page(request, unsent=token, status=MEND)

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[P], inside)
