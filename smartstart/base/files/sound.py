"""Sound as it came, its container checked, and what tells of its making blanked or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from smartstart.base.files.boxes import wash_sound_in_boxes
from smartstart.base.files.errors import FileIsBroken
from smartstart.base.files.kinds import FileKind
from smartstart.base.files.webm import wash_webm

_BEGINS: Final = 2
_GOES_ON: Final = 255
_HEAD_BYTES: Final = 27
_OF_WAVE: Final = frozenset({b"fmt ", b"fact", b"data"})


def wash_sound(content: bytes, kind: FileKind) -> bytes:
    """Return the same sound. Raises FileIsBroken, FileIsAFilm."""
    return WASHES[kind](content)


def _wash_ogg(content: bytes) -> bytes:
    """Blank the words that stand with Opus sound: the second packet, which keeps its length."""
    out = bytearray(content)
    pages = list(_pages(content))
    if not pages or content[pages[0][1] : pages[0][1] + 8] != b"OpusHead":
        raise FileIsBroken
    packet = bytearray(b"OpusTags")
    for start, body, end in pages[1:]:
        if packet == b"OpusTags" and content[body : body + 8] != b"OpusTags":
            raise FileIsBroken
        first = body + 8 if packet == b"OpusTags" else body
        out[first:end] = bytes(end - first)
        packet += b"."
        out[start + 22 : start + 26] = bytes(4)
        out[start + 22 : start + 26] = _checksum(out[start:end]).to_bytes(4, "little")
        if content[body - 1] != _GOES_ON:
            return bytes(out)
    raise FileIsBroken


def _pages(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each page: where it starts, where its body begins, where it ends."""
    at = 0
    while at < len(content):
        head = content[at : at + _HEAD_BYTES]
        if head[:4] != b"OggS" or len(head) < _HEAD_BYTES or (at and head[5] & _BEGINS):
            raise FileIsBroken
        body = at + _HEAD_BYTES + head[26]
        end = body + sum(content[at + _HEAD_BYTES : body])
        if end > len(content):
            raise FileIsBroken
        yield at, body, end
        at = end


def _checksum(page: bytes | bytearray) -> int:
    """Return the CRC that an Ogg page carries (polynomial 0x04c11db7, nothing turned round)."""
    found = 0
    for byte in page:
        found ^= byte << 24
        for _bit in range(8):
            found = (found << 1) ^ 0x04C11DB7 if found & 0x80000000 else found << 1
            found &= 0xFFFFFFFF
    return found


def _wash_wave(content: bytes) -> bytes:
    """Keep what the sound is and the sound; leave out names, places and everything else."""
    kept, at = [], 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        size = min(size, len(content) - at - 8)
        if name in _OF_WAVE:
            piece = content[at + 8 : at + 8 + size]
            kept.append(name + size.to_bytes(4, "little") + piece + bytes(size % 2))
        at += 8 + size + size % 2
    names = [piece[:4] for piece in kept]
    if b"fmt " not in names or b"data" not in names:
        raise FileIsBroken
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


WASHES: Final[dict[FileKind, Callable[[bytes], bytes]]] = {
    FileKind.WEBM: wash_webm,
    FileKind.OGG: _wash_ogg,
    FileKind.MPEG4: wash_sound_in_boxes,
    FileKind.WAVE: _wash_wave,
}
