"""What somebody writes back from the page of their own story, and the card that opens it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smartstart.access.fields import Sealed
from smartstart.access.models import Holds
from smartstart.base.personal import Personal
from smartstart.thread.cards import Card
from smartstart.voices.models.told import (
    LONGEST_QUOTE,
    STORY,
    AlwaysOfInterview,
    Interview,
    OfInterview,
)


class SaidBack(Holds):
    """What somebody wrote back from their own page (Dutch: reactie)."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="said_back")
    words = Sealed(max_characters=LONGEST_QUOTE)
    said_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.UUIDField(null=True, editable=False)

    objects = OfInterview["SaidBack"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": STORY}


class StoryCard(Card):
    """The card with which somebody opens the page of their own story (Dutch: kaartje).

    Only hashes: of the code in letters, of the longer one in the picture (80 bits; None on a card
    from before), and of the word they chose. Wrong words close it a while.
    """

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="card")

    objects = AlwaysOfInterview["StoryCard"].as_manager()
