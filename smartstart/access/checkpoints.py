"""Checkpoints: one signed Merkle root over all heads whenever something changed. Only for jobs."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from smartstart.access import witness
from smartstart.access.errors import ChainIsBroken
from smartstart.access.models import Checkpoint, Folder
from smartstart.access.seals import checkpoint_statement
from smartstart.access.signed import Standing, root_of
from smartstart.access.signing import sign
from smartstart.access.witness import Heard
from smartstart.base.canonical import canonical


def make_checkpoint(*, at: datetime) -> Checkpoint | None:
    """Sign where all chains stand; None when nothing changed since the checkpoint before.

    Then tells the witness what it has not heard yet, also after a crash in between. Reads all
    heads in one statement, writes in one short transaction. Raises ChainIsBroken when the witness
    knows more or something else than the database: somebody put an old copy back.
    """
    file = Path(settings.WITNESS_FILE)
    _agree(witness.read(file))
    made = _make(at)
    tell_witness(file)
    return made


def tell_witness(file: Path) -> int:
    """Append the checkpoints that the witness has not; return how many."""
    known = witness.read(file)
    after = known[-1].number if known else 0
    missing = [
        Heard(bytes(row.statement), bytes(row.signature))
        for row in Checkpoint.objects.filter(number__gt=after).order_by("number")
    ]
    if missing:
        witness.append(file, missing)
    return len(missing)


def _make(at: datetime) -> Checkpoint | None:
    heads = _heads()
    moved = sorted(
        (standing for standing, signed in heads if standing.number != signed),
        key=lambda standing: standing.ref.hex,
    )
    if not moved:
        return None
    changed = canonical([[s.ref.hex, s.number, s.head.hex()] for s in moved])
    checkpoint = _signed([standing for standing, _ in heads], changed, at=at)
    try:
        _keep(checkpoint, moved)
    except IntegrityError:  # another job made this number in between
        return None
    return checkpoint


def _signed(heads: list[Standing], changed: bytes, *, at: datetime) -> Checkpoint:
    before = Checkpoint.objects.order_by("-number").first()
    made = Checkpoint(
        number=before.number + 1 if before else 1,
        at=at,
        size=len(heads),
        root=root_of(heads),
        changed=changed,
    )
    made.statement = checkpoint_statement(
        number=made.number,
        at=at,
        size=made.size,
        root=bytes(made.root),
        changed=changed,
        before=bytes(before.statement) if before else None,
    )
    made.signature = sign(made.statement)
    return made


@transaction.atomic
def _keep(checkpoint: Checkpoint, moved: list[Standing]) -> None:
    """Write it, and on each head how high it was signed; heads are held in the order of lines."""
    checkpoint.save(force_insert=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT 1 FROM access_folder WHERE ref = ANY (%s) ORDER BY id FOR NO KEY UPDATE",
                [[s.ref for s in moved]],
            )
        cursor.executemany(
            "UPDATE access_folder SET signed_height = %s WHERE ref = %s",
            [(s.number, _ref(s.ref)) for s in moved],
        )


def _heads() -> list[tuple[Standing, int]]:
    """Return where each chain stands and how high it was signed, in one snapshot."""
    rows = Folder.objects.filter(height__gt=0).values_list("ref", "height", "head", "signed_height")
    return [
        (Standing(ref, height, bytes(head)), signed)
        for ref, height, head, signed in rows.iterator(chunk_size=10_000)
    ]


def _agree(known: list[Heard]) -> None:
    """Raise ChainIsBroken when the last thing the witness heard is not in the database."""
    if not known:
        return
    last = known[-1]
    row = Checkpoint.objects.filter(number=last.number).first()
    if row is None or bytes(row.statement) != last.statement:
        said = hashlib.sha256(last.statement).hexdigest()[:16]
        raise ChainIsBroken(f"the witness holds checkpoint {last.number} ({said}), we do not")


def _ref(ref: UUID) -> str | UUID:
    return ref.hex if connection.vendor == "sqlite" else ref
