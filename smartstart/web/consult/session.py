"""A question that is open in a browser by its code: which one, and when it went quiet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

IDLE: Final = timedelta(minutes=20)
WHOLE: Final = timedelta(hours=4)
SEEN_EVERY: Final = timedelta(minutes=1)
QUESTION: Final = "question"
SEEN: Final = "question_seen"
BEGAN: Final = "question_began"


def begin(request: HttpRequest, ref: UUID, *, now: datetime) -> None:
    """Open a question in this browser; whoever was signed in here is signed out first.

    So no row of a session ever holds an account and a question together.
    """
    logout(request)
    request.session[QUESTION] = ref.hex
    request.session[SEEN] = request.session[BEGAN] = now.timestamp()
    request.session.set_expiry(0)


def forget(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Close the question that was open here, because somebody signs in. Called by Django."""
    for name in (QUESTION, SEEN, BEGAN):
        request.session.pop(name, None)


def end(request: HttpRequest) -> None:
    """Close the question in this browser; nothing of it stays."""
    request.session.flush()


def opened(request: HttpRequest, *, now: datetime) -> UUID | None:
    """Return which question is open; it closes after twenty quiet minutes, or four hours."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    session = request.session
    ref = session.get(QUESTION)
    if not ref:
        return None
    quiet = abs(now.timestamp() - float(session.get(SEEN, 0)))
    lasts = now.timestamp() - float(session.get(BEGAN, 0))
    if quiet > IDLE.total_seconds() or lasts > WHOLE.total_seconds():
        end(request)
        return None
    if quiet >= SEEN_EVERY.total_seconds():
        session[SEEN] = now.timestamp()
    return UUID(ref)
