"""The nouns of this room, one file for what belongs together."""

from smartstart.design.models.journeys import Moment, RoadYes
from smartstart.design.models.money import Allowance, AmountToKnow
from smartstart.design.models.personas import Persona, Trait, TraitSource
from smartstart.design.models.sessions import (
    AgendaPart,
    Attendance,
    DesignSession,
    Facilitator,
    Need,
    SessionInvitation,
)

__all__ = [
    "AgendaPart",
    "Allowance",
    "AmountToKnow",
    "Attendance",
    "DesignSession",
    "Facilitator",
    "Moment",
    "Need",
    "Persona",
    "RoadYes",
    "SessionInvitation",
    "Trait",
    "TraitSource",
]
