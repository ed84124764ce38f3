"""Photos and drawings, drawn anew from their points: nothing else of the file comes along."""

from __future__ import annotations

import io
import struct
from typing import Final

from PIL import Image, ImageOps

from smartstart.base.files import limits
from smartstart.base.files.errors import FileIsBroken, FileUnpacksTooLarge
from smartstart.base.files.kinds import FileKind

_FORMATS: Final = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}
_BROKEN: Final = (OSError, SyntaxError, ValueError, struct.error, EOFError)
QUALITY: Final = 88


def wash_picture(content: bytes, kind: FileKind) -> bytes:
    """Return a picture without EXIF, place, thumbnail, profile or words, standing upright.

    Its longest side is 2,400 points at most. Raises FileUnpacksTooLarge, FileIsBroken.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit comes first, and refuses with a sentence
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as seen:
            if seen.width * seen.height > limits.MOST_POINTS:
                raise FileUnpacksTooLarge
            upright = ImageOps.exif_transpose(seen)
            mode = "RGBA" if upright.has_transparency_data and kind is FileKind.PNG else "RGB"
            points = upright.convert(mode)
    except _BROKEN as broken:
        raise FileIsBroken from broken
    points.thumbnail((limits.LONGEST_SIDE, limits.LONGEST_SIDE))
    fresh = Image.new(mode, points.size)
    fresh.paste(points)
    out = io.BytesIO()
    fresh.save(out, format=_FORMATS[kind], quality=QUALITY)
    return out.getvalue()


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG with the same points and without the segments that tell of its making.

    Application data but JFIF and Adobe's colours, comments, and what comes after the end are left
    out. Raises FileIsBroken.
    """
    end = content.rfind(b"\xff\xd9")
    content = content[: end + 2] if end > 0 else content
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff":
        marker = content[at + 1 : at + 2]
        if marker in {b"\xda", b"\xd9", b""}:
            break
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if size < 2 or at + 2 + size > len(content):
            raise FileIsBroken
        tells = marker == b"\xfe" or (b"\xe1" <= marker <= b"\xef" and marker != b"\xee")
        if not tells:
            kept.append(content[at : at + 2 + size])
        at += 2 + size
    return b"".join([*kept, content[at:]])
