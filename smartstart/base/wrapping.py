"""The wrapping: a key of the house that stands elsewhere and seals the files of the keyring.

Who takes the keyring alone then has nothing. Each wrapping key is a numbered file; the highest
seals, the others only open what they sealed, until all is wrapped anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartstart.base.disk import sync, write_new
from smartstart.base.refusals import TryLater
from smartstart.base.sealing import KEY_BYTES, Place, is_token, key_id, seal, sealed_by, unseal

SUFFIX: Final = ".wrap"


class WrappingIsMissing(TryLater):
    """The key that wraps the keyring is not where the settings say."""

    sentence = _("The keys cannot be opened now. Put the wrapping key back and try again.")


class Wrapping:
    """The wrapping keys below a folder; without a folder nothing is wrapped."""

    def __init__(self, at: Path | None) -> None:
        self._at = at

    def wrapped(self, ring: bytes, folder: UUID) -> bytes:
        """Return a ring as it is written: sealed under the newest key, or as it is."""
        keys = self._keys()
        return seal(ring, keys[-1], _place(folder)) if keys else ring

    def opened(self, content: bytes, folder: UUID) -> bytes:
        """Return the ring in a file. Raises WrappingIsMissing, SealIsBroken."""
        if len(content) % KEY_BYTES == 0 or not is_token(content):
            return content
        own = [key for key in self._keys() if key_id(key) == sealed_by(content)]
        if not own:
            raise WrappingIsMissing
        return unseal(content, own[0], _place(folder))

    def is_newest(self, content: bytes) -> bool:
        """Whether a file is wrapped as it would be written now."""
        keys = self._keys()
        return not keys or sealed_by(content) == key_id(keys[-1])

    def make(self) -> int:
        """Make the next wrapping key; return its number. Raises WrappingIsMissing, OSError."""
        if self._at is None:
            raise WrappingIsMissing
        self._at.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max((int(path.stem) for path in self._files()), default=0) + 1
        write_new(self._at / f"{number:04}{SUFFIX}", os.urandom(KEY_BYTES))
        sync(self._at)
        return number

    def drop_earlier(self) -> int:
        """Remove every wrapping key but the newest; return how many."""
        earlier = self._files()[:-1]
        for path in earlier:
            path.write_bytes(bytes(KEY_BYTES))
            path.unlink()
        return len(earlier)

    def _keys(self) -> list[bytes]:
        return [path.read_bytes() for path in self._files()]

    def _files(self) -> list[Path]:
        return sorted(self._at.glob(f"*{SUFFIX}")) if self._at is not None else []


def _place(folder: UUID) -> Place:
    return Place("keyring", "ring", folder, folder)
