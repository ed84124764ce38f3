"""Arithmetic that pictures in components need: where a knot stands, which dot is which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

HALVES: Final = 10
KNOT_STEP: Final = 52
KNOT_START: Final = 14
BLOCK_STEP: Final = 28
BLOCK_GAP: Final = 4


@dataclass(frozen=True)
class Knot:
    """One half step on the line from 0 to 5; ``word`` is empty on the half ones."""

    x: int
    word: str
    reached: bool
    here: bool


@dataclass(frozen=True)
class Block:
    """One of ten blocks on a card."""

    x: int
    reached: bool


def _halves(stand: float) -> int:
    return max(0, min(HALVES, round(float(stand) * 2)))


@register.filter
def knots(stand: float) -> list[Knot]:
    """Return the eleven knots of the line on which a pilot stands (0 to 5, in halves)."""
    reached = _halves(stand)
    return [
        Knot(
            x=KNOT_START + step * KNOT_STEP,
            word="" if step % 2 else str(step // 2),
            reached=step <= reached,
            here=step == reached,
        )
        for step in range(HALVES + 1)
    ]


@register.filter
def reach(stand: float) -> int:
    """Return where on that line the reached part ends."""
    return KNOT_START + _halves(stand) * KNOT_STEP


@register.filter
def blocks(stand: float) -> list[Block]:
    """Return ten blocks for a card, two to a whole step."""
    reached = _halves(stand)
    return [Block(x=1 + n * BLOCK_STEP + (n // 2) * BLOCK_GAP, reached=n < reached) for n in range(HALVES)]


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
def dressed(field: BoundField) -> SafeString:
    """Return the box of a field in the clothes of NL Design System."""
    name = CLASSES.get(field.widget_type, "utrecht-textbox")
    invalid = f" {name}--invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{name}{invalid}"})
