"""The nouns of voices, by what they are about."""

from smartstart.voices.models.story import SaidBack, StoryCard
from smartstart.voices.models.told import (
    LONGEST_QUOTE,
    LONGEST_TEXT,
    Code,
    Coding,
    CodingRound,
    Consent,
    Excerpt,
    Interview,
    MergeDecision,
    Pseudonym,
    QuoteApproval,
    RoundCoder,
    Transcript,
    stands_on,
)

__all__ = [
    "LONGEST_QUOTE",
    "LONGEST_TEXT",
    "Code",
    "Coding",
    "CodingRound",
    "Consent",
    "Excerpt",
    "Interview",
    "MergeDecision",
    "Pseudonym",
    "QuoteApproval",
    "RoundCoder",
    "SaidBack",
    "StoryCard",
    "Transcript",
    "stands_on",
]
