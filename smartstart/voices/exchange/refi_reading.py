"""Reading a REFI-QDA project (.qdpx): people, codes, plain texts and what was coded in them."""

from xml.etree.ElementTree import Element

from smartstart.base.files.errors import FileIsTooLarge
from smartstart.base.files.packages import Package
from smartstart.voices import rules
from smartstart.voices.errors import ProjectIsUnreadable
from smartstart.voices.exchange import markup
from smartstart.voices.exchange.project import (
    ExportCoding,
    ExportNote,
    ExportProject,
    ExportSelection,
    ExportSource,
    ExportUser,
    in_order,
)
from smartstart.voices.transcripts import limits

_Q = f"{{{markup.PROJECT}}}"
_INSIDE = "internal://"
_FOLDERS = ("sources/", "Sources/")


def read_project(content: bytes) -> ExportProject:
    """The project in a .qdpx file, in the order we write it in.

    Pictures, sound, cases, variables, sets and links are left out. Raises FileIsTooLarge, what
    an unsafe package raises, or ProjectIsUnreadable.
    """
    if len(content) > limits.LARGEST_FILE_BYTES:
        raise FileIsTooLarge(megabytes=limits.LARGEST_FILE_MB)
    package = Package(content)
    if not package.holds("project.qde"):
        raise ProjectIsUnreadable
    try:
        return in_order(_project(markup.parse(package.read("project.qde")), package))
    except markup.NotRefi as unreadable:
        raise ProjectIsUnreadable from unreadable


def _project(root: Element, package: Package) -> ExportProject:
    if root.tag != f"{_Q}Project":
        raise markup.NotRefi
    book = root.find(f"{_Q}CodeBook")
    return ExportProject(
        name=root.get("name", ""),
        users=tuple(
            ExportUser(markup.guid_of(user), user.get("name", ""))
            for user in root.findall(f"{_Q}Users/{_Q}User")
        ),
        codes=() if book is None else markup.read_codes(book, markup.PROJECT),
        sources=tuple(_source(s, package) for s in root.findall(f"{_Q}Sources/{_Q}TextSource")),
        notes=tuple(_note(note, package) for note in root.findall(f"{_Q}Notes/{_Q}Note")),
    )


def _source(element: Element, package: Package) -> ExportSource:
    text = _text(element, package)
    selections = tuple(
        _selection(child, len(text)) for child in element.findall(f"{_Q}PlainTextSelection")
    )
    name, made_at = element.get("name", ""), markup.moment_of(element)
    return ExportSource(markup.guid_of(element), name, text, selections, made_at)


def _note(element: Element, package: Package) -> ExportNote:
    return ExportNote(
        guid=markup.guid_of(element),
        name=element.get("name", ""),
        text=_text(element, package),
        coder=markup.optional_guid(element, "creatingUser"),
        made_at=markup.moment_of(element),
    )


def _text(element: Element, package: Package) -> str:
    """The text in the element itself, or in the file of the package it points to."""
    path = element.get("plainTextPath", "")
    if not path:
        return element.findtext(f"{_Q}PlainTextContent", "")
    if not path.startswith(_INSIDE):
        raise markup.NotRefi
    for folder in _FOLDERS:
        name = folder + path.removeprefix(_INSIDE).lstrip("/")
        if package.holds(name):
            return package.read(name).decode("utf-8-sig", "replace")
    raise markup.NotRefi


def _selection(element: Element, length: int) -> ExportSelection:
    start, end = _position(element, "startPosition"), _position(element, "endPosition")
    if not rules.lies_within((start, end), length):
        raise markup.NotRefi
    codings = tuple(map(_coding, element.findall(f"{_Q}Coding")))
    coder = markup.optional_guid(element, "creatingUser")
    made_at = markup.moment_of(element)
    return ExportSelection(markup.guid_of(element), start, end, coder, codings, made_at)


def _coding(element: Element) -> ExportCoding:
    reference = element.find(f"{_Q}CodeRef")
    if reference is None:
        raise markup.NotRefi
    return ExportCoding(
        guid=markup.guid_of(element),
        code=markup.guid_of(reference, "targetGUID"),
        coder=markup.optional_guid(element, "creatingUser"),
        made_at=markup.moment_of(element),
    )


def _position(element: Element, attribute: str) -> int:
    written = element.get(attribute, "")
    if not (written.isascii() and written.isdecimal() and len(written) < 10):
        raise markup.NotRefi
    return int(written)
