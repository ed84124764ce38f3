"""What a line of the ledger can say: the deeds, and what else there is to tell of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Deed(StrEnum):
    """What happened, as the ledger calls it. Values are for ever."""

    READ = "read"
    GLANCED = "glanced"
    EXPORTED = "exported"
    DENIED = "denied"
    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_CHANGED = "consent_changed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    IMPORTED = "imported"
    CONFIRMED = "confirmed"
    CODED = "coded"
    MERGED = "merged"
    APPROVED = "approved"
    PUBLISHED = "published"
    WEAKENED = "weakened"
    ERASED = "erased"
    ENTERED = "entered"
    HAT_GIVEN = "hat_given"
    HAT_ENDED = "hat_ended"
    RESTORED = "restored"


# The letter that NEN 7513 gives the kind of event: create, read, update, delete, execute.
ACTION: Final[dict[Deed, str]] = {
    Deed.READ: "R",
    Deed.GLANCED: "R",
    Deed.EXPORTED: "R",
    Deed.DENIED: "R",
    Deed.MADE: "C",
    Deed.CONSENT_GIVEN: "C",
    Deed.IMPORTED: "C",
    Deed.CODED: "C",
    Deed.HAT_GIVEN: "C",
    Deed.REMOVED: "D",
    Deed.ERASED: "D",
    Deed.ENTERED: "E",
}
MOST_REFERENCES: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says besides who, when and which folder.

    ``on``: references of the rows it was about (at most 50 are kept; ``count`` is how many there
    were). ``reason``: words a person typed, sealed. ``why``: a slug (role, task, question).
    ``origin``: the network address, sealed, never shown to a family.
    """

    deed: Deed
    on: tuple[UUID, ...] = ()
    why: str = ""
    reason: str = ""
    origin: str = ""
    denied: bool = False
