"""The nouns of snel schakelen, by what they are about."""

from smartstart.consult.models.expertise import (
    Edition,
    Expertise,
    OpenHours,
    Profile,
    Reach,
    Saying,
)

__all__ = ["Edition", "Expertise", "OpenHours", "Profile", "Reach", "Saying"]
