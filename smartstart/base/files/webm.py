"""WebM, as a browser records it: only sound, and no word of who made it or when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from smartstart.base.files.errors import FileIsAFilm, FileIsBroken

_HEADER: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067
_INFO: Final = 0x1549A966
_TRACKS: Final = 0x1654AE6B
_TRACK: Final = 0xAE
_TRACK_TYPE: Final = 0x83
_CLUSTER: Final = 0x1F43B675
_CUES: Final = 0x1C53BB6B
_SEEK: Final = 0x114D9B74
_VOID: Final = 0xEC
_OF_SEGMENT: Final = frozenset(
    {_INFO, _TRACKS, _CLUSTER, _CUES, _SEEK, 0x1254C367, 0x1941A469, 0x1043A770}
)
# Of the head: how fast the clock runs and how long it lasts. Of a track: all but its name.
_OF_INFO: Final = frozenset({0x2AD7B1, 0x4489})
_NOT_OF_TRACK: Final = frozenset({0x536E, 0x22B59C, 0x22B59D, _VOID})
_SOUND: Final = b"\x02"
_MOST: Final = 500_000


@dataclass(frozen=True, slots=True)
class _Element:
    """One element: where it starts, where its content begins and ends (None: not said)."""

    name: int
    start: int
    body: int
    end: int | None


def wash_webm(content: bytes) -> bytes:
    """Return the sound with the rest blanked in place. Raises FileIsBroken, FileIsAFilm."""
    out = bytearray(content)
    top = list(_elements(content, 0, len(content)))
    if [one.name for one in top[:2]] != [_HEADER, _SEGMENT] or len(top) > 2:
        raise FileIsBroken
    segment, tracks = top[1], 0
    for one in _elements(content, segment.body, segment.end or len(content)):
        if one.name == _INFO:
            _blank_all(out, content, one, keep=_OF_INFO)
        elif one.name == _TRACKS:
            tracks += _wash_tracks(out, content, one)
        elif one.name not in {_CLUSTER, _CUES, _SEEK}:
            _blank(out, one)
    if not tracks:
        raise FileIsBroken
    return bytes(out)


def _wash_tracks(out: bytearray, content: bytes, tracks: _Element) -> int:
    found = 0
    for track in _inside(content, tracks):
        if track.name != _TRACK:
            _blank(out, track)
            continue
        found += 1
        for one in _inside(content, track):
            if one.name == _TRACK_TYPE and content[one.body : one.end] != _SOUND:
                raise FileIsAFilm
            if one.name in _NOT_OF_TRACK:
                _blank(out, one)
    return found


def _blank_all(out: bytearray, content: bytes, around: _Element, *, keep: frozenset[int]) -> None:
    for one in _inside(content, around):
        if one.name not in keep:
            _blank(out, one)


def _blank(out: bytearray, one: _Element) -> None:
    """Write an empty place of the same length over an element."""
    if one.end is None:
        raise FileIsBroken
    length = one.end - one.start
    width = min(8, one.body - one.start - 1)
    size = length - 1 - width
    head = bytes((_VOID,)) + (size | 1 << 7 * width).to_bytes(width, "big")
    out[one.start : one.end] = head + bytes(size)


def _inside(content: bytes, around: _Element) -> Iterator[_Element]:
    if around.end is None:
        raise FileIsBroken
    return _elements(content, around.body, around.end)


def _elements(content: bytes, at: int, end: int) -> Iterator[_Element]:
    """Yield the elements between two places; one without a length ends where a next can begin."""
    for _count in range(_MOST):
        if at >= end:
            return
        name, body = _number(content, at, most=4, marked=True)
        size, body = _number(content, body, most=8, marked=False)
        stop = None if size < 0 else body + size
        if stop is not None and stop > end:
            raise FileIsBroken
        yield _Element(name, at, body, stop)
        if stop is None and name == _SEGMENT:
            return
        at = stop if stop is not None else _after_cluster(content, name, body, end)
    raise FileIsBroken


def _after_cluster(content: bytes, name: int, at: int, end: int) -> int:
    """Return where a cluster of unknown length ends: before the next element of the segment."""
    if name != _CLUSTER:
        raise FileIsBroken
    while at < end:
        child, body = _number(content, at, most=4, marked=True)
        if child in _OF_SEGMENT:
            return at
        size, body = _number(content, body, most=8, marked=False)
        if size < 0 or body + size > end:
            raise FileIsBroken
        at = body + size
    return end


def _number(content: bytes, at: int, *, most: int, marked: bool) -> tuple[int, int]:
    """Return a number and where it ends; ``marked`` keeps the bit that tells its length.

    -1 for a length that is not said.
    """
    first = content[at] if at < len(content) else 0
    width = 9 - first.bit_length()
    if not first or width > most or at + width > len(content):
        raise FileIsBroken
    number = int.from_bytes(content[at : at + width], "big")
    if marked:
        return number, at + width
    bare = number & ((1 << 7 * width) - 1)
    return (-1 if bare == (1 << 7 * width) - 1 else bare), at + width
