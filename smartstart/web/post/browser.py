"""The browser that has notices: it keeps a random reference, so that leaving it ends them here.

A sign-in that goes quiet after half an hour does not end them: that is when they are of use.
Signing out does, locking the screen too, and somebody else who signs in at the same browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from smartstart.base import clock
from smartstart.people.models import Account
from smartstart.post import operations_push
from smartstart.post.models import Mailbox


def here(request: HttpRequest) -> str:
    """Return the reference that this browser keeps, as hex, or ""."""
    kept = request.COOKIES.get(settings.PUSH_COOKIE_NAME, "")
    return kept if len(kept) == len(UUID(int=0).hex) and kept.isalnum() and kept.isascii() else ""


def keep(response: HttpResponseBase, mailbox: Mailbox) -> None:
    """Let the browser keep which notices are its own."""
    response.set_cookie(
        settings.PUSH_COOKIE_NAME,
        mailbox.ref.hex,
        expires=mailbox.ends_at,
        httponly=True,
        samesite="Lax",
        secure=settings.SMARTSTART_HTTPS,
    )


def forget(response: HttpResponseBase) -> None:
    """Let the browser forget it."""
    response.delete_cookie(settings.PUSH_COOKIE_NAME, samesite="Lax")


def leaves_notices(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view that leaves this browser end its notices too."""

    @wraps(view)
    def leaving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        kept = _ref(here(request))
        if kept is not None and request.method == "POST":
            operations_push.end(kept, at=clock.now())
            forget(response)
        return response

    return leaving


def somebody_came(sender: object, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """End the notices that another person left here. Called by Django after every sign-in."""
    kept = _ref(here(request))
    if kept is not None:
        operations_push.end(kept, at=clock.now(), unless_of=user.ref)


def _ref(kept: str) -> UUID | None:
    try:
        return UUID(kept)
    except ValueError:
        return None
