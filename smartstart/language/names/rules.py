"""All word rules together: what this room finds in a text without any tables."""

from __future__ import annotations

from smartstart.language.names.numbers import numbers_and_addresses
from smartstart.language.names.people import names
from smartstart.language.names.proposals import Finding


def found_by_rules(text: str) -> list[Finding]:
    """Find everything the word rules know; a text of 300,000 characters takes a quarter second."""
    return [*numbers_and_addresses(text), *names(text)]
