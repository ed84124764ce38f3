"""Canonical JSON: one value, one row of bytes, so that a hash of it means something."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence

Plain = str | int | bool | None | Mapping[str, "Plain"] | Sequence["Plain"]


def canonical(value: Plain) -> bytes:
    """Return ``value`` as bytes: keys sorted, no blanks, UTF-8, NFC, no floats.

    Raises TypeError for a float, a non-string key or anything JSON has no word for (a number
    that two machines may print differently has no place under a hash), ValueError when two keys
    become one under NFC or a text holds half a surrogate pair.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: Plain) -> Plain:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key is a string")
        plain = {unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()}
        if len(plain) != len(value):
            raise ValueError("two keys become one")
        return plain
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")
