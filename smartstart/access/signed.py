"""What checkpoints signed: where each chain stood, one Merkle tree over all, one after another."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from smartstart.access.chain import head_leaf, root
from smartstart.access.models import Checkpoint
from smartstart.access.seals import checkpoint_statement, is_signed
from smartstart.access.witness import Heard

PIECE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How high a folder's chain stood, and its hash there."""

    ref: UUID
    number: int
    head: bytes


@dataclass(slots=True)
class Signed:
    """All that was signed: per folder the hash at each height a checkpoint saw, and what is off."""

    heads: dict[UUID, dict[int, bytes]] = field(default_factory=lambda: defaultdict(dict))
    checkpoints: int = 0
    faults: list[str] = field(default_factory=list)


def changes(checkpoint: Checkpoint) -> list[Standing]:
    """Return the heads that this checkpoint found moved."""
    return [
        Standing(UUID(ref), number, bytes.fromhex(head))
        for ref, number, head in json.loads(bytes(checkpoint.changed))
    ]


def leaves(heads: Iterable[Standing]) -> list[bytes]:
    """Return the tree's leaves, ordered by the folder's reference."""
    ordered = sorted(heads, key=lambda standing: standing.ref.hex)
    return [head_leaf(standing.ref, standing.number, standing.head) for standing in ordered]


def root_of(heads: Iterable[Standing]) -> bytes:
    """Return the Merkle root over heads."""
    return root(leaves(heads))


def look_at_checkpoints(key: Ed25519PublicKey | None, heard: Sequence[Heard]) -> Signed:
    """Follow all checkpoints from the first, beside what a witness outside heard.

    Every statement carries the digest of the one before it and of what changed, so only the last
    root is computed again.
    """
    found = Signed(faults=_look_at_heard(key, heard))
    outside = {said.number: said.statement for said in heard}
    standing: dict[UUID, Standing] = {}
    before: Checkpoint | None = None
    for row in Checkpoint.objects.order_by("number").iterator(chunk_size=PIECE):
        found.faults += _look(row, before, key, outside)
        for head in changes(row):
            found.heads[head.ref][head.number] = head.head
            standing[head.ref] = head
        before, found.checkpoints = row, found.checkpoints + 1
    found.faults += _at_the_end(before, standing, outside)
    return found


def _look(
    row: Checkpoint,
    before: Checkpoint | None,
    key: Ed25519PublicKey | None,
    outside: dict[int, bytes],
) -> list[str]:
    says = checkpoint_statement(
        number=row.number,
        at=row.at,
        size=row.size,
        root=bytes(row.root),
        changed=bytes(row.changed),
        before=bytes(before.statement) if before else None,
    )
    statement, faults = bytes(row.statement), []
    if row.number != (before.number if before else 0) + 1:
        faults.append("the one before it is missing")
    if says != statement:
        faults.append("changed")
    if key is None or not is_signed(key, statement, bytes(row.signature)):
        faults.append("not signed by this key")
    if outside.get(row.number, statement) != statement:
        faults.append("not what the witness heard")
    return [f"checkpoint {row.number}: {fault}" for fault in faults]


def _at_the_end(
    last: Checkpoint | None, standing: dict[UUID, Standing], outside: dict[int, bytes]
) -> list[str]:
    faults = []
    number = last.number if last else 0
    if last and (bytes(last.root), last.size) != (root_of(standing.values()), len(standing)):
        faults.append(f"checkpoint {number}: its root is not that of the heads it signed")
    if max(outside, default=0) > number:
        faults.append(
            f"the ledger ends at checkpoint {number}, the witness heard {max(outside)}:"
            " an old copy stands here, or its end was cut off"
        )
    return faults


def _look_at_heard(key: Ed25519PublicKey | None, heard: Sequence[Heard]) -> list[str]:
    faults, before = [], 0
    for said in heard:
        if key is None or not is_signed(key, said.statement, said.signature):
            faults.append(f"witness: checkpoint {said.number} is not signed by this key")
        if said.number <= before:
            faults.append(f"witness: checkpoint {said.number} stands after {before}")
        before = said.number
    return faults
