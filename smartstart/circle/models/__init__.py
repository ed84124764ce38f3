"""The nouns of the circle, by what they are about."""

from smartstart.circle.models.attachments import Attachment
from smartstart.circle.models.family import (
    Address,
    Authority,
    Circle,
    Family,
    Member,
    Part,
    Seat,
    SeatCode,
)
from smartstart.circle.models.grounds import Basis, ConsentAnswer, Ground
from smartstart.circle.models.heard import Heard
from smartstart.circle.models.leaving import Leaving
from smartstart.circle.models.meetings import Beforehand, Meeting
from smartstart.circle.models.mentions import Mention
from smartstart.circle.models.questions import Attached, Question, QuestionStep, Reply
from smartstart.circle.models.rights import Restriction, RightsRequest
from smartstart.circle.models.said import Said
from smartstart.circle.models.strain import Strain, StrainReader
from smartstart.circle.models.withheld import Withheld, WithheldStep
from smartstart.circle.models.words import (
    Action,
    Agreement,
    Entry,
    OwnSide,
)

__all__ = [
    "Action",
    "Address",
    "Agreement",
    "Attached",
    "Attachment",
    "Authority",
    "Basis",
    "Beforehand",
    "Circle",
    "ConsentAnswer",
    "Entry",
    "Family",
    "Ground",
    "Heard",
    "Leaving",
    "Meeting",
    "Member",
    "Mention",
    "OwnSide",
    "Part",
    "Question",
    "QuestionStep",
    "Reply",
    "Restriction",
    "RightsRequest",
    "Said",
    "Seat",
    "SeatCode",
    "Strain",
    "StrainReader",
    "Withheld",
    "WithheldStep",
]
