"""Washing a file: a program of its own that ends with it, started by ``wash``.

It reads one line of JSON and the bytes, and writes one line of JSON and the bytes. What reads a
strange file is never the process of the pages: a file that breaks its reader breaks a program
that holds no key, no name and no other file, and may use little time and memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from smartstart.base.files import errors, limits
from smartstart.base.files.errors import FileIsTooLarge, FileRefused, FileUnpacksTooLarge
from smartstart.base.files.kinds import PICTURES, SOUNDS, FileKind, kind_of

HOUSE: Final = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Washed:
    """A file that may be kept: what kind it is and its clean bytes."""

    kind: FileKind
    content: bytes

    def __repr__(self) -> str:
        """Return a name for it that says nothing of what is in it."""
        return f"Washed({self.kind}, {sha256(self.content).hexdigest()})"


def wash(content: bytes, name: str, *, wanted: Collection[FileKind]) -> Washed:
    """Return a file without what it carried unseen, told by content and not by its name.

    Raises a FileRefused: FileIsTooLarge, then by content FileIsEmpty, FileIsNotTaken,
    FileIsMislabelled, and what the kind asks for.
    """
    if len(content) > limits.LARGEST_BYTES:
        raise FileIsTooLarge(megabytes=limits.LARGEST_MB)
    asked = json.dumps({"name": name, "wanted": sorted(wanted)}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "smartstart.base.files.washing"],
            input=asked + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it could repeat somebody's words
            env={"PYTHONPATH": str(HOUSE)},  # and none of the house's settings or secrets
            timeout=limits.WASH_SECONDS,
            check=True,
        ).stdout
    except subprocess.SubprocessError:
        raise FileUnpacksTooLarge from None
    said, _line, clean = done.partition(b"\n")
    told = json.loads(said)
    if "refused" in told:
        raise getattr(errors, told["refused"])(**told["details"])
    if len(clean) > limits.LARGEST_BYTES:
        raise FileIsTooLarge(megabytes=limits.LARGEST_MB)
    return Washed(FileKind(told["kind"]), clean)


def washed(content: bytes, name: str, *, wanted: Collection[FileKind]) -> Washed:
    """Wash here and now, in this process: what the program does. Raises a FileRefused."""
    kind = kind_of(content, name, wanted=wanted)
    return Washed(kind, _clean(content, kind))


def _clean(content: bytes, kind: FileKind) -> bytes:
    """Load what reads this kind only now: each is large, and one file is of one kind."""
    if kind in PICTURES:
        from smartstart.base.files.pictures import wash_picture

        return wash_picture(content, kind)
    if kind in SOUNDS:
        from smartstart.base.files.sound import wash_sound

        return wash_sound(content, kind)
    if kind is FileKind.PDF:
        from smartstart.base.files.paper import wash_paper

        return wash_paper(content)
    if kind is FileKind.TEXT:
        from smartstart.base.files.plain import wash_text

        return wash_text(content)
    from smartstart.base.files.office import wash_document

    return wash_document(content, kind)


def main() -> None:
    """Wash what comes in, within what one file may use."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.WASH_BYTES, limits.WASH_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.WASH_SECONDS, limits.WASH_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    wanted = {FileKind(kind) for kind in asked["wanted"]}
    try:
        done = washed(content, asked["name"], wanted=wanted)
    except FileRefused as refused:
        told: dict[str, object] = {"refused": type(refused).__name__, "details": refused.details}
        clean = b""
    else:
        told, clean = {"kind": done.kind}, done.content
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + clean)


if __name__ == "__main__":
    main()
