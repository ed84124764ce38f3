"""The nouns of this room, one file for what belongs together."""

from smartstart.design.models.money import Allowance, AmountToKnow
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
    "Need",
    "SessionInvitation",
]
