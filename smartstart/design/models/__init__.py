"""The nouns of this room, one file for what belongs together."""

from smartstart.design.models.boards import (
    Board,
    BoardDeed,
    BoardGuest,
    BoardKind,
    BoardNote,
    BoardPhoto,
    BoardStep,
    BoardVote,
    NoteText,
)
from smartstart.design.models.journeys import GuestRoadYes, Moment, RoadYes
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
from smartstart.design.models.thinking import (
    GuestCard,
    GuestInvited,
    GuestSaid,
    NoteInThread,
    TargetGroup,
)

__all__ = [
    "AgendaPart",
    "Allowance",
    "AmountToKnow",
    "Attendance",
    "Board",
    "BoardDeed",
    "BoardGuest",
    "BoardKind",
    "BoardNote",
    "BoardPhoto",
    "BoardStep",
    "BoardVote",
    "DesignSession",
    "Facilitator",
    "GuestCard",
    "GuestInvited",
    "GuestRoadYes",
    "GuestSaid",
    "Moment",
    "Need",
    "NoteInThread",
    "NoteText",
    "Persona",
    "RoadYes",
    "SessionInvitation",
    "TargetGroup",
    "Trait",
    "TraitSource",
]
