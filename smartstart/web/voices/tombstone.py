"""What stands where a story was that somebody took back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponseBase
from django.shortcuts import redirect

from smartstart.voices.queries_rounds import was_taken_back
from smartstart.web.visit import View, VisitorRequest, signed_in

P = ParamSpec("P")


def with_story(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponseBase],
) -> View[P]:
    """Let a page with what somebody told answer, or go to the tombstone when it is gone.

    Lets only somebody who signed in reach the view. One query on a GET, none on a POST: there
    the operation says it.
    """
    guarded = signed_in(view)

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        interview_id = cast(int, kwargs["interview_id"])
        looks = request.method in {"GET", "HEAD"}
        if looks and was_taken_back(request.actor, interview_id, on=request.today):
            return redirect("voices:interview", interview_id)
        return guarded(request, *args, **kwargs)

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[P], inside)
