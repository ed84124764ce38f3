"""Writing the ledger: heads locked in ascending order, last in the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from smartstart.access import journey
from smartstart.access.actor import Actor
from smartstart.access.chain import next_hash
from smartstart.access.deeds import ACTION, MOST_REFERENCES, Deed, Entry
from smartstart.access.lines import draft
from smartstart.base.refusals import RulesChanged

__all__ = ["ACTION", "MOST_REFERENCES", "Deed", "Entry", "append", "note"]


@dataclass(frozen=True, slots=True)
class Head:
    """A folder's head as locked."""

    id: int
    ref: UUID
    rules_version: int
    height: int
    hash: bytes


Value = int | str | bytes | datetime | UUID | None


@dataclass(slots=True)
class _Rows:
    lines: list[tuple[Value, ...]] = field(default_factory=list)
    heads: list[tuple[Value, ...]] = field(default_factory=list)


_LOOK: Final = "SELECT id, ref, rules_version, height, head FROM access_folder WHERE id "
_INSERT: Final = (
    "INSERT INTO access_line (folder_id, number, body, hash, at, deed, hat, reason, origin) VALUES "
)
_MARKS: Final = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_MOVED: Final = ("height", "head", "rules_version")


def append(
    actor: Actor,
    entries: Sequence[tuple[int, Entry]],
    *,
    at: datetime,
    stands: dict[int, int] | None = None,
    new_rules: frozenset[int] = frozenset(),
) -> None:
    """Append lines to chains: the last thing a transaction does (it opens one when there is none).

    Whoever catches what it raises cannot commit any more: no line, no deed. ``entries`` are
    (folder id, entry). ``stands`` maps folder ids to the rules version that an answer was read
    under: any difference raises RulesChanged and nothing is written. ``new_rules`` are folders
    whose rules version grows. Costs on SQLite one SELECT, one INSERT of all lines and one UPDATE of
    all heads; on PostgreSQL one statement in all (``journey``), and one more to seal typed words.
    """
    stands = stands or {}
    ids = sorted({folder for folder, _ in entries} | stands.keys() | new_rules)
    if not ids:
        return
    with _all_or_nothing(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            journey.append(
                cursor, actor, entries, at=at, ids=ids, stands=stands, new_rules=new_rules
            )
            return
        heads = _looked_up(cursor, ids)
        if any(heads[id_].rules_version != version for id_, version in stands.items()):
            raise RulesChanged
        _write(cursor, _lines(actor, entries, heads, at=at, new_rules=new_rules))


def _all_or_nothing() -> AbstractContextManager[None]:
    """Return a transaction; one statement alone, outside of any, needs no journeys for its own."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    return nullcontext() if alone else transaction.atomic(savepoint=False)


def _looked_up(cursor: CursorWrapper, ids: list[int]) -> dict[int, Head]:
    """Return the heads; SQLite's one write lock was taken when the transaction began."""
    marks = "= %s" if len(ids) == 1 else f"IN ({', '.join(['%s'] * len(ids))})"
    cursor.execute(_LOOK + marks, ids)
    heads = {row[0]: Head(row[0], UUID(row[1]), *row[2:]) for row in cursor.fetchall()}
    if len(heads) != len(ids):
        raise RulesChanged
    return heads


def _lines(
    actor: Actor,
    entries: Sequence[tuple[int, Entry]],
    heads: dict[int, Head],
    *,
    at: datetime,
    new_rules: frozenset[int],
) -> _Rows:
    rows = _Rows()
    moment = connection.ops.adapt_datetimefield_value(at)
    hat = actor.hat.hex if actor.hat else None
    tips = {id_: (head.height, head.hash) for id_, head in heads.items()}
    for id_, entry in entries:
        head, (height, before) = heads[id_], tips[id_]
        made = draft(actor, entry, at=at, folder=head.ref)
        body = made.body(head.ref, height + 1, head.rules_version)
        hash_ = next_hash(before, body)
        tips[id_] = height + 1, hash_
        deed = entry.deed.value
        rows.lines.append(
            (id_, height + 1, body, hash_, moment, deed, hat, made.reason, made.origin)
        )
    for id_, (height, hash_) in sorted(tips.items()):
        head = heads[id_]
        version = head.rules_version + (id_ in new_rules)
        if (height, version) != (head.height, head.rules_version):
            rows.heads.append((height, hash_, version, id_))
    return rows


def _write(cursor: CursorWrapper, rows: _Rows) -> None:
    if rows.lines:
        marks = ", ".join([_MARKS] * len(rows.lines))
        cursor.execute(_INSERT + marks, [value for line in rows.lines for value in line])
    if rows.heads:
        cursor.execute(*_move(rows.heads))


def _move(heads: Sequence[tuple[Value, ...]]) -> tuple[str, list[Value]]:
    """Return one statement that moves all heads, whatever their number, and its values."""
    cases = " ".join(["WHEN %s THEN %s"] * len(heads))
    sets = ", ".join(f"{column} = CASE id {cases} END" for column in _MOVED)
    values = [
        value for place in range(len(_MOVED)) for head in heads for value in (head[-1], head[place])
    ]
    marks = ", ".join(["%s"] * len(heads))
    sql = f"UPDATE access_folder SET {sets} WHERE id IN ({marks})"  # noqa: S608 - our own columns
    return sql, [*values, *(head[-1] for head in heads)]


def note(
    actor: Actor,
    deed: Deed,
    *,
    folders: Iterable[int],
    at: datetime,
    on: Iterable[UUID] = (),
    why: str = "",
    reason: str = "",
    rules_changed: Iterable[int] = (),
) -> None:
    """Write what an operation did: one line in the chain of each folder; call it last.

    ``rules_changed``: folders of which who may read just changed; answers being made under the
    old rules are thrown away.
    """
    entry = Entry(deed, on=tuple(on), why=why, reason=reason)
    append(
        actor,
        [(id_, entry) for id_ in sorted(set(folders))],
        at=at,
        new_rules=frozenset(rules_changed),
    )
