"""Where everybody stands in the picture of a circle. Pure: the same circle is the same picture.

The child is in the middle, informal people stand close by, organisations on a ring in three sides,
clockwise from the top. What somebody does now changes lines and never places. Names stand in the
picture when they fit; else, and always on a phone, numbers do, and the table has the names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

SIDES: Final = ("development", "parents", "surroundings")
LETTER: Final = 7.5  # pixels of one bold letter of 14 px, on the wide side
SMALL_LETTER: Final = 6.8
WIDEST: Final = (132, 108, 92)  # of a name; tried in this order, then numbers
MOST_NAMES: Final = 16
MOST_ON_A_RING: Final = 20
MOST_NEAR: Final = 8
MOST_NEAR_NAMES: Final = 6
NEAR_FROM: Final = (300, 60, 180, 0, 120, 240)  # degrees, clockwise from the top
STEP: Final = 1.5  # degrees
LEAST_GAP: Final = 3.0
LARGEST_GAP: Final = 240.0
ZIG: Final = 6


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation: a name for it, what stands beside it, which side, and what it does now.

    ``state`` is doing, asked or quiet; ``is_strain`` only for who drew that line.
    """

    key: str
    name: str
    small: str
    icon: str
    side: str
    state: str
    is_strain: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody close by."""

    key: str
    name: str
    face: str
    state: str
    is_strain: bool = False


@dataclass(frozen=True, slots=True)
class Middle:
    """Child and parent in the middle; without a parent the child alone."""

    name: str
    face: str
    beside: str = ""
    beside_face: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A plane that nothing else may cover, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def is_clear_of(self, other: Box, gap: float = 0) -> bool:
        """Whether so many pixels lie between this plane and another."""
        return (
            self.right + gap <= other.left
            or other.right + gap <= self.left
            or self.bottom + gap <= other.top
            or other.bottom + gap <= self.top
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sizes of one kind of picture, in pixels."""

    width: int
    height: int
    ring: tuple[float, float]
    second: tuple[float, float]
    near: tuple[float, float]
    node: int
    child: int
    beside: int
    near_face: int

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the picture."""
        return self.width / 2, self.height / 2


WIDE: Final = Sheet(680, 640, (272, 268), (216, 212), (144, 116), 44, 38, 28, 27)
PHONE: Final = Sheet(280, 280, (125, 125), (98, 98), (60, 60), 26, 20, 13, 13)
WORDS_HIGH: Final = 36  # two lines of words above or below a node


@dataclass(frozen=True, slots=True)
class Spot:
    """A party at its place. ``x`` and ``y`` are the middle of its square or face."""

    key: str
    number: int
    x: float
    y: float
    size: float
    box: Box
    name: str
    small: str
    is_above: bool
    icon: str
    face: str
    side: str
    state: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from the middle to a spot: doing, asked, near or strain."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Sector:
    """The plane of one side."""

    side: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole circle, in pixels."""

    sheet: Sheet
    middle: Middle
    is_named: bool
    sectors: tuple[Sector, ...]
    strokes: tuple[Stroke, ...]
    parties: tuple[Spot, ...]
    near: tuple[Spot, ...]

    @property
    def child(self) -> tuple[float, float]:
        """The middle of the child's face; a little to the left when a parent stands beside."""
        x, y = self.sheet.centre
        return (x - self.sheet.child * 0.62, y) if self.middle.beside else (x, y)

    @property
    def beside(self) -> tuple[float, float]:
        """The middle of the parent's face."""
        x, y = self.sheet.centre
        return x + self.sheet.child * 0.85, y + self.sheet.child * 0.2

    @property
    def middle_box(self) -> Box:
        """The plane of the faces in the middle."""
        (x, y), (x2, y2) = self.child, self.beside
        half, small = self.sheet.child, self.sheet.beside
        if not self.middle.beside:
            return Box(x - half, y - half, x + half, y + half)
        return Box(x - half, min(y - half, y2 - small), x2 + small, max(y + half, y2 + small))


def in_order(parties: Sequence[Party]) -> list[Party]:
    """Return the parties as they are numbered: by side, and within it in the order given."""
    return sorted(parties, key=lambda party: SIDES.index(party.side))


