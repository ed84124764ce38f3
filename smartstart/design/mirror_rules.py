"""Who was invited, came, spoke and voted, by role and step, against who it is about. Pure.

A number of one to four people is never shown by itself, and cannot be subtracted back: a role that
is small anywhere stands together with the other small ones everywhere, and what is hidden in one
step is hidden in the whole as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

LEAST_SHOWN: Final = 5
DEEDS: Final = ("invited", "came", "spoke", "voted")
Table = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One role, or several small ones together: a number per deed; None: too few to say.

    ``share`` is this row's part of who came, ``wanted`` its part of the target group, in percent.
    """

    roles: tuple[str, ...]
    counts: Mapping[str, int | None]
    share: int | None = None
    wanted: int | None = None


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The rows over all steps, and those of each step."""

    whole: tuple[Row, ...]
    steps: Mapping[str, tuple[Row, ...]]


def mirror(steps: Mapping[str, Table], wanted: Mapping[str, int] | None = None) -> Mirrored:
    """Return the rows of a mirror; ``steps`` is per step, role and deed; ``wanted`` people a role.

    Roles in the order in which they are first met.
    """
    aims = dict(wanted or {})
    whole = _whole(steps.values())
    groups = _groups([*steps.values(), whole])
    each = {
        step: tuple(_row(group, table, None, ()) for group in groups if _is_there(group, table))
        for step, table in steps.items()
    }
    hidden = {
        (row.roles, deed)
        for rows in each.values()
        for row in rows
        for deed, count in row.counts.items()
        if count is None
    }
    rows = [
        _row(group, whole, aims, {deed for roles, deed in hidden if roles == group})
        for group in groups
    ]
    if any(row.counts["came"] is None for row in rows):
        # A part of a hundred, with a number beside it, tells how many came in all.
        rows = [replace(row, share=None) for row in rows]
    return Mirrored(tuple(rows), each)


def _whole(tables: Collection[Table]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for table in tables:
        for role, told in table.items():
            mine = found.setdefault(role, dict.fromkeys(DEEDS, 0))
            for deed in DEEDS:
                mine[deed] += told.get(deed, 0)
    return {role: told for role, told in found.items() if any(told.values())}


def _groups(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Return which roles stand alone, and which together: the same in every table."""
    whole = tables[-1]
    small = {
        role
        for table in tables
        for role, told in table.items()
        if role in whole and any(_few(count) for count in told.values())
    }
    large = [role for role in whole if role not in small]
    if small and large and any(_is_small(_sum(small, table)) for table in tables):
        small.add(min(large, key=lambda role: sum(whole[role].values())))
    groups: list[tuple[str, ...]] = [(role,) for role in whole if role not in small]
    return groups + ([tuple(role for role in whole if role in small)] if small else [])


def _row(
    roles: tuple[str, ...], table: Table, aims: Mapping[str, int] | None, hidden: Collection[str]
) -> Row:
    """Return one row; without ``aims`` it has no parts of a hundred."""
    told = _sum(roles, table)
    counts = {
        deed: None if _few(count) or deed in hidden else count for deed, count in told.items()
    }
    if aims is None:
        return Row(roles, counts)
    came = sum(one.get("came", 0) for one in table.values())
    aimed, all_aimed = sum(aims.get(role, 0) for role in roles), sum(aims.values())
    return Row(
        roles,
        counts,
        share=round(100 * told["came"] / came) if came else None,
        wanted=round(100 * aimed / all_aimed) if all_aimed else None,
    )


def _sum(roles: Collection[str], table: Table) -> dict[str, int]:
    mine = [told for role, told in table.items() if role in roles]
    return {deed: sum(one.get(deed, 0) for one in mine) for deed in DEEDS}


def _is_there(group: Collection[str], table: Table) -> bool:
    return any(_sum(group, table).values())


def _few(count: int) -> bool:
    return 0 < count < LEAST_SHOWN


def _is_small(told: Mapping[str, int]) -> bool:
    return any(_few(count) for count in told.values())
