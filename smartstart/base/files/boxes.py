"""Files built of boxes (MPEG-4 sound, JPEG 2000): what tells of their making is blanked in place.

Every box keeps its place and size, so that what points into the file stays right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smartstart.base.files.errors import FileIsAFilm, FileIsBroken

_HOLDS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"moof",
                           b"traf", b"mvex"})  # fmt: skip
_TELLS: Final = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"xml ", b"uinf",
                           b"pnot", b"PICT", b"emsg", b"prft"})  # fmt: skip
_TIMED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_MOST: Final = 200_000


def bare_boxes(content: bytes) -> bytes:
    """Return a file of boxes with the boxes blank that tell something. Raises FileIsBroken."""
    out = bytearray(content)
    for kind, start, end in list(_boxes(out, 0, len(out), depth=0)):
        if kind in _TELLS:
            named = out.rindex(kind, start - 12 if start >= 16 else 0, start)
            out[named : named + 4] = b"free"
            out[start:end] = bytes(end - start)
        elif kind in _TIMED:
            wide = 8 if out[start] == 1 else 4
            out[start + 4 : start + 4 + 2 * wide] = bytes(2 * wide)
    return bytes(out)


def wash_sound_in_boxes(content: bytes) -> bytes:
    """Return an MPEG-4 sound without what tells of its making. Raises FileIsBroken, FileIsAFilm."""
    handlers = {
        content[start + 8 : start + 12]
        for kind, start, _end in _boxes(content, 0, len(content), depth=0)
        if kind == b"hdlr"
    }
    if b"vide" in handlers:
        raise FileIsAFilm
    if b"soun" not in handlers:
        raise FileIsBroken
    return _without_names(bare_boxes(content))


def _without_names(content: bytes) -> bytes:
    """Blank the names that a handler gives itself: they name the maker's program."""
    out = bytearray(content)
    for kind, start, end in _boxes(content, 0, len(content), depth=0):
        if kind == b"hdlr" and end - start > 24:
            out[start + 24 : end] = bytes(end - start - 24)
    return bytes(out)


def _boxes(
    content: bytes | bytearray, start: int, end: int, *, depth: int
) -> Iterator[tuple[bytes, int, int]]:
    """Yield each box and what it holds: kind, where its content begins, where it ends."""
    at, seen = start, 0
    while at < end:
        seen += 1
        size, kind, head = _head(content, at, end)
        if size < head or at + size > end or seen > _MOST or depth > len(_HOLDS):
            raise FileIsBroken
        yield kind, at + head, at + size
        if kind in _HOLDS:
            yield from _boxes(content, at + head, at + size, depth=depth + 1)
        at += size


def _head(content: bytes | bytearray, at: int, end: int) -> tuple[int, bytes, int]:
    """Return size, kind and length of the head of the box that begins here."""
    if end - at < 8:
        raise FileIsBroken
    size, kind = int.from_bytes(content[at : at + 4], "big"), bytes(content[at + 4 : at + 8])
    if size == 1:
        return int.from_bytes(content[at + 8 : at + 16], "big"), kind, 16
    return (end - at if size == 0 else size), kind, 8
