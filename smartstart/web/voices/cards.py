"""The card that somebody takes home: a code in letters to type, and a longer one in a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString

from smartstart.thread.cards import Codes

GROUP = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The code in groups of four, the address in words, and a QR picture (SVG) of 80 bits."""

    code: str
    address: str
    picture: SafeString


def card_of(codes: Codes, *, address: str) -> Card:
    """Return what is printed. The code stands behind # in the picture: no server logs it."""
    code = codes.typed
    target = io.BytesIO()
    segno.make(f"{address}#{codes.picture}", error="m", micro=False).save(
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
