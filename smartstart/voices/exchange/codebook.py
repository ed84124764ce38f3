"""A codebook alone: the REFI-QDA codebook file (.qdc)."""

from xml.etree import ElementTree as Tree

from smartstart.base.files.errors import FileIsTooLarge
from smartstart.voices.errors import CodebookIsUnreadable, NothingToExport
from smartstart.voices.exchange import markup
from smartstart.voices.exchange.project import ExportCode
from smartstart.voices.transcripts import limits


def write_codebook(codes: tuple[ExportCode, ...]) -> bytes:
    """The codes as a .qdc file. Raises NothingToExport: the format has no empty codebook."""
    if not codes:
        raise NothingToExport
    root = Tree.Element("CodeBook", {"xmlns": markup.CODEBOOK, "origin": markup.ORIGIN})
    markup.add_codes(root, codes)
    return markup.written(root)


def read_codebook(content: bytes) -> tuple[ExportCode, ...]:
    """The codes of a .qdc file, each under its parent, in the order they are written in.

    Raises FileIsTooLarge or CodebookIsUnreadable (unsafe, broken, no codes, a code without name
    or reference, a reference twice).
    """
    if len(content) > limits.LARGEST_FILE_BYTES:
        raise FileIsTooLarge(megabytes=limits.LARGEST_FILE_MB)
    try:
        codes = _codes(markup.parse(content))
    except markup.NotRefi as unreadable:
        raise CodebookIsUnreadable from unreadable
    if not codes:
        raise CodebookIsUnreadable
    return codes


def _codes(root: Tree.Element) -> tuple[ExportCode, ...]:
    if root.tag != f"{{{markup.CODEBOOK}}}CodeBook":
        raise markup.NotRefi
    return markup.read_codes(root, markup.CODEBOOK)
