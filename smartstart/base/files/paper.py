"""PDF, laid anew page by page: what runs, hides, tells of its making or leads out stays behind."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from smartstart.base.files import limits
from smartstart.base.files.boxes import bare_boxes
from smartstart.base.files.errors import (
    FileIsBroken,
    FileIsLocked,
    FileIsUnsafe,
    FileUnpacksTooLarge,
)
from smartstart.base.files.pictures import bare_jpeg

# Of a page only what shows on paper. What a form was filled in with is drawn on it first.
_OF_A_PAGE: Final = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents",
     "/UserUnit", "/Group"}
)  # fmt: skip
_NEVER: Final = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/JS", "/OPI", "/Alternates",
    "/PtData", "/Measure", "/Ref",
)  # fmt: skip
DEEPEST: Final = 60


def wash_paper(content: bytes) -> bytes:
    """Return the same pages without properties, scripts, forms, links or files inside.

    Raises FileIsLocked, FileUnpacksTooLarge, FileIsUnsafe, FileIsBroken.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as old, pikepdf.new() as fresh:
            _lay(old, fresh)
            for thing in fresh.objects:
                _bare(thing, 0)
            out = io.BytesIO()
            fresh.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue()
    except pikepdf.PasswordError as locked:
        raise FileIsLocked from locked
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as broken:
        raise FileIsBroken from broken


def _lay(old: Pdf, fresh: Pdf) -> None:
    if len(old.pages) > limits.MOST_PAGES:
        raise FileUnpacksTooLarge
    if not len(old.pages):
        raise FileIsBroken
    if "/AcroForm" in old.Root:
        old.generate_appearance_streams()
    old.flatten_annotations("screen")
    for page in old.pages:
        for name in list(page.obj.keys()):
            if name not in _OF_A_PAGE:
                del page.obj[name]
        fresh.pages.append(page)


def _bare(thing: Object, depth: int) -> None:
    """Take out of one thing, and of what lies directly in it, what never comes along."""
    if depth > DEEPEST:
        raise FileIsUnsafe
    if isinstance(thing, Stream):
        _bare_stream(thing)
    if isinstance(thing, Dictionary | Stream):
        for name in _NEVER:
            if name in thing:
                del thing[name]
    for child in _children(thing):
        if isinstance(child, Object) and not child.is_indirect:
            _bare(child, depth + 1)


def _children(thing: Any) -> list[Any]:
    if isinstance(thing, Dictionary | Stream):
        return [thing[name] for name in list(thing.keys())]
    return list(thing) if isinstance(thing, Array) else []


def _bare_stream(stream: Stream) -> None:
    """Wash the picture in a stream; one whose bytes lie in another file is not taken."""
    if "/F" in stream and "/Length" in stream:
        raise FileIsUnsafe
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    if Name.DCTDecode not in names and Name.JPXDecode not in names:
        return
    if len(names) > 1:
        raise FileIsUnsafe
    raw: bytes = stream.read_raw_bytes()
    given: Any = stream.get("/DecodeParms")
    name: Any = names[0]
    bare = bare_jpeg(raw) if name == Name.DCTDecode else bare_boxes(raw)
    stream.write(bare, filter=name, decode_parms=given)
