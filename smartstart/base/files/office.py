"""Text documents (.docx, .odt), packed anew: their words and look, not who made them and when.

Only parts that we know come along. What was struck out under "track changes" and what was noted
in a margin was not meant for the reader: both stay behind.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from smartstart.base.files.errors import FileHoldsMore, FileIsBroken, FileIsUnsafe
from smartstart.base.files.kinds import FileKind
from smartstart.base.files.packages import Package
from smartstart.base.files.pictures import wash_picture

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
_FIXED: Final = (1980, 1, 1, 0, 0, 0)
_OUTSIDE: Final = ("http://", "https://", "mailto:", "#", "tel:")
_PICTURES: Final = {".png": FileKind.PNG, ".jpg": FileKind.JPEG, ".jpeg": FileKind.JPEG}
_WORD: Final = (
    "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml",
    "word/numbering.xml", "word/settings.xml", "word/fontTable.xml", "word/footnotes.xml",
    "word/endnotes.xml", "word/webSettings.xml", "word/stylesWithEffects.xml",
)  # fmt: skip
_WORD_STARTS: Final = ("word/_rels/", "word/theme/", "word/header", "word/footer", "word/media/")
_ODT: Final = ("content.xml", "styles.xml", "META-INF/manifest.xml")
# Struck out, moved away or noted in the margin; and only marks of what was changed by whom.
_GONE: Final = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference",
        "annotationRef", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
        "trPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "rsids",
        "attachedTemplate", "docVars", "mailMerge", "proofErr",
    )
) | {
    OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "tracked-changes", TEXT + "change",
    TEXT + "change-start", TEXT + "change-end", OFFICE + "scripts", OFFICE + "event-listeners",
    OFFICE + "meta",
}  # fmt: skip
_OPENED: Final = frozenset({W + "ins", W + "moveTo"})
_WHO: Final = frozenset({W + "author", W + "initials", W + "date"})


def wash_document(content: bytes, kind: FileKind) -> bytes:
    """Return a document with its words and pictures only.

    Raises what Package raises, FileHoldsMore, FileIsUnsafe, FileIsBroken, FileUnpacksTooLarge.
    """
    package = Package(content)
    names = [name for name in package.names() if _comes_along(name, kind)]
    parts = {name: _washed(package, name, set(names)) for name in names}
    if kind is FileKind.WORD:
        _refuse_loose_ends(parts)
    return _packed(parts, kind)


def _comes_along(name: str, kind: FileKind) -> bool:
    if name.endswith("/") or ".." in name:
        return False
    if kind is FileKind.WORD:
        return name in _WORD or name.startswith(_WORD_STARTS)
    return name in _ODT or name.startswith("Pictures/")


def _washed(package: Package, name: str, kept: set[str]) -> bytes:
    ending = posixpath.splitext(name)[1].lower()
    content = package.read(name)
    if name.startswith(("word/media/", "Pictures/")):
        if ending not in _PICTURES:
            raise FileHoldsMore
        return wash_picture(content, _PICTURES[ending])
    root = _tree(content)
    if name == "[Content_Types].xml":
        _keep(root, "PartName", lambda part: part.lstrip("/") in kept)
    elif name.endswith(".rels"):
        _keep_ways(root, name, kept)
    elif name == "META-INF/manifest.xml":
        full = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
        _keep(root, full, lambda part: part == "/" or part in kept)
    else:
        _wash_words(root, kept)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _tree(content: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise FileIsBroken from broken
    if root.getroottree().docinfo.doctype:
        raise FileIsUnsafe
    return root


def _keep(root: Any, attribute: str, is_kept: Any) -> None:
    for one in list(root):
        named = one.get(attribute)
        if named is not None and not is_kept(named):
            root.remove(one)


def _keep_ways(root: Any, name: str, kept: set[str]) -> None:
    """Keep the ways to parts that come along, and to pages that a reader may click on."""
    home = posixpath.dirname(posixpath.dirname(name))
    for way in list(root):
        target = way.get("Target", "")
        if way.get("TargetMode") == "External":
            stays = way.get("Type", "").endswith("/hyperlink") and target.startswith(_OUTSIDE)
        else:
            stays = posixpath.normpath(posixpath.join("/", home, target)).lstrip("/") in kept
        if not stays:
            root.remove(way)


def _wash_words(root: Any, kept: set[str]) -> None:
    """Take out marks of changes, notes in the margin, names, days and writing sessions."""
    for one in list(root.iter(*_GONE)):
        _take_out(one)
    for one in list(root.iter(*_OPENED)):
        _open_up(one)
    for one in root.iter():
        for attribute in list(one.attrib):
            if attribute in _WHO or attribute.startswith(W + "rsid"):
                del one.attrib[attribute]
        _look_where_it_leads(one, kept)


def _take_out(one: Any) -> None:
    """Remove an element; the text after it stays."""
    around, before = one.getparent(), one.getprevious()
    if around is None:
        return
    if one.tail:
        if before is not None:
            before.tail = (before.tail or "") + one.tail
        else:
            around.text = (around.text or "") + one.tail
    around.remove(one)


def _open_up(one: Any) -> None:
    """Put what is in an element in its place."""
    around = one.getparent()
    at = around.index(one)
    for child in reversed(list(one)):
        around.insert(at, child)
    around.remove(one)


def _look_where_it_leads(one: Any, kept: set[str]) -> None:
    """Refuse an OpenDocument picture or object that is not in the file itself."""
    target = one.get(XLINK + "href")
    if target is None or target.startswith(_OUTSIDE):
        return
    if target.removeprefix("./") not in kept:
        raise FileHoldsMore


def _refuse_loose_ends(parts: dict[str, bytes]) -> None:
    """Refuse a Word document in which something points at a part that did not come along."""
    for name, content in parts.items():
        if not name.startswith("word/") or name.endswith(".rels") or not name.endswith(".xml"):
            continue
        ways = parts.get(f"word/_rels/{posixpath.basename(name)}.rels")
        known = {one.get("Id") for one in _tree(ways)} if ways else set()
        used = {
            value
            for one in _tree(content).iter()
            for attribute, value in one.attrib.items()
            if attribute.startswith(R) and value
        }
        if used - known:
            raise FileHoldsMore


def _packed(parts: dict[str, bytes], kind: FileKind) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        if kind is FileKind.OPEN_DOCUMENT:
            _put(package, "mimetype", b"application/vnd.oasis.opendocument.text", packed=False)
        for name in _in_order(parts):
            _put(package, name, parts[name])
    return out.getvalue()


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def _put(package: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = True) -> None:
    entry = zipfile.ZipInfo(name, date_time=_FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    package.writestr(entry, content)
