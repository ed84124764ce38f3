"""The picture of a circle as SVG. Its words stand in the table beside it, which also has the links.

Put together as plain strings: a picture has many small parts, and this page is asked often.
"""

from __future__ import annotations

from html import escape
from typing import Final

from django.templatetags.static import static
from django.utils.safestring import SafeString

from smartstart.web.circle.picture import WIDE, Picture, Spot

ICON: Final = 24
WORDS_BELOW: Final = 20


def svg(picture: Picture, *, name: str, says: str, kind: str) -> SafeString:
    """Return the drawing; ``name`` and ``says`` are what a screen reader hears of it."""
    sheet = picture.sheet
    inner = '<ellipse class="ss-circle__near" cx="{:.0f}" cy="{:.0f}" rx="{:.0f}" ry="{:.0f}" />'
    x, y = sheet.centre
    sectors = "".join(
        f'<path class="ss-circle__side ss-circle__side--{one.side}" d="{one.path}" />'
        for one in picture.sectors
    )
    strokes = "".join(
        f'<path class="ss-circle__line ss-circle__line--{one.kind}" d="{one.path}" />'
        for one in picture.strokes
    )
    parts = (
        sectors,
        inner.format(x, y, x * 0.5, y * 0.5),
        strokes,
        *(map(_party, picture.parties) if picture.is_named else map(_number, picture.parties)),
        *map(_near, picture.near),
        _middle(picture),
    )
    return SafeString(
        f'<svg class="ss-circle ss-circle--{kind}" viewBox="0 0 {sheet.width} {sheet.height}"'
        f' width="{sheet.width}" height="{sheet.height}" role="img" aria-labelledby="{kind}-name'
        f' {kind}-says"><title id="{kind}-name">{escape(name)}</title>'
        f'<desc id="{kind}-says">{escape(says)}</desc>{"".join(parts)}</svg>'
    )


def _square(spot: Spot) -> str:
    half = spot.size / 2
    return (
        f'<rect x="{spot.x - half:.1f}" y="{spot.y - half:.1f}" width="{spot.size:.0f}"'
        f' height="{spot.size:.0f}" rx="{spot.size / 4.5:.0f}" />'
    )


def _party(spot: Spot) -> str:
    """Return a square with an icon, and name and small words above or below it."""
    first = spot.box.top + 13 if spot.is_above else spot.box.bottom - WORDS_BELOW
    return (
        f'<g class="ss-circle__party ss-circle__party--{spot.state}">{_square(spot)}'
        f'<use href="{static("smartstart/icons.svg")}#{spot.icon}" x="{spot.x - ICON / 2:.1f}"'
        f' y="{spot.y - ICON / 2:.1f}" width="{ICON}" height="{ICON}" />'
        f"{_words(spot.x, first, spot.name)}"
        f"{_words(spot.x, first + 15, spot.small, 'small')}</g>"
    )


def _words(x: float, y: float, words: str, kind: str = "") -> str:
    if not words:
        return ""
    name = f' class="ss-circle__{kind}"' if kind else ""
    return f'<text{name} x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _number(spot: Spot) -> str:
    """Return a square with the number that the party has in the list."""
    return (
        f'<g class="ss-circle__party ss-circle__party--{spot.state}">{_square(spot)}'
        f"{_words(spot.x, spot.y + 5, str(spot.number), 'number')}</g>"
    )


def _near(spot: Spot) -> str:
    """Return the face of somebody close by in a green ring, and the name below."""
    half = spot.size / 2
    below = _words(spot.x, spot.y + half + 17, spot.name, "close")
    return f'<g class="ss-circle__person">{_face(spot.x, spot.y, half, spot.face)}{below}</g>'


def _middle(picture: Picture) -> str:
    """Return the child in a honey ring, and the parent beside."""
    middle, sheet = picture.middle, picture.sheet
    x, y = picture.child
    beside = ""
    if middle.beside:
        x2, y2 = picture.beside
        beside = (
            f'<g class="ss-circle__beside">{_face(x2, y2, sheet.beside, middle.beside_face)}</g>'
        )
    child = f'<g class="ss-circle__child">{_face(x, y, sheet.child, middle.face)}</g>'
    words = ""
    if sheet is WIDE:
        centre, low = sheet.centre
        words = _words(centre, low + sheet.child + 18, middle.name, "middle")
    return f"{beside}{child}{words}"


def _face(x: float, y: float, half: float, face: str) -> str:
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}" />'
    inside = half - 3
    if face:
        drawing = (
            f'<image href="{static(f"smartstart/faces/{face}.svg")}" x="{x - inside:.1f}"'
            f' y="{y - inside:.1f}" width="{2 * inside:.0f}" height="{2 * inside:.0f}" />'
        )
    else:
        drawing = (
            f'<use href="{static("smartstart/icons.svg")}#person" x="{x - inside / 2:.1f}"'
            f' y="{y - inside / 2:.1f}" width="{inside:.0f}" height="{inside:.0f}" />'
        )
    return ring + drawing
