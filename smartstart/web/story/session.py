"""A story that is open in a browser: whose it is, and when it went quiet.

Knows nothing of pages: who arrives at any address is looked up here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest

IDLE: Final = timedelta(minutes=20)
SEEN_EVERY: Final = timedelta(minutes=1)
STORY: Final = "story"
SEEN: Final = "story_seen"


def begin(request: HttpRequest, story: UUID, *, now: datetime) -> None:
    """Open a story in this browser; whoever was signed in here is signed out first."""
    logout(request)
    request.session[STORY] = story.hex
    request.session[SEEN] = now.timestamp()
    request.session.set_expiry(0)


def end(request: HttpRequest) -> None:
    """Close the story in this browser; nothing of it stays."""
    request.session.flush()


def told_by(request: HttpRequest, *, now: datetime) -> UUID | None:
    """Return whose story is open; after twenty quiet minutes it is closed here, for good.

    ``request.ended_story`` then says whose it was, so that a form that came in goes back to them.
    """
    session = request.session
    story = session.get(STORY)
    if not story:
        return None
    quiet = abs(now.timestamp() - float(session.get(SEEN, 0)))  # also when a clock was set back
    if quiet > IDLE.total_seconds():
        request.ended_story = UUID(story)  # type: ignore[attr-defined] # read by the guard
        end(request)
        return None
    if quiet >= SEEN_EVERY.total_seconds():
        session[SEEN] = now.timestamp()
    return UUID(story)
