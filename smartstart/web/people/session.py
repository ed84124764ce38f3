"""A sign-in over time: when it began, when it went quiet, and whether it is locked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext as _

from smartstart.base import clock
from smartstart.people import keys, queries
from smartstart.people.models import Account

SEEN_EVERY: Final = timedelta(minutes=1)
LOCKED: Final = "locked"
KEY: Final = "sign-in"
ROLE: Final = "hat"

BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class Standing(Enum):
    """How a sign-in stands at this moment."""

    OPEN = auto()
    LOCKED = auto()
    ENDED = auto()


def begin(sender: object, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """Start the clock of a sign-in and remember it. Called by Django after every sign-in."""
    now = clock.now()
    session = request.session
    session["began"] = session["seen"] = now.timestamp()
    session.pop(LOCKED, None)
    if session.session_key is None:
        session.create()
    session[KEY] = session.session_key
    _choose_the_only_role(session, user)
    keys.begin_sign_in(
        user,
        session_key=str(session.session_key),
        form_secret=request.META.get("CSRF_COOKIE", ""),
        device=device(request.META.get("HTTP_USER_AGENT", "")),
        at=now,
    )


def _choose_the_only_role(session: SessionBase, user: Account) -> None:
    """Who has one role begins in it; a role that was chosen before stays while it is worn."""
    chosen, today = session.pop(ROLE, ""), clock.today()
    stays = queries.hat_worn(user, UUID(chosen), on=today) if chosen else None
    worn = stays or queries.hat_worn(user, None, on=today)
    if worn is not None:
        session[ROLE] = worn.ref.hex


def _follow(request: HttpRequest, account: Account) -> None:
    """Remember a sign-in under its new key when the session got one (another password)."""
    was, now = request.session.get(KEY, ""), str(request.session.session_key)
    if was and was != now:
        keys.move_sign_in(account, was=was, session_key=now)
        request.session[KEY] = now


def standing(request: HttpRequest, *, now: datetime) -> Standing:
    """Return how this sign-in stands; one that went quiet ends here, its session with it."""
    session = request.session
    began, seen = (_moment(session.get(name), now) for name in ("began", "seen"))
    idle = timedelta(minutes=settings.SMARTSTART_IDLE_MINUTES)
    whole = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if keys.is_over(now, began=began, seen=seen, idle=idle, whole=whole):
        logout(request)
        return Standing.ENDED
    if session.get(LOCKED):
        request.user = AnonymousUser()
        return Standing.LOCKED
    if isinstance(request.user, Account):
        _follow(request, request.user)
    if now - seen >= SEEN_EVERY or "seen" not in session:
        session["seen"] = now.timestamp()
        session.setdefault("began", now.timestamp())
    return Standing.OPEN


def _moment(stamp: object, now: datetime) -> datetime:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, float | int) else now


def device(agent: str) -> str:
    """Return in two words with what somebody signed in, as far as the browser says."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    machine = next((name for mark, name in DEVICES if mark in agent), "")
    return ", ".join(filter(None, (browser, machine))) or _("an unknown device")
