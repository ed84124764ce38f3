"""Looking at signatures: the public half, and what a checkpoint and a cut say when signed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.conf import settings

from smartstart.base.canonical import canonical

NOTHING_BEFORE = "0" * 64


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return the public key as others keep it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(file: Path) -> Ed25519PublicKey:
    """Return the public key in a PEM file. Raises FileNotFoundError, ValueError."""
    key = load_pem_public_key(file.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{file} holds another kind of key")  # noqa: TRY004 - about the file
    return key


def is_signed(key: Ed25519PublicKey, statement: bytes, signature: bytes) -> bool:
    """Whether this signature over this statement is the house's."""
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def checkpoint_statement(
    *, number: int, at: datetime, size: int, root: bytes, changed: bytes, before: bytes | None
) -> bytes:
    """Return what is signed of a checkpoint; ``before`` is the statement before it."""
    return canonical(
        {
            "v": 1,
            "kind": "checkpoint",
            "site": settings.SMARTSTART_SITE,
            "number": number,
            "at": moment(at),
            "size": size,
            "root": root.hex(),
            "changed": hashlib.sha256(changed).hexdigest(),
            "before": hashlib.sha256(before).hexdigest() if before else NOTHING_BEFORE,
        }
    )


def cut_statement(
    *, folder: UUID, last_number: int, last_hash: bytes, lines_before: datetime, at: datetime
) -> bytes:
    """Return what is signed of a cut."""
    return canonical(
        {
            "v": 1,
            "kind": "cut",
            "site": settings.SMARTSTART_SITE,
            "folder": folder.hex,
            "last_number": last_number,
            "last_hash": last_hash.hex(),
            "lines_before": moment(lines_before),
            "at": moment(at),
        }
    )


def moment(at: datetime) -> str:
    """Return a moment as the ledger writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
