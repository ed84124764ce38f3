"""Who was invited, came, spoke and voted, by role, against who it is about. Pure.

A number of one to four people is never shown by itself: small roles are merged into one line, and
when that is still small, it says only that they were few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_SHOWN: Final = 5
DEEDS: Final = ("invited", "came", "spoke", "voted")


@dataclass(frozen=True, slots=True)
class Row:
    """One role, or several small ones together: a number per deed; None: too few to say.

    ``share`` is this row's part of who came, ``wanted`` its part of the target group, in percent.
    """

    roles: tuple[str, ...]
    counts: Mapping[str, int | None]
    share: int | None = None
    wanted: int | None = None

    @property
    def is_merged(self) -> bool:
        """Whether several roles stand together here."""
        return len(self.roles) > 1


def mirror(
    counts: Mapping[str, Mapping[str, int]], wanted: Mapping[str, int] | None = None
) -> list[Row]:
    """Return the rows of a mirror; ``counts`` is per role per deed, ``wanted`` people per role.

    A role of which some deed counts one to four people is merged with the other small ones, and
    with the smallest large one while the sum is still small, so that none can be subtracted back.
    """
    wanted = dict(wanted or {})
    present = {role: told for role, told in counts.items() if any(told.values())}
    small = [role for role in present if _is_small(present[role])]
    large = [role for role in present if role not in small]
    while small and large and _is_small(_sum([present[role] for role in small])):
        small.append(large.pop(large.index(min(large, key=lambda role: _size(present[role])))))
    groups: list[tuple[str, ...]] = [(role,) for role in present if role in large]
    groups += [tuple(role for role in present if role in small)] if small else []
    came = sum(told.get("came", 0) for told in present.values())
    return [_row(group, present, wanted, came) for group in groups]


def _row(
    roles: tuple[str, ...],
    present: Mapping[str, Mapping[str, int]],
    wanted: Mapping[str, int],
    came: int,
) -> Row:
    told = _sum([present[role] for role in roles])
    shown = {deed: count if not _few(count) else None for deed, count in told.items()}
    aimed, all_aimed = sum(wanted.get(role, 0) for role in roles), sum(wanted.values())
    return Row(
        roles,
        shown,
        share=round(100 * told["came"] / came) if came and not _few(told["came"]) else None,
        wanted=round(100 * aimed / all_aimed) if all_aimed else None,
    )


def _sum(told: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {deed: sum(one.get(deed, 0) for one in told) for deed in DEEDS}


def _few(count: int) -> bool:
    return 0 < count < LEAST_SHOWN


def _is_small(told: Mapping[str, int]) -> bool:
    return any(_few(count) for count in told.values())


def _size(told: Mapping[str, int]) -> int:
    return sum(told.values())
