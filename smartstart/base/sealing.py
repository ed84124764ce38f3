"""Sealing: AES-GCM over one field of one row, bound to the place where it stands.

A token is: version (1 byte), key id (8 bytes), nonce (12 bytes), ciphertext and tag.
The place (table, column, row, folder) is associated data, so a token moved to another
row, column or folder does not open.

A key may be a ring: the key that seals, and behind it earlier ones that only open what they
sealed, until all is sealed anew (``access.rotation``).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_BYTES = 32
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES


class SealIsBroken(Exception):  # noqa: N818 - said as a sentence
    """The token is not ours, was changed, or stands in another place or under another key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: table, column, the row's reference and its folder's."""

    table: str
    column: str
    row: UUID
    folder: UUID

    def associated_data(self) -> bytes:
        """Return the bytes that the seal is bound to; no field can flow into the next."""
        table, column = self.table.encode(), self.column.encode()
        return b"".join(
            (
                bytes((len(table),)),
                table,
                bytes((len(column),)),
                column,
                self.row.bytes,
                self.folder.bytes,
            )
        )


def key_id(key: bytes) -> bytes:
    """Return eight bytes that name a key without telling it."""
    return hashlib.sha256(b"smartstart key id" + key).digest()[:KEY_ID_BYTES]


def keys_of(ring: bytes) -> list[bytes]:
    """Return the keys of a ring, the one that seals first."""
    return [ring[start : start + KEY_BYTES] for start in range(0, len(ring), KEY_BYTES)]


def sealed_by(token: bytes) -> bytes:
    """Return the name of the key under which a token was sealed."""
    return bytes(token[1 : 1 + KEY_ID_BYTES])


def seal(clear: bytes, key: bytes, place: Place) -> bytes:
    """Return ``clear`` sealed under a 256-bit ``key`` at ``place``, with a fresh nonce."""
    key = key[:KEY_BYTES]
    nonce = os.urandom(NONCE_BYTES)
    return b"".join(
        (VERSION, key_id(key), nonce, AESGCM(key).encrypt(nonce, clear, place.associated_data()))
    )


def is_token(value: bytes) -> bool:
    """Whether these bytes have the shape of a sealed value (says nothing about the key)."""
    return len(value) >= HEAD_BYTES + TAG_BYTES and value[:1] == VERSION


class Opener:
    """The ring of one folder, made ready once for many tokens. It is as secret as the ring."""

    def __init__(self, ring: bytes) -> None:
        self._keys = {key_id(one): one for one in keys_of(ring)}
        self._ways: dict[bytes, AESGCM] = {}

    def opened(self, token: bytes, place: Place) -> bytes:
        """Return what was sealed. Raises SealIsBroken when token, ring and place do not fit."""
        token = bytes(token)
        name = sealed_by(token)
        if not is_token(token) or name not in self._keys:
            raise SealIsBroken
        if name not in self._ways:
            self._ways[name] = AESGCM(self._keys[name])
        nonce = token[1 + KEY_ID_BYTES : HEAD_BYTES]
        try:
            return self._ways[name].decrypt(nonce, token[HEAD_BYTES:], place.associated_data())
        except InvalidTag:
            raise SealIsBroken from None


def unseal(token: bytes, key: bytes, place: Place) -> bytes:
    """Return what was sealed. Raises SealIsBroken when token, key and place do not fit."""
    return Opener(key).opened(token, place)
