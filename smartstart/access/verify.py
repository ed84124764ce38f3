"""Looking whether the ledger still says what it said: chains, heads, cuts, checkpoints, witness.

Two passes. The first reads all lines in the order they were written, in pieces, and only marks
folders in which anything is off (also when a line was written meanwhile). The second looks at
those folders one by one, in the order of their chain, and names what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from smartstart.access import journey, triggers, witness
from smartstart.access.chain import beginning
from smartstart.access.models import Cut, Folder
from smartstart.access.seals import cut_statement, is_signed
from smartstart.access.signed import Signed, look_at_checkpoints

PIECE: Final = 20_000

_AT: Final = {
    "sqlite": "substr(at, 1, 10) || 'T' || substr(at, 12, 8) || '.' ||"
    " substr(substr(at, 21) || '000000', 1, 6) || '+00:00'",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00'",
}
_HAT: Final = {
    "sqlite": "coalesce('\"' || hat || '\"', 'null')",
    "postgresql": "coalesce('\"' || replace(hat::text, '-', '') || '\"', 'null')",
}

Row = tuple[int, int, int, bytes, bytes, str, str, str, bool, bool]


@dataclass(slots=True)
class Report:
    """What was looked at and what was found; whole when there is no fault."""

    lines: int = 0
    folders: int = 0
    checkpoints: int = 0
    heard: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the ledger says what it said."""
        return not self.faults


@dataclass(slots=True)
class _Chain:
    """A folder while its lines go by."""

    ref: UUID
    hex: str
    height: int
    head: bytes
    is_erased: bool
    number: int
    tip: bytes
    signed: dict[int, bytes]
    stood: bool = False


def verify(*, key: Ed25519PublicKey | None, heard: Path | None = None) -> Report:
    """Look at the whole ledger; ``heard`` is the file of a witness outside.

    Without ``key`` no signature can be looked at, and that is a fault as soon as there is one.
    Faults are sentences; a changed line is named "folder REF line NUMBER".
    """
    report = Report(faults=_missing_triggers())
    said = witness.read(heard) if heard else []
    signed = look_at_checkpoints(key, said)
    report.checkpoints, report.heard = signed.checkpoints, len(said)
    report.faults += signed.faults
    cuts = _cuts(key, report)
    doubted = _first_pass(report, signed, cuts)
    for folder in sorted(doubted):
        report.faults += _second_look(folder, signed, key)
    return report


def _missing_triggers() -> list[str]:
    gone = sorted(triggers.missing(connection))
    return [
        f"{'function' if name == journey.NAME else 'trigger'} {name} is missing" for name in gone
    ]


def _cuts(key: Ed25519PublicKey | None, report: Report) -> dict[int, Cut]:
    """Return the last cut of each folder, after looking at all signatures."""
    last: dict[int, Cut] = {}
    for cut in Cut.objects.select_related("folder").order_by("folder_id", "last_number"):
        if not _is_genuine(cut, key):
            report.faults.append(f"folder {cut.folder.ref} cut at line {cut.last_number}: not ours")
        last[cut.folder_id] = cut
    return last


def _is_genuine(cut: Cut, key: Ed25519PublicKey | None) -> bool:
    says = cut_statement(
        folder=cut.folder.ref,
        last_number=cut.last_number,
        last_hash=bytes(cut.last_hash),
        lines_before=cut.lines_before,
        at=cut.at,
    )
    statement, signature = bytes(cut.statement), bytes(cut.signature)
    return key is not None and says == statement and is_signed(key, statement, signature)


def _chain(folder: Folder, signed: Signed, cut: Cut | None) -> _Chain:
    """Return where a folder's chain begins: at its first line, or after its last cut."""
    number, tip = (cut.last_number, bytes(cut.last_hash)) if cut else (0, beginning(folder.ref))
    head = bytes(folder.head)
    return _Chain(
        ref=folder.ref,
        hex=folder.ref.hex,
        height=folder.height,
        head=head,
        is_erased=folder.erased_at is not None,
        number=number,
        tip=tip,
        signed=signed.heads.get(folder.ref, {}),
        stood=folder.height == number and head == tip,
    )


def _first_pass(report: Report, signed: Signed, cuts: dict[int, Cut]) -> set[int]:
    """Return the folders in which something may be off."""
    chains = {
        folder.pk: _chain(folder, signed, cuts.get(folder.pk))
        for folder in Folder.objects.iterator(chunk_size=PIECE)
    }
    known = {chain.ref for chain in chains.values()}
    report.faults += [f"folder {ref}: gone" for ref in signed.heads if ref not in known]
    report.folders = len(chains)
    doubted: set[int] = set()
    for rows in _pieces():
        report.lines += len(rows)
        _look(rows, chains, doubted)
    short = (id_ for id_, chain in chains.items() if not chain.stood or _unseen(chain))
    return doubted | set(short)