def draw(
    middle: Middle, parties: Sequence[Party], near: Sequence[Near], *, sheet: Sheet
) -> Picture:
    """Draw a circle; who does not fit close by stands in the list only."""
    ordered = in_order(parties)
    ring, is_named = _ring(ordered, sheet)
    has_one_ring = len(ordered) <= MOST_ON_A_RING
    close = _close_by(near[:MOST_NEAR], sheet, with_names=sheet is WIDE and has_one_ring)
    strained = {party.key for party in parties if party.is_strain}
    strained |= {one.key for one in near if one.is_strain}
    return Picture(
        sheet=sheet,
        middle=middle,
        is_named=is_named,
        sectors=_sectors(ordered, [_angle(spot, sheet) for spot in ring], sheet),
        strokes=tuple(_strokes([*ring, *close], strained, sheet)),
        parties=tuple(ring),
        near=tuple(close),
    )


def _ring(ordered: Sequence[Party], sheet: Sheet) -> tuple[list[Spot], bool]:
    """Return the organisations at their places, and whether their names stand there too."""
    if sheet is WIDE and len(ordered) <= MOST_NAMES:
        for widest in WIDEST:
            named = [
                (_cut(p.name, LETTER, widest), _cut(p.small, SMALL_LETTER, widest)) for p in ordered
            ]
            widths = tuple(_width(name, small) for name, small in named)
            if (angles := angles_of(widths)) is not None:
                return [
                    _named(party, number, angle, words)
                    for number, (party, angle, words) in enumerate(
                        zip(ordered, angles, named, strict=True), 1
                    )
                ], True
    return [
        _numbered(party, number, len(ordered), sheet) for number, party in enumerate(ordered, 1)
    ], False


