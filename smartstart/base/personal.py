"""What a field with personal data must say about itself; the register is made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Personal:
    """Why a field may hold personal data, on which basis, how long, and who reads it.

    Plain English sentences or noun phrases; ``docs/operate/register.md`` and the privacy
    pages are generated from them. A model names its fields in ``personal_data`` (a dict of
    field name to Personal) and its other free-text fields in ``no_personal_data``; a house
    test holds every model to that.
    """

    purpose: str
    basis: str
    retention: str
    readers: str
