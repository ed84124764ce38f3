"""Which texts of one entry stand: the newest, or all that were written at once. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """One text: ``number`` grows with time; ``after`` is the newest that its writer had seen.

    None: the first text. Whoever saw a text saw all that stood beside it then.
    """

    number: int
    after: int | None


def standing(versions: Sequence[Version]) -> list[int]:
    """Return the numbers of the texts that no later writer had seen, oldest first.

    One: nobody wrote at the same time. More: they are shown beside each other, until somebody
    who saw them all writes what it is to be.
    """
    return sorted(
        one.number
        for one in versions
        if not any(
            other.after is not None and one.number <= other.after < other.number
            for other in versions
        )
    )
