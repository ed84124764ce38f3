"""The page of a refusal: one sentence what, one what now, and what was typed is still there."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from smartstart.base.refusals import Refusal, TryLater

NEUTRAL: Final = frozenset({"story"})
NOT_GIVEN_BACK: Final = frozenset(
    {"csrfmiddlewaretoken", "code", "word", "secret", "credential", "unsent"}
)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody typed in the form that failed, in order, without secrets."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_GIVEN_BACK and "password" not in name
        for value in values
    ]


def frame_of(request: HttpRequest) -> str:
    """Return in which frame to answer: a page of a family never tells what site this is."""
    match = request.resolver_match
    return "family.html" if match and match.app_name in NEUTRAL else "base.html"


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the sentence of a refusal, under its status."""
    page = {"sentence": str(refusal), "status": refusal.status, "typed": typed(request)}
    page["frame"] = frame_of(request)
    response = render(request, "errors/refusal.html", page, status=refusal.status)
    response["Cache-Control"] = "no-store, private"
    return response


def store_is_gone_page(request: HttpRequest) -> HttpResponse:
    """Answer that the store cannot be reached: asks it nothing, gives back what was typed."""
    page = {"sentence": str(TryLater()), "status": TryLater.status, "typed": typed(request)}
    page["frame"] = frame_of(request)
    response = HttpResponse(render_to_string("errors/refusal.html", page), status=TryLater.status)
    response["Cache-Control"] = "no-store, private"
    response["Retry-After"] = "60"
    return response


def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Send somebody who signed in with one key to where the second is asked.

    A form that came in is shown with its send button: the second key is made in another tab.
    """
    from django.shortcuts import redirect

    from smartstart.web.people import unsent

    if request.method == "POST":
        return unsent.page(request, unsent.form_of(request), needs_key=True)
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('people:second_key')}?{back}")
