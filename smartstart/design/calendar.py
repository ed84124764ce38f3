"""The calendar file of a session: when, where and what, and no name of anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

LONGEST_LINE: Final = 75


def calendar_file(
    ref: UUID, *, title: str, place: str, starts_at: datetime, ends_at: datetime, at: datetime
) -> str:
    """Return an iCalendar file (RFC 5545) with one event. Moments are in UTC, which needs no zone.

    A phone shows them in its own zone: here that of Amsterdam, in summer and in winter.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Smart Start//NL",
        "BEGIN:VEVENT",
        f"UID:{ref.hex}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(starts_at)}",
        f"DTEND:{_moment(ends_at)}",
        f"SUMMARY:{_escaped(title)}",
        f"LOCATION:{_escaped(place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    r"""Return a text in which ``\ ; ,`` and new lines are no signs of the format."""
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, instead)
    return text


def _folded(line: str) -> str:
    """Return a line broken after at most 75 bytes, never within a letter."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        room = LONGEST_LINE - bool(pieces)
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
