"""Who must decide, by law and by age: the file a lawyer reads. No Django, no code paths.

Every line has its article and a plain sentence. Where sources differ the strictest is the
default; a jurist decides, and a line is then added with a new first day, never changed. Ages are
in whole years, reached at midnight (Europe/Amsterdam) at the beginning of the birthday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; who shows it translates it."""
    return sentence


class Regime(StrEnum):
    """Under which law something is shared."""

    YOUTH_CARE = "youth_care"
    HEALTH = "health"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RegimeRule:
    """Who decides by age, in one law.

    From ``child_too_from`` the child decides with the parents, from ``child_alone_from`` alone.
    ``since`` is the first day of the line; ``article`` where it stands; ``sentence`` what it says
    in plain words (English, in the catalogue).
    """

    regime: Regime
    since: date
    child_too_from: int
    child_alone_from: int
    article: str
    sentence: str


ADULT: Final = 18
_WITH_THE_CHILD: Final = _(
    "Until 12 the parents decide. From 12 to 16 child and parents. From 16 the young person."
)

REGIMES: Final = (
    RegimeRule(
        Regime.YOUTH_CARE,
        date(2015, 1, 1),
        12,
        16,
        "Jeugdwet 7.3.4, 7.3.5 en 7.3.11",
        _WITH_THE_CHILD,
    ),
    RegimeRule(
        Regime.HEALTH,
        date(2006, 1, 1),
        12,
        16,
        "BW 7:447, 7:450 en 7:457",
        _WITH_THE_CHILD,
    ),
    RegimeRule(
        Regime.OTHER,
        date(2018, 5, 25),
        16,
        16,
        "AVG 6 en 8; UAVG 5",
        _("Until 16 the parents decide. From 16 the young person."),
    ),
)


@dataclass(frozen=True, slots=True)
class Must:
    """A law by which something is told and not asked: slug, first day, article, plain sentence."""

    slug: str
    since: date
    article: str
    sentence: str


MUSTS: Final = (
    Must(
        "supervision_order",
        date(2015, 1, 1),
        "Jeugdwet 7.3.11 lid 4; BW 1:255",
        _("The judge ordered supervision. Who carries it out gets what is needed for it."),
    ),
    Must(
        "court",
        date(2015, 1, 1),
        "Jeugdwet 7.3.11 lid 1",
        _("The judge asked for it, by a law that leaves no choice."),
    ),
)
