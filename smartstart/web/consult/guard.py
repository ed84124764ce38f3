"""Who comes to an exchange: a function that signed in, or who opened it by its code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.consult.steps import as_function, who_holds_the_code
from smartstart.web.consult import session
from smartstart.web.visit import View, VisitorRequest, signed_in

P = ParamSpec("P")


def private(response: HttpResponse) -> HttpResponse:
    """Let nobody keep this answer."""
    response["Cache-Control"] = "no-store, private"
    return response


def family_frame() -> dict[str, Any]:
    """Return what the neutral frame of a family page needs: its name and where its mark leads."""
    return {"frame": "family.html", "place": _("My question"), "home": reverse("consult:open")}


def as_a_function(request: VisitorRequest) -> None:
    """Let the lines of this answer name the function and the question, and no human being.

    The network address is left out too.
    """
    request.reading.close()
    request.reading = Reading(as_function(request.actor), at=request.now)


def functions(view: Callable[Concatenate[VisitorRequest, P], HttpResponseBase]) -> View[P]:
    """Let only a professional reach the view. Others sign in first; another role finds nothing."""

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.role is not Role.PROFESSIONAL:
            raise NotFound
        as_a_function(request)
        return view(request, *args, **kwargs)

    return signed_in(cast(Callable[Concatenate[VisitorRequest, P], HttpResponseBase], inside))


def of_one(view: Callable[[VisitorRequest, UUID], HttpResponseBase]) -> View[...]:
    """Let a professional reach an exchange by its reference, and who asked by the open code."""

    @wraps(view)
    def inside(request: VisitorRequest, ref: UUID | None = None) -> HttpResponseBase:
        if ref is not None:
            return functions(view)(request, ref)
        mine = session.opened(request, now=request.now)
        if mine is None:
            return redirect("consult:open")
        request.actor = who_holds_the_code(mine)
        as_a_function(request)
        answer = view(request, mine)
        answer["Cache-Control"] = "no-store, private"
        return answer

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[...], inside)
