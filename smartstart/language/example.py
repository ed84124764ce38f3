"""The dictionary of the example region: the first set of terms, in our own words."""

from __future__ import annotations

from datetime import datetime

from smartstart.language.operations import load_terms


def load(*, at: datetime) -> None:
    """Load the first terms; a second time changes nothing."""
    load_terms()
