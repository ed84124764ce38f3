"""Receipts: one line, proven to a stranger by the first checkpoint that stood on it.

``scripts/check_receipt.py`` looks at one and needs nothing of ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from smartstart.access.chain import beginning, path
from smartstart.access.models import Checkpoint, Cut, Folder, Line
from smartstart.access.signed import Standing, changes, leaves
from smartstart.base.canonical import Plain, canonical
from smartstart.base.refusals import NotFound


@dataclass(frozen=True, slots=True)
class _Proof:
    """A checkpoint that stands on a line, and all heads as it found them."""

    checkpoint: Checkpoint
    heads: dict[UUID, Standing]


def receipt(folder_ref: UUID, number: int) -> bytes:
    """Return the receipt of one line as canonical JSON.

    Keys: ``line`` (its bytes as text), ``before`` (the hash before it), ``after`` (digests of the
    lines after it, up to where the checkpoint found the chain), ``folder``, ``number`` (of the
    head), ``path`` (side and hash, leaf to root), ``statement`` and ``signature`` of the
    checkpoint. Other lines are shown as digests only. Who may have it is decided by the caller.
    Raises NotFound when the line is not there, was cut, or no checkpoint stands on it yet.
    """
    folder = Folder.objects.filter(ref=folder_ref).first()
    line = Line.objects.filter(folder=folder, number=number).first() if folder else None
    if folder is None or line is None:
        raise NotFound
    proof = _first_on(folder_ref, number)
    head = proof.heads[folder_ref]
    said: dict[str, Plain] = {
        "v": 1,
        "folder": folder_ref.hex,
        "line": bytes(line.body).decode(),
        "before": _hash_before(folder, number).hex(),
        "after": _digests(folder, number + 1, head.number),
        "number": head.number,
        "path": _path(proof, folder_ref),
        "statement": bytes(proof.checkpoint.statement).decode(),
        "signature": bytes(proof.checkpoint.signature).hex(),
    }
    return canonical(said)


def _first_on(folder: UUID, number: int) -> _Proof:
    heads: dict[UUID, Standing] = {}
    for checkpoint in Checkpoint.objects.order_by("number").iterator(chunk_size=1_000):
        heads |= {head.ref: head for head in changes(checkpoint)}
        if folder in heads and heads[folder].number >= number:
            return _Proof(checkpoint, heads)
    raise NotFound


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


def _path(proof: _Proof, folder: UUID) -> list[list[str]]:
    order = sorted(ref.hex for ref in proof.heads)
    steps = path(leaves(proof.heads.values()), order.index(folder.hex))
    return [[side, beside.hex()] for side, beside in steps]
