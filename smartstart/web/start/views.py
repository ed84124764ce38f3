"""The first page, and stepping into an invented person of an example."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from smartstart.access.permissions import Role
from smartstart.people import example
from smartstart.people.models import Hat
from smartstart.web.menu import first_page
from smartstart.web.people import session
from smartstart.web.start.example_only import example_only, is_example
from smartstart.web.start.people import beginning, first_address, groups
from smartstart.web.story import session as story_session
from smartstart.web.visit import VisitorRequest

CHOSEN: Final = "example-chosen"


@require_safe
def first(request: VisitorRequest) -> HttpResponse:
    """Go to where one's role begins; in an example, the first time, to who one can look as."""
    if CHOSEN not in request.COOKIES and request.actor.is_visitor and is_example(request):
        return _chooser(request)
    if request.account is not None and request.hat is None:
        return redirect("people:hats")
    begins = first_page(request.actor.role)
    return redirect(first_address((begins, "programme:home", "gallery:index")))


@require_safe
@example_only
def chooser(request: VisitorRequest) -> HttpResponse:
    """Show the people one can look as."""
    return _chooser(request)


@require_POST
@example_only
def look_at_the_public_site(request: VisitorRequest) -> HttpResponse:
    """Go on as nobody in particular."""
    logout(request)
    return _remembered(redirect("start:first"))


@require_POST
@example_only
def step_in(request: VisitorRequest) -> HttpResponse:
    """Go on as the chosen person, in their role, to where they would begin."""
    username = request.POST.get("person", "")
    hat = example.step_in(username, at=request.now)
    _come_in(request, hat)
    return _remembered(redirect(beginning(username)))


def _come_in(request: VisitorRequest, hat: Hat) -> None:
    """Open the story that this hat is for, as card and word do; else sign in."""
    if hat.role == Role.INTERVIEWEE and hat.within is not None:
        story_session.begin(request, hat.within, now=request.now)
        return
    logout(request)
    login(request, hat.account)
    request.session[session.ROLE] = hat.ref.hex


def _chooser(request: VisitorRequest) -> HttpResponse:
    page = {"groups": groups(example.invented_people())}
    return render(request, "start/chooser.html", page)


def _remembered(response: HttpResponse) -> HttpResponse:
    """Let the first page be the public site from now on, until the browser is closed."""
    response.set_cookie(CHOSEN, "yes", httponly=True, samesite="Lax")
    return response
