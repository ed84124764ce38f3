"""Arithmetic that pictures in components need: where a knot stands, which dot is which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, FileInput, PasswordInput
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

HALVES: Final = 10
EDGE: Final = 14
STEP: Final = {"wide": 52, "narrow": 25}
SMALL: Final = {"wide": 6, "narrow": 4}
BLOCK_STEP: Final = 28
BLOCK_GAP: Final = 4


@dataclass(frozen=True)
class Knot:
    """One half step on the line from 0 to 5; ``word`` is empty on the half ones."""

    x: int
    word: str
    reached: bool


@dataclass(frozen=True)
class Line:
    """The line on which a pilot stands, in pixels: its eleven knots and where it is now."""

    knots: list[Knot]
    here: Knot
    small: int

    @property
    def end(self) -> int:
        """Where the last knot is."""
        return self.knots[-1].x

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return self.end + EDGE


@dataclass(frozen=True)
class Block:
    """One of ten blocks on a card."""

    x: int
    reached: bool


@register.simple_tag
def drawn(path: str) -> str:
    """Return where a file of the look is served, asked once: a page names fifty icons."""
    return _served(path, settings.STATIC_URL)


@lru_cache(maxsize=256)
def _served(path: str, _root: str) -> str:
    return static(path)


def _halves(stand: float) -> int:
    return max(0, min(HALVES, round(float(stand) * 2)))


@register.filter
def stand_line(stand: float, size: str) -> Line:
    """Return the drawing of where a pilot stands (0 to 5, in halves), wide or narrow."""
    reached = _halves(stand)
    knots = [
        Knot(
            x=EDGE + half * STEP[size],
            word="" if half % 2 else str(half // 2),
            reached=half <= reached,
        )
        for half in range(HALVES + 1)
    ]
    return Line(knots=knots, here=knots[reached], small=SMALL[size])


@register.filter
def blocks(stand: float) -> list[Block]:
    """Return ten blocks for a card, two to a whole step."""
    reached = _halves(stand)
    return [
        Block(x=1 + n * BLOCK_STEP + (n // 2) * BLOCK_GAP, reached=n < reached)
        for n in range(HALVES)
    ]


@register.filter
def dots(waited: int, promised: int) -> list[str]:
    """Return one word per dot: past, open, promise, broken, late.

    ``waited`` and ``promised`` are working days. The square is the promised moment;
    once it has passed it is filled and each day after it is one more dot.
    """
    waited, promised = int(waited), int(promised)
    kept = ["past"] * min(waited, promised) + ["open"] * max(0, promised - waited)
    late = waited - promised
    return kept + (["broken", *["late"] * late] if late > 0 else ["promise"])


CLASSES: Final = {
    "textarea": "utrecht-textarea",
    "select": "utrecht-select",
    "checkbox": "utrecht-checkbox",
}


@register.filter
def typed_anew(form: BaseForm) -> str:
    """Return the names of the boxes that come back empty: passwords, and files that were chosen."""
    gone = [
        str(box.label)
        for box in form.visible_fields()
        if _is_not_shown_again(box) and not _was_left_out(box)
    ]
    return gettext(" and ").join(f"“{name}”" for name in gone)


@register.filter
def keeps_something(form: BaseForm) -> bool:
    """Whether a form that came back holds at least one box with what somebody typed."""
    return any(not _is_not_shown_again(box) for box in form.visible_fields())


def _is_not_shown_again(box: BoundField) -> bool:
    return isinstance(box.field.widget, PasswordInput | FileInput)


def _was_left_out(box: BoundField) -> bool:
    """Whether this is the box of a file that may stay empty, and nobody chose one."""
    is_file = isinstance(box.field.widget, FileInput)
    return is_file and not box.data and not box.errors


@register.filter
def dressed(field: BoundField) -> SafeString:
    """Return the box of a field in the clothes of NL Design System."""
    name = CLASSES.get(field.widget_type, "utrecht-textbox")
    invalid = f" {name}--invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{name}{invalid}"})
