"""A few addresses of a made-up room, to try the door with: each view does one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import include, path

from smartstart.access.actor import require
from smartstart.access.operations import change_rules
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.config.urls import handler404, handler500
from smartstart.config.urls import urlpatterns as of_the_house
from smartstart.programme.models import Proposal

times: list[str] = []
before_answer: list[Any] = []


def _proposal(pk: int) -> Proposal:
    found = Proposal.objects.select_related("folder").filter(pk=pk).first()
    if found is None or found.answered_on is not None:
        raise NotFound
    return found


def story(request: Any, pk: int) -> HttpResponse:
    """Read and answer; what stands in ``before_answer`` happens after the reading."""
    times.append(request.method)
    words = request.reading.text(_proposal(pk), "sees")
    if before_answer:
        before_answer.pop(0)()
    return HttpResponse(words)


def lazily(request: Any, pk: int) -> StreamingHttpResponse:
    """Read only when the answer is already leaving."""

    def parts() -> Iterator[str]:
        yield request.reading.text(_proposal(pk), "sees")

    return StreamingHttpResponse(parts())


def stream(request: Any, pk: int) -> StreamingHttpResponse:
    """Read, and answer in parts."""
    return StreamingHttpResponse([request.reading.text(_proposal(pk), "sees")])


def inside(request: Any, pk: int) -> HttpResponse:
    """Read inside a transaction."""
    with transaction.atomic():
        words = request.reading.text(_proposal(pk), "sees")
    return HttpResponse(words)


def kept_open(request: Any, pk: int) -> HttpResponse:
    """Read in a transaction that is still open when the answer leaves."""
    request.reading.text(_proposal(pk), "sees")
    request.kept = transaction.atomic()
    request.kept.__enter__()
    before_answer.append(request.kept)
    return HttpResponse("open")


def away(request: Any, pk: int) -> HttpResponse:
    """Read, and send elsewhere without a word of it."""
    request.reading.text(_proposal(pk), "sees")
    return HttpResponseRedirect("/elsewhere/")


def away_with_words(request: Any, pk: int) -> HttpResponse:
    """Send elsewhere, with the words in the answer all the same."""
    answer = HttpResponseRedirect("/elsewhere/")
    answer.content = request.reading.text(_proposal(pk), "sees").encode()
    return answer


def refused_after_reading(request: Any, pk: int) -> HttpResponse:
    """Read, then refuse: nothing of it leaves."""
    request.reading.text(_proposal(pk), "sees")
    raise NotFound


def not_allowed(request: Any, pk: int) -> HttpResponse:
    require(request.actor, Permission.VOICE_OWN)
    return HttpResponse("may")


def write(request: Any, pk: int) -> HttpResponse:
    """Change the rules under one's own answer, as a deed with a page behind it might."""
    times.append(request.method)
    words = request.reading.text(_proposal(pk), "sees")
    change_rules([_proposal(pk).folder_id])
    return HttpResponse(words, status=int(request.POST.get("status", "200")))


def stale(request: Any, pk: int) -> HttpResponse:
    """Two versions of the rules in one answer."""
    times.append(request.method)
    request.reading.text(_proposal(pk), "sees")
    if len(times) == 1 or "always" in request.GET or "always" in request.POST:
        change_rules([_proposal(pk).folder_id])
    return HttpResponse(request.reading.text(_proposal(pk), "sees"))


def broken_store(request: Any, pk: int) -> HttpResponse:
    request.reading.text(_proposal(pk), "sees")
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM nowhere")
    return HttpResponse("never")


def mistake(request: Any, pk: int) -> HttpResponse:
    raise ZeroDivisionError


def public(request: Any, pk: int) -> HttpResponse:
    answer = HttpResponse("for everyone")
    if pk == 2:
        answer["Cache-Control"] = "max-age=60"
    return answer


VIEWS = [
    story,
    lazily,
    stream,
    inside,
    kept_open,
    away,
    away_with_words,
    refused_after_reading,
    not_allowed,
    write,
    stale,
    broken_store,
    mistake,
    public,
]
_trial = ([path(f"{v.__name__}/<int:pk>/", v, name=v.__name__) for v in VIEWS], "trial")
urlpatterns = [path("trial/", include(_trial)), *of_the_house]
__all__ = ["handler404", "handler500", "urlpatterns"]
