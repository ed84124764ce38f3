"""Writing the ledger: heads locked in ascending order, last in the transaction."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from smartstart.access.actor import Actor
from smartstart.access.chain import next_hash
from smartstart.base.canonical import Plain, canonical
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.refusals import RulesChanged
from smartstart.base.sealing import Place, seal


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


@dataclass(frozen=True, slots=True)
class Head:
    """A folder's head as locked."""

    id: int
    ref: UUID
    rules_version: int
    height: int
    hash: bytes


MOST_REFERENCES: Final = 50
_INSERT: Final = (
    "INSERT INTO access_line (folder_id, number, body, hash, at, deed, hat, reason, origin)"
)


Value = int | str | bytes | datetime | UUID | None


@dataclass(slots=True)
class _Rows:
    lines: list[tuple[Value, ...]] = field(default_factory=list)
    heads: list[tuple[Value, ...]] = field(default_factory=list)


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
    whose rules version grows. Costs one locking SELECT, one INSERT of all lines and one UPDATE a
    folder; on PostgreSQL the last two are one statement.
    """
    stands = stands or {}
    ids = {folder for folder, _ in entries} | stands.keys() | new_rules
    if not ids:
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        heads = _locked(cursor, sorted(ids))
        if any(heads[id_].rules_version != version for id_, version in stands.items()):
            raise RulesChanged
        rows = _lines(actor, entries, heads, at=at, new_rules=new_rules)
        _write(cursor, rows)


def _locked(cursor: CursorWrapper, ids: list[int]) -> dict[int, Head]:
    marks = ", ".join(["%s"] * len(ids))
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(
        "SELECT id, ref, rules_version, height, head FROM access_folder"  # noqa: S608 - only marks
        f" WHERE id IN ({marks}) ORDER BY id{lock}",
        ids,
    )
    heads = {
        row[0]: Head(row[0], _uuid(row[1]), row[2], row[3], bytes(row[4]))
        for row in cursor.fetchall()
    }
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
    hat = actor.hat.hex if actor.hat and connection.vendor == "sqlite" else actor.hat
    tips = {id_: (head.height, head.hash) for id_, head in heads.items()}
    for id_, entry in entries:
        number, before = tips[id_][0] + 1, tips[id_][1]
        body, reason, origin = _body(actor, heads[id_], number, entry, at)
        tips[id_] = number, next_hash(before, body)
        rows.lines.append(
            (id_, number, body, tips[id_][1], moment, entry.deed.value, hat, reason, origin)
        )
    for id_, (height, hash_) in sorted(tips.items()):
        head = heads[id_]
        version = head.rules_version + (id_ in new_rules)
        if (height, version) != (head.height, head.rules_version):
            rows.heads.append((height, hash_, version, id_))
    return rows


def _write(cursor: CursorWrapper, rows: _Rows) -> None:
    lines = [value for line in rows.lines for value in line]
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows.lines))
    insert = f"{_INSERT} VALUES {marks}"
    if rows.lines and connection.vendor == "postgresql":
        # One journey instead of two while the head is locked: others wait for it.
        marks = ", ".join(["(%s, %s, %s, %s)"] * len(rows.heads))
        cursor.execute(
            f"WITH written AS ({insert}) UPDATE access_folder f SET height = v.height,"  # noqa: S608
            " head = v.head, rules_version = v.version"
            f" FROM (VALUES {marks}) AS v (height, head, version, id) WHERE f.id = v.id",
            lines + [value for head in rows.heads for value in head],
        )
        return
    if rows.lines:
        cursor.execute(insert, lines)
    for head in rows.heads:
        cursor.execute(
            "UPDATE access_folder SET height = %s, head = %s, rules_version = %s WHERE id = %s",
            head,
        )


def _body(
    actor: Actor, head: Head, number: int, entry: Entry, at: datetime
) -> tuple[bytes, bytes | None, bytes | None]:
    """Return the canonical line and its two sealed companions."""
    line = uuid4()
    reason, reason_hash = _sealed_apart("reason", entry.reason, line, head)
    origin, origin_hash = _sealed_apart("origin", entry.origin, line, head)
    body: dict[str, Plain] = {
        "v": 1,
        "line": line.hex,
        "folder": head.ref.hex,
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "deed": entry.deed.value,
        "action": ACTION.get(entry.deed, "U"),
        "outcome": 8 if entry.denied else 0,
        "account": _hex(actor.account),
        "hat": _hex(actor.hat),
        "person": _hex(actor.person),
        "role": actor.role.value,
        "organisation": _hex(actor.organisation),
        "assurance": actor.assurance,
        "purpose": entry.why or actor.role.value,
        "rules": head.rules_version,
        "on": [ref.hex for ref in entry.on[:MOST_REFERENCES]],
        "count": len(entry.on),
        "reason": reason_hash,
        "origin": origin_hash,
        "source": settings.SMARTSTART_SITE,
    }
    return canonical(body), reason, origin


def _sealed_apart(
    column: str, words: str, line: UUID, head: Head
) -> tuple[bytes | None, str | None]:
    """Seal words under the folder's key with a salt; return the token and the salted hash.

    When the folder was erased there is no key any more: the hash stands alone.
    """
    if not words:
        return None, None
    salt = os.urandom(16)
    hashed = hashlib.sha256(salt + words.encode()).hexdigest()
    try:
        key = keyring().key(head.ref)
    except KeyIsGone:
        return None, hashed
    place = Place("access_line", column, line, head.ref)
    return seal(salt + words.encode(), key, place), hashed


def _hex(ref: UUID | None) -> str | None:
    return ref.hex if ref else None


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


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
