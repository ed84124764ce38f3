"""Arithmetic of a board: what one phone may see, and votes that point at nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

MOST_LETTERS: Final = 1_000
GROUP_LETTERS: Final = 80
QUESTION_LETTERS: Final = 300
MOST_NOTES: Final = 3_000
MOST_OF_ONE: Final = 200  # so that one phone cannot fill a board
LEAST_SHOWN: Final = 5
UNSURE: Final = "unsure"  # of a role that nobody confirmed
TOGETHER: Final = "together"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note as it stands: ``texts`` are (change number, words) that nobody replaced.

    ``is_group``: its words are the name of a group; ``into`` is the group it lies in. ``earlier``
    is, per guest who typed here before, the last words of theirs that were replaced, or that went
    with a note of somebody else ("" when they were wiped).
    """

    ref: UUID
    author: int | None
    column: str
    into: UUID | None
    is_hidden: bool
    is_removed: bool
    changed: int
    texts: tuple[tuple[int, str], ...]
    is_group: bool = False
    earlier: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoteLine:
    """What one guest gave to one note; ``role`` as which it was counted, "" while it is not."""

    guest: int
    note: UUID
    value: int
    changed: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What everybody on a board may know, and what decides who sees the rest."""

    number: int
    turned: int
    is_closed: bool
    is_locked: bool
    is_revealed: bool
    is_counted: bool
    covers: bool
    ends_at: float | None

    @property
    def is_open_to_all(self) -> bool:
        """Whether a phone sees notes of others."""
        return self.is_revealed or not self.covers


def change_number(told: str) -> int:
    """Return the number of a change as somebody sent it; 0 when it is none that a store holds."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 0


def news(
    sight: Sight,
    notes: Iterable[NoteLine],
    votes: Iterable[VoteLine],
    *,
    guest: int,
    since: int,
    tally: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what one phone hears of what changed after ``since``: never a hidden note or vote."""
    all_again = sight.turned > since
    found = [
        shown
        for line in notes
        if (all_again or line.changed > since) and (shown := note_for(sight, line, guest))
    ]
    own = {
        str(vote.note): vote.value
        for vote in votes
        if vote.guest == guest and (all_again or vote.changed > since)
    }
    return {
        "number": sight.number,
        "locked": sight.is_locked,
        "open": sight.is_open_to_all,
        "counted": sight.is_counted,
        "ends": sight.ends_at,
        "notes": found,
        "votes": own,
        "tally": tally if sight.is_counted else None,
    }


def note_for(sight: Sight, line: NoteLine, guest: int | None) -> dict[str, Any] | None:
    """Return one note as a phone may see it; None when it may not know of it.

    Who wrote it always sees it, also when it was taken away. Others see that it is gone, no more;
    so is a note of which the last words were taken back. Who typed in it reads their own words.
    """
    is_own = line.author is not None and line.author == guest
    if not is_own and not sight.is_open_to_all:
        return None
    gone = "hidden" if line.is_hidden else "removed" if line.is_removed else ""
    if not is_own and not line.texts:
        gone = gone or "removed"
    shown: dict[str, Any] = {"note": str(line.ref), "mine": is_own, "gone": gone}
    if is_own or not gone:
        shown["texts"] = [list(text) for text in line.texts]
        shown["column"] = line.column
        shown["into"] = str(line.into) if line.into else ""
        shown["group"] = line.is_group
    if guest is not None and guest in line.earlier:
        shown["earlier"] = line.earlier[guest]
    return shown


def groups(roles: Mapping[int, str]) -> dict[int, str]:
    """Return under which name each guest is counted: the own role, or ``together``.

    ``roles`` are of those who voted. A role of under five people is shown merged, and so is the
    next smallest while what is merged is under five: else subtraction gives it back. Who is of no
    confirmed role is always merged.
    """
    sizes: dict[str, int] = {}
    for role in roles.values():
        sizes[role] = sizes.get(role, 0) + 1
    merged = {role for role, size in sizes.items() if size < LEAST_SHOWN or role == UNSURE}
    rest = sorted((size, role) for role, size in sizes.items() if role not in merged)
    while merged and rest and sum(sizes[role] for role in merged) < LEAST_SHOWN:
        merged.add(rest.pop(0)[1])
    return {guest: TOGETHER if role in merged else role for guest, role in roles.items()}


def told_by_difference(before: Mapping[int, str], changed: Collection[int]) -> set[str]:
    """Return the roles of which one to four people gave something else than at the count before.

    Beside the count before, a new one of such a role would show what those few gave. ``before`` is
    the role as which each guest was counted then.
    """
    few: dict[str, int] = {}
    for guest, role in before.items():
        if guest in changed:
            few[role] = few.get(role, 0) + 1
    return {role for role, people in few.items() if people < LEAST_SHOWN}


def dots(votes: Iterable[VoteLine], *, ranks: int = 0) -> dict[str, dict[str, dict[str, int]]]:
    """Return per note and group how often each value was given, of votes that were counted.

    For a ranked vote (``ranks`` places) a first place counts ``ranks`` points, a last one 1; all
    stand under value "1", so that more is better.
    """
    given = [vote for vote in votes if vote.value and vote.role]
    named = groups({vote.guest: vote.role for vote in given})
    found: dict[str, dict[str, dict[str, int]]] = {}
    for vote in given:
        value, points = ("1", ranks + 1 - vote.value) if ranks else (str(vote.value), 1)
        cell = found.setdefault(str(vote.note), {}).setdefault(named[vote.guest], {})
        cell[value] = cell.get(value, 0) + points
    return found
