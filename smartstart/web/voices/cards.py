"""The card that an interviewee takes home: a code in letters, and the same as a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString

GROUP = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The code in groups of four, the address in words, and both as a QR picture (SVG)."""

    code: str
    address: str
    picture: SafeString


def card_of(code: str, *, address: str) -> Card:
    """Return what is printed. The code stands behind # in the picture: no server logs it."""
    target = io.BytesIO()
    segno.make(f"{address}#{code}", error="m", micro=False).save(
        target,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=5,
        border=2,
        nl=False,
        svgclass="ss-qr",
        lineclass=None,
        omitsize=False,
    )
    grouped = "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))
    plain = address.partition("://")[2]
    # segno draws from bits: nothing that anybody typed is in this picture.
    return Card(grouped.upper(), plain, SafeString(target.getvalue().decode()))
