"""The card that somebody is invited with: a code to type, and the same in a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString

from smartstart.base.codes import shown
from smartstart.design.operations_guests import MadeCard


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """The number of the place, the code in groups, the address in words, and a QR picture."""

    number: int
    code: str
    address: str
    picture: SafeString


def card_of(card: MadeCard, *, address: str) -> PrintedCard:
    """Return what is printed. The code stands behind # in the picture: no server logs it."""
    target = io.BytesIO()
    segno.make(f"{address}#{card.code}", error="m", micro=False).save(
        target,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=4,
        border=2,
        nl=False,
        svgclass="ss-qr",
        lineclass=None,
        omitsize=False,
    )
    plain = address.partition("://")[2]
    # segno draws from bits: nothing that anybody typed is in this picture.
    return PrintedCard(card.number, shown(card.code), plain, SafeString(target.getvalue().decode()))
