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

__all__ = [
    "AskerCard",
    "DrawnIn",
    "Edition",
    "Exchange",
    "Expertise",
    "Offer",
    "OpenHours",
    "Profile",
    "Reach",
    "Remark",
    "Saying",
    "Tally",
    "Team",
    "Turn",
]
