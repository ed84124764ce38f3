"""The arithmetic of people: factors of a sign-in, codes, hats and windows of time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

MOST_TRIES: Final = 10
MOST_FACTORS: Final = 2

CARD_LASTS: Final = timedelta(days=365)
RESTORE_LASTS: Final = timedelta(minutes=30)
INVITATION_LASTS: Final = timedelta(days=14)
LEAVING_SOON: Final = timedelta(days=30)

# What each way of signing in proves. Two ways that prove the same count once.
PROVES: Final[dict[str, str]] = {
    "password": "what you know",
    "card": "the card you have",
    "restore": "the card you have",
    "totp": "the device you have",
    "recovery_codes": "the device you have",
    "webauthn": "the device you have",
}
# RFC 8176 names for methods; more than one kind, or one of these, is two factors.
TWO_BY_THEMSELVES: Final = frozenset({"mfa", "mca"})
KNOWN: Final = frozenset({"pwd", "pin", "kba"})
HELD: Final = frozenset({"otp", "hwk", "swk", "sms", "tel", "sc", "pop"})
BODY: Final = frozenset({"face", "fpt", "iris", "retina", "vbm"})


def factors(records: Iterable[Mapping[str, object]], *, from_outside: int = 1) -> int:
    """Return how many factors (0 to 2) a sign-in used.

    ``records`` are allauth's: method, and for a second key its type. A passkey that checked
    the person (passwordless) is two. ``from_outside`` is what the provider of an organisation
    said about its own sign-in.
    """
    proved: set[str] = set()
    count = 0
    for record in records:
        method = str(record.get("method", ""))
        if record.get("passwordless"):
            count = MOST_FACTORS
        if method == "socialaccount":
            count = max(count, from_outside)
            proved.add("organisation")
        kind = str(record.get("type", "")) if method == "mfa" else method
        if kind in PROVES:
            proved.add(PROVES[kind])
    return min(MOST_FACTORS, max(count, len(proved)))


def factors_outside(amr: Iterable[str], acr: str, *, strong_acr: Iterable[str]) -> int:
    """Return how many factors (1 or 2) a provider says it used: by method names or by level."""
    said = set(amr)
    kinds = sum(bool(said & group) for group in (KNOWN, HELD, BODY))
    strong = bool(said & TWO_BY_THEMSELVES) or kinds > 1 or (acr != "" and acr in set(strong_acr))
    return MOST_FACTORS if strong else 1


def is_open(now: datetime, *, until: datetime | None, ended_at: datetime | None) -> bool:
    """Whether something with an end can still be used; at ``until`` itself it cannot."""
    return ended_at is None and (until is None or now < until)


def has_gone_quiet(
    now: datetime, *, began: datetime, seen: datetime, idle: timedelta, whole: timedelta
) -> bool:
    """Whether a sign-in is over: nothing happened for ``idle``, or it has lasted ``whole``."""
    return now - seen >= idle or now - began >= whole


def leaves_soon(last_day: date | None, today: date) -> bool:
    """Whether a hat with this last day ends within thirty days."""
    return last_day is not None and today <= last_day <= today + LEAVING_SOON
