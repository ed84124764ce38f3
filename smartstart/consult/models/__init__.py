"""The nouns of snel schakelen, by what they are about."""

from smartstart.consult.models.exchange import (
    AskerCard,
    DrawnIn,
    Exchange,
    Offer,
    Remark,
    Tally,
    Team,
    Turn,
)
from smartstart.consult.models.expertise import (
    Edition,
    Expertise,
    OpenHours,
    Profile,
    Reach,
    Saying,
)
from smartstart.consult.models.library import AnswerDraft, LearnedAnswer, Returning, ReturningTold

__all__ = [
    "AnswerDraft",
    "AskerCard",
    "DrawnIn",
    "Edition",
    "Exchange",
    "Expertise",
    "LearnedAnswer",
    "Offer",
    "OpenHours",
    "Profile",
    "Reach",
    "Remark",
    "Returning",
    "ReturningTold",
    "Saying",
    "Tally",
    "Team",
    "Turn",
]