def _width(name: str, small: str) -> int:
    """Return how wide a node with these words is, rounded up so that alike ones are the same."""
    wide = max(WIDE.node, len(name) * LETTER, len(small) * SMALL_LETTER)
    return int(-(-wide // 4) * 4)


def _cut(words: str, letter: float, widest: int) -> str:
    most = int(widest // letter)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


@lru_cache(maxsize=512)
def angles_of(widths: tuple[int, ...]) -> tuple[float, ...] | None:
    """Return at which degrees nodes of these widths stand, as far apart as they can; or None.

    Only widths come in, so nothing of a family is remembered here.
    """
    found = _walked(widths, LEAST_GAP)
    if found is None:
        return None
    low, high = LEAST_GAP, LARGEST_GAP
    while high - low > 1:
        gap = (low + high) / 2
        wider = _walked(widths, gap)
        low, high, found = (gap, high, wider) if wider else (low, gap, found)
    return found


def _walked(widths: tuple[int, ...], gap: float) -> tuple[float, ...] | None:
    """Walk round the ring once and put each node where it is clear of those before."""
    middle = WIDE.width / 2
    angles: list[float] = []
    boxes: list[Box] = []
    angle = 0.0
    for width in widths:
        box = _box(angle, width)
        while not _stands(box, angle, boxes, gap, middle):
            angle += STEP
            if angle >= 360:
                return None
            box = _box(angle, width)
        angles.append(angle)
        boxes.append(box)
    is_left = not boxes or len(boxes) == 1 or boxes[-1].right <= middle - gap / 2
    return tuple(angles) if is_left or angles[-1] < 180 else None


def _stands(box: Box, angle: float, before: list[Box], gap: float, middle: float) -> bool:
    if angle < 90 and box.left < middle + gap / 2:
        return False
    if angle > 270 and box.right > middle - gap / 2:
        return False
    return all(box.is_clear_of(other, gap) for other in before)


def _at(angle: float, radii: tuple[float, float], sheet: Sheet) -> tuple[float, float]:
    x, y = sheet.centre
    turn = radians(angle)
    return x + radii[0] * sin(turn), y - radii[1] * cos(turn)


def _is_above(angle: float) -> bool:
    """Whether the words stand above the node: in the upper part of the ring."""
    return angle < 75 or angle > 285


def _box(angle: float, width: float) -> Box:
    """Return the plane of a node with two lines of words, its middle on the ring."""
    x, y = _at(angle, WIDE.ring, WIDE)
    high = (WIDE.node + WORDS_HIGH) / 2
    return Box(x - width / 2, y - high, x + width / 2, y + high)


def _named(party: Party, number: int, angle: float, words: tuple[str, str]) -> Spot:
    box = _box(angle, _width(*words))
    is_above = _is_above(angle)
    half = WIDE.node / 2
    y = box.bottom - half if is_above else box.top + half
    return Spot(
        party.key,
        number,
        (box.left + box.right) / 2,
        y,
        WIDE.node,
        box,
        *words,
        is_above,
        party.icon,
        "",
        party.side,
        party.state,
    )


def _numbered(party: Party, number: int, of: int, sheet: Sheet) -> Spot:
    """Put a numbered square on the ring; over twenty every other one stands on a second ring."""
    is_second = of > MOST_ON_A_RING and number % 2 == 0
    angle = 360 * (number - 0.5) / of
    x, y = _at(angle, sheet.second if is_second else sheet.ring, sheet)
    half = sheet.node / 2
    box = Box(x - half, y - half, x + half, y + half)
    return Spot(
        *(party.key, number, x, y, sheet.node, box, "", ""),
        *(False, party.icon, "", party.side, party.state),
    )


def _close_by(near: Sequence[Near], sheet: Sheet, *, with_names: bool) -> list[Spot]:
    """Put informal people round the middle; names only when six or fewer."""
    named = with_names and len(near) <= MOST_NEAR_NAMES
    return [
        _face(one, number, angle, sheet, named=named)
        for number, (one, angle) in enumerate(zip(near, _near_angles(len(near)), strict=True))
    ]


def _near_angles(count: int) -> list[float]:
    if count <= MOST_NEAR_NAMES:
        return list(NEAR_FROM[:count])
    return [360 * place / count for place in range(count)]


def _face(one: Near, number: int, angle: float, sheet: Sheet, *, named: bool) -> Spot:
    x, y = _at(angle, sheet.near, sheet)
    size = float(sheet.near_face if sheet is PHONE or named else 22)
    name = _cut(one.name, LETTER, WIDEST[1]) if named else ""
    half = max(size, len(name) * LETTER / 2)
    box = Box(x - half, y - size, x + half, y + size + (22 if name else 0))
    return Spot(
        *(one.key, number, x, y, size * 2, box, name, ""),
        *(False, "", one.face, "near", one.state),
    )


def _angle(spot: Spot, sheet: Sheet) -> float:
    """Return where on the ring a spot stands, in degrees clockwise from the top."""
    x, y = sheet.centre
    wide, high = sheet.ring
    middle = (spot.box.top + spot.box.bottom) / 2
    return degrees(atan2((spot.x - x) / wide, (y - middle) / high)) % 360


def _sectors(ordered: Sequence[Party], angles: Sequence[float], sheet: Sheet) -> tuple[Sector, ...]:
    """Return the planes of the sides; the first begins at the top."""
    edges = [0.0]
    for (before, one), (angle, after) in zip(pairwise(ordered), pairwise(angles), strict=True):
        if before.side != one.side:
            edges.append((angle + after) / 2)
    sides = list(dict.fromkeys(party.side for party in ordered))
    return tuple(
        Sector(side, _slice(start, end, sheet))
        for side, (start, end) in zip(sides, pairwise([*edges, 360.0]), strict=False)
    )


def _slice(start: float, end: float, sheet: Sheet) -> str:
    x, y = sheet.centre
    wide, high = x - 2, y - 2
    if end - start >= 360:
        top = y - high
        turn = f"A{wide:.0f} {high:.0f} 0 1 1"
        return f"M{x:.0f} {top:.0f}{turn} {x - 0.01:.2f} {top:.0f}Z"
    (x1, y1), (x2, y2) = (_at(angle, (wide, high), sheet) for angle in (start, end))
    large = int(end - start > 180)
    return (
        f"M{x:.0f} {y:.0f}L{x1:.1f} {y1:.1f}A{wide:.0f} {high:.0f} 0 {large} 1 {x2:.1f} {y2:.1f}Z"
    )


def _strokes(spots: Sequence[Spot], strained: set[str], sheet: Sheet) -> list[Stroke]:
    """Return the lines from the middle; who does nothing now and costs nothing has none."""
    kinds = {"doing": "doing", "asked": "asked"}
    strokes = []
    for spot in spots:
        kind = "near" if spot.side == "near" and spot.state == "doing" else kinds.get(spot.state)
        if spot.key in strained:
            strokes.append(Stroke("strain", _zigzag(*sheet.centre, spot.x, spot.y)))
        elif kind:
            x, y = sheet.centre
            strokes.append(Stroke(kind, f"M{x:.0f} {y:.0f}L{spot.x:.1f} {spot.y:.1f}"))
    return strokes


def _zigzag(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a line that goes to and fro, a tooth for every twelve pixels."""
    long = max(1.0, hypot(x2 - x1, y2 - y1))
    along, across = ((x2 - x1) / long, (y2 - y1) / long), ((y1 - y2) / long, (x2 - x1) / long)
    teeth = int(long // 12)
    points = [f"M{x1:.1f} {y1:.1f}"]
    for tooth in range(1, teeth):
        far, out = tooth * 12, ZIG if tooth % 2 else -ZIG
        x = x1 + along[0] * far + across[0] * out
        y = y1 + along[1] * far + across[1] * out
        points.append(f"L{x:.1f} {y:.1f}")
    return f"{''.join(points)}L{x2:.1f} {y2:.1f}"