def _pieces() -> Iterator[Sequence[Row]]:
    """Return all lines in the order they were written, some thousands at a time."""
    after = 0
    while True:
        rows = _lines("id > %s ORDER BY id LIMIT %s", [after, PIECE])
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _lines(where: str, values: list[Any]) -> list[Row]:
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, folder_id, number, body, hash, {_AT[vendor]}, deed, {_HAT[vendor]},"  # noqa: S608
            f" reason IS NULL, origin IS NULL FROM access_line WHERE {where}",
            values,
        )
        found: list[Row] = cursor.fetchall()
    return found


def _look(rows: Iterable[Row], chains: dict[int, _Chain], doubted: set[int]) -> None:
    """Follow the chains; the loop that must be fast, so it says yes or no and nothing else."""
    digest = sha256
    for row in rows:
        number, hash_, chain = row[2], row[4], chains.get(row[1])
        if chain is None:
            doubted.add(row[1])
            continue
        tip = digest(chain.tip + digest(row[3]).digest()).digest()
        if (
            tip != hash_
            or number != chain.number + 1
            or chain.signed.get(number, tip) != tip
            or not _says_the_same(row, chain)
        ):
            doubted.add(row[1])
        chain.number, chain.tip = number, tip
        if number == chain.height:
            chain.stood = tip == chain.head


def _says_the_same(row: Row, chain: _Chain) -> bool:
    """Whether the columns beside a line say what the line says.

    The body is canonical JSON: a quote inside a text is escaped, so these pieces can only be its
    own keys and values.
    """
    _id, _folder, number, body, _hash, at, deed, hat, no_reason, no_origin = row
    pieces = (
        f'"at":"{at}","count":',
        f'"deed":"{deed}","folder":"{chain.hex}","hat":{hat},"line":"',
        f'"number":{number},"on":[',
    )
    return all(piece.encode() in body for piece in pieces) and (
        not (no_reason or no_origin)
        or chain.is_erased
        or not (
            (no_reason and b'"reason":null' not in body)
            or (no_origin and b'"origin":null' not in body)
        )
    )


def _unseen(chain: _Chain) -> bool:
    return max(chain.signed, default=0) > chain.number


def _second_look(id_: int, signed: Signed, key: Ed25519PublicKey | None) -> list[str]:
    """Say what is wrong in one folder, with all lines in the order of the chain."""
    folder = Folder.objects.filter(pk=id_).first()
    if folder is None:
        return [f"folder number {id_}: gone, its lines are still there"]
    cut = Cut.objects.filter(folder=folder).order_by("-last_number").first()
    chain = _chain(folder, signed, cut)
    faults: dict[int, str] = {}
    for row in _lines("folder_id = %s AND number > %s ORDER BY number", [id_, chain.number]):
        _follow(row, chain, faults)
    named = [f"folder {folder.ref} line {number}: {what}" for number, what in faults.items()]
    return named + [f"folder {folder.ref} {what}" for what in _at_the_end(chain)]


def _follow(row: Row, chain: _Chain, faults: dict[int, str]) -> None:
    """Follow one chain by one line, going on from what the line itself says."""
    number, body, hash_ = row[2], row[3], row[4]
    signed = chain.signed.get(number, hash_)
    if number <= chain.number:
        faults[number] = "there twice"
    elif number > chain.number + 1:
        faults[chain.number + 1] = f"missing, up to line {number - 1}"
    elif signed != hash_:
        faults[number] = "not what a checkpoint signed (it, or a line since the one before)"
    elif sha256(chain.tip + sha256(body).digest()).digest() != hash_:
        faults[number] = "changed"
    elif not _says_the_same(row, chain):
        faults[number] = "its columns do not say what the line says"
    chain.number, chain.tip = number, signed
    if number == chain.height:
        chain.stood = signed == chain.head


def _at_the_end(chain: _Chain) -> list[str]:
    found = []
    last = max(chain.signed, default=0)
    if last > chain.number:
        found.append(f"line {chain.number + 1}: missing, a checkpoint signed up to line {last}")
    elif not chain.stood and chain.height > chain.number:
        found.append(f"line {chain.number + 1}: missing, the head says {chain.height}")
    elif not chain.stood:
        found.append("its head does not say what its last line says")
    return found
