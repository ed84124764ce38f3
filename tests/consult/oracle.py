"""Who acts on a question without a name and who reads it, told in plain Python: no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

AT_WORK = frozenset({"joost", "fatima", "karin", "bas", "daan", "marit", "wil"})
COVERS = {"fatima": "karin", "marit": "wil"}
COORDINATOR = "marit"
OPEN = frozenset({"held", "offered"})


@dataclass(frozen=True)
class Told:
    """One question as everybody believes it to be; ``asker`` may be "code"."""

    asker: str
    holder: str
    state: str
    picked_up: bool
    offered_to: str | None
    offer_ends_at: datetime | None
    beside: tuple[
        tuple[str, bool], ...
    ]  # who was offered it beside the holder, and whether it ended
    drawn_in: frozenset[str]
    cover_from: datetime
    coordinator_from: datetime
    erase_at: datetime

    def acts(self, at: datetime, left: frozenset[str]) -> set[str]:
        """Return who acts now: one at most; nobody when all of them left."""
        if self.state not in OPEN or at >= self.erase_at:
            return set()
        cover = self._cover(self.holder, left)
        cover = None if cover == self.asker else cover
        is_gone = self.holder in left
        past = self.holder != COORDINATOR and at >= self.coordinator_from
        if past or (is_gone and cover is None):
            who = self._cover(COORDINATOR, left) if COORDINATOR in left else COORDINATOR
        elif cover is not None and (is_gone or at >= self.cover_from):
            who = cover
        else:
            who = self.holder
        return {who} - left if who else set()

    def offered(self, at: datetime) -> set[str]:
        """Return who can still say yes to it."""
        if self.state not in OPEN or at >= self.erase_at:
            return set()
        found = set()
        if self.state == "offered" and self.offered_to and self.offer_ends_at:
            found |= {self.offered_to} if at < self.offer_ends_at else set()
        if not self.picked_up and at < self.coordinator_from:
            found |= {who for who, ended in self.beside if not ended}
        return found

    def waits_for(self, at: datetime, left: frozenset[str]) -> set[str]:
        return (self.acts(at, left) | self.offered(at) | self.asked_along(at)) - left

    def asked_along(self, at: datetime) -> set[str]:
        """Return who was drawn in and said nothing yet; in this world nobody said anything."""
        return set(self.drawn_in) if self.state in OPEN and at < self.erase_at else set()

    def readers(self, at: datetime, left: frozenset[str]) -> set[str]:
        if at >= self.erase_at:
            return set()
        near = {self.asker, self.holder} | self.drawn_in | self.offered(at)
        return (near | self.acts(at, left)) - left

    def _cover(self, who: str, left: frozenset[str]) -> str | None:
        cover = COVERS.get(who)
        return None if cover in left else cover
