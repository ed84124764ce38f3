"""The signature under checkpoints and cuts: Ed25519, one key per house, used by ``jobs`` only.

The web never imports this module (an import contract says so): who takes over the pages cannot
sign a ledger of their own making.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from smartstart.access.seals import public_pem
from smartstart.base.disk import make_once

KEY_FILE: Final = "ledger.key"
PUBLIC_FILE: Final = "ledger.pub"


def sign(statement: bytes) -> bytes:
    """Return the house's signature over a statement; the key is made the first time."""
    return signing_key().sign(statement)


def signing_key() -> Ed25519PrivateKey:
    """Return the house's key; made once, readable by the server's user only."""
    home = Path(settings.SIGNING_DIR)
    if not (home / KEY_FILE).exists():
        _make(home)
    key = load_pem_private_key((home / KEY_FILE).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{KEY_FILE} holds another kind of key")
    if not (home / PUBLIC_FILE).exists():
        (home / PUBLIC_FILE).write_bytes(public_pem(key.public_key()))
    return key


def _make(home: Path) -> None:
    """Write a key whole or not at all; the one who comes second uses what the first made."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    make_once(home / KEY_FILE, pem)
