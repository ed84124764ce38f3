"""A story that is open in a browser: whose it is, and when it went quiet.

Knows nothing of pages: who arrives at any address is looked up here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest

from smartstart.design import queries_thinking
from smartstart.voices import queries_story

IDLE: Final = timedelta(minutes=20)
SEEN_EVERY: Final = timedelta(minutes=1)
STORY: Final = "story"
SEEN: Final = "story_seen"
BEGAN: Final = "story_began"
LANGUAGE: Final = "story_language"
WHOLE: Final = timedelta(hours=4)


def begin(request: HttpRequest, story: UUID, *, now: datetime) -> None:
    """Open a story in this browser; whoever was signed in here is signed out first."""
    language = request.session.get(LANGUAGE)
    logout(request)
    if language:
        request.session[LANGUAGE] = language
    request.session[STORY] = story.hex
    request.session[SEEN] = request.session[BEGAN] = now.timestamp()
    request.session.set_expiry(0)


def forget(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Close the story that was open here, because somebody signs in. Called by Django."""
    for name in (STORY, SEEN, BEGAN):
        request.session.pop(name, None)


def end(request: HttpRequest) -> None:
    """Close the story in this browser; nothing of it stays."""
    request.session.flush()


def told_by(request: HttpRequest, *, now: datetime) -> UUID | None:
    """Return whose story is open; it closes after twenty quiet minutes, four hours, or a new card.

    ``request.ended_story`` then says whose it was, so that a form that came in goes back to them;
    not after a new card: who has the old one may be somebody else. Two queries.
    """
    session = request.session
    story = session.get(STORY)
    if not story:
        return None
    seen, began = float(session.get(SEEN, 0)), float(session.get(BEGAN, 0))
    quiet = abs(now.timestamp() - seen)  # also when a clock was set back
    if _has_newer_card(UUID(story), than=datetime.fromtimestamp(began, UTC)):
        end(request)
        return None
    if quiet > IDLE.total_seconds() or now.timestamp() - began > WHOLE.total_seconds():
        request.ended_story = UUID(story)  # type: ignore[attr-defined] # read by the guard
        end(request)
        return None
    if quiet >= SEEN_EVERY.total_seconds():
        session[SEEN] = now.timestamp()
    return UUID(story)


def _has_newer_card(story: UUID, *, than: datetime) -> bool:
    of_interview = queries_story.has_newer_card(story, than=than)
    return of_interview or queries_thinking.has_newer_card(story, than=than)
