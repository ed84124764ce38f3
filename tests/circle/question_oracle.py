"""Who acts on a question and who reads it, told in plain Python: no SQL, no code of the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

COORDINATOR = "willem"
AT_SCHOOL = frozenset({"fatima", "karin", "daan"})
AT_TEAM = frozenset({"willem", "wil"})
SEATED = frozenset({"fatima", "daan", "willem"})
WORKERS = tuple(sorted(AT_SCHOOL | AT_TEAM | {"peer"}))
OPEN = {"held", "offered"}


@dataclass
class Told:
    """One question as everybody believes it to be."""

    holder: str
    cover_from: datetime
    coordinator_from: datetime
    state: str = "held"
    offered_to: str | None = None
    offer_ends_at: datetime | None = None
    said: dict[str, str] = field(default_factory=dict)  # who: granted, asked, refused, withdrawn
    with_cover: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    covers: dict[str, str | None] = field(default_factory=dict)
    basis_ended: bool = False  # of the school

    def may(self, who: str) -> bool:
        """Both locks open for who."""
        return self.said.get(who) == "granted" and self.locked_by_nothing(who)

    def locked_by_nothing(self, who: str) -> bool:
        return not (self.basis_ended and who in AT_SCHOOL)

    def was_refused(self, who: str) -> bool:
        return self.said.get(who) in {"refused", "withdrawn"}

    def may_hold(self, who: str) -> bool:
        return who in {self.holder, COORDINATOR} or not self.was_refused(who)

    def cover_of(self, who: str) -> str | None:
        cover = self.covers.get(who)
        return None if cover in self.left else cover

    def has_climbed(self, at: datetime) -> bool:
        """Whether it is with the coordinator, whoever holds it."""
        if self.holder in self.left and self.cover_of(self.holder) is None:
            return True
        if self.holder == COORDINATOR:
            return False
        thinks = self.said.get(self.holder) in {"granted", "asked"}
        is_lost = not (thinks and self.locked_by_nothing(self.holder))
        return is_lost or at >= self.coordinator_from

    def acts(self, at: datetime) -> str | None:
        """The one who acts now; None: it is over, or the coordinator left and nobody covers."""
        if self.state not in OPEN:
            return None
        if self.has_climbed(at):
            if COORDINATOR not in self.left:
                return COORDINATOR
            return self.cover_of(COORDINATOR)
        cover = self.cover_of(self.holder)
        if cover is not None and (self.holder in self.left or at >= self.cover_from):
            return cover
        return self.holder

    def is_offered(self, at: datetime) -> str | None:
        """To whom it is offered now."""
        stands = self.state == "offered" and self.offer_ends_at and self.offer_ends_at > at
        return self.offered_to if stands else None

    def readers(self, at: datetime) -> set[str]:
        """Which professionals at work read its words."""
        if self.state not in OPEN:
            return set()
        acts, found = self.acts(at), set()
        for who in set(WORKERS) - self.left:
            near = who in {self.holder, self.is_offered(at), acts}
            lent = who == acts and who != self.holder and self.holder in self.with_cover
            lent = lent and not self.was_refused(who)
            if (near and self.may(who)) or (lent and self.may(self.holder)):
                found.add(who)
        return found

    def waits_for(self, at: datetime) -> set[str]:
        """For whom of those at work it waits."""
        return {who for who in (self.acts(at), self.is_offered(at)) if who} - self.left

    # What deeds do.

    def passes(self, to: str) -> None:
        """Somebody takes over: the yes for the cover goes along, else the family is asked."""
        before = self.holder
        if to not in self.said:
            lends = before in self.with_cover and self.may(before)
            self.said[to] = "granted" if lends else "asked"
            if lends:
                self.with_cover.add(to)
        self.holder, self.state, self.offered_to = to, "held", None

    def loses(self) -> None:
        """Whose ground was taken back gives it to the coordinator, in the same deed."""
        if self.state in OPEN and self.holder != COORDINATOR:
            thinks = self.said.get(self.holder) in {"granted", "asked"}
            if not (thinks and self.locked_by_nothing(self.holder)):
                self.holder, self.state, self.offered_to = COORDINATOR, "held", None
