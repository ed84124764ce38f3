"""Receipts: one line, proven to a stranger by the first checkpoint that stood on it.

``scripts/check_receipt.py`` looks at one and needs nothing of ours.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from smartstart.access.chain import beginning, path
from smartstart.access.models import Checkpoint, Cut, Folder, Line
from smartstart.access.signed import Standing, changes, leaves
from smartstart.base.canonical import Plain, canonical
from smartstart.base.refusals import NotFound


@dataclass(frozen=True, slots=True)
class _Proof:
    """A checkpoint that stands on a line: how it found the chain, and the way from there to it."""

    checkpoint: Checkpoint
    head: Standing
    path: list[list[str]]


def receipt(folder_ref: UUID, number: int) -> bytes:
    """Return the receipt of one line as canonical JSON.

    Keys: ``line`` (its bytes as text), ``before`` (the hash before it), ``after`` (digests of the
    lines after it, up to where the checkpoint found the chain), ``folder``, ``number`` (of the
    head), ``path`` (side and hash, leaf to root), ``statement`` and ``signature`` of the
    checkpoint. Other lines are shown as digests only. Who may have it is decided by the caller.
    Raises NotFound when the line is not there, was cut, or no checkpoint stands on it yet.
    """
    found = receipts(folder_ref, [number])
    if not found:
        raise NotFound
    return found[0]


def receipts(folder_ref: UUID, numbers: Sequence[int]) -> list[bytes]:
    """Return the receipts of these lines; without those that no checkpoint stands on yet.

    Checkpoints are walked once. Who may have them is decided by the caller.
    """
    folder = Folder.objects.filter(ref=folder_ref).first()
    if folder is None:
        return []
    lines = Line.objects.filter(folder=folder, number__in=numbers).order_by("number")
    return [_receipt(folder, line, proof) for line, proof in _proven(folder_ref, list(lines))]


def _receipt(folder: Folder, line: Line, proof: _Proof) -> bytes:
    number, head = line.number, proof.head
    said: dict[str, Plain] = {
        "v": 1,
        "folder": folder.ref.hex,
        "line": bytes(line.body).decode(),
        "before": _hash_before(folder, number).hex(),
        "after": _digests(folder, number + 1, head.number),
        "number": head.number,
        "path": [*proof.path],
        "statement": bytes(proof.checkpoint.statement).decode(),
        "signature": bytes(proof.checkpoint.signature).hex(),
    }
    return canonical(said)


def _proven(folder: UUID, lines: list[Line]) -> Iterator[tuple[Line, _Proof]]:
    """Give each line with the first checkpoint that stood on it; lines come lowest first."""
    heads: dict[UUID, Standing] = {}
    waiting = deque(lines)
    for checkpoint in Checkpoint.objects.order_by("number").iterator(chunk_size=1_000):
        if not waiting:
            return
        heads |= {head.ref: head for head in changes(checkpoint)}
        head = heads.get(folder)
        if head is None or head.number < waiting[0].number:
            continue
        proof = _Proof(checkpoint, head, _path(heads, folder))
        while waiting and head.number >= waiting[0].number:
            yield waiting.popleft(), proof


def _hash_before(folder: Folder, number: int) -> bytes:
    if number == 1:
        return beginning(folder.ref)
    line = Line.objects.filter(folder=folder, number=number - 1).first()
    if line is not None:
        return bytes(line.hash)
    return bytes(Cut.objects.get(folder=folder, last_number=number - 1).last_hash)


def _digests(folder: Folder, first: int, last: int) -> list[str]:
    bodies = Line.objects.filter(folder=folder, number__range=(first, last)).order_by("number")
    return [
        hashlib.sha256(bytes(body)).hexdigest() for body in bodies.values_list("body", flat=True)
    ]


def _path(heads: dict[UUID, Standing], folder: UUID) -> list[list[str]]:
    order = sorted(ref.hex for ref in heads)
    steps = path(leaves(heads.values()), order.index(folder.hex))
    return [[side, beside.hex()] for side, beside in steps]
