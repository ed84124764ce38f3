"""Writing a REFI-QDA project (.qdpx): a zip with ``project.qde`` and one text per transcript.

Texts are UTF-8 without a mark and with single line feeds, so that a position counted in code
points is a position in the file: a mark would shift all by one, a CR LF each line by one. The
end of a selection is exclusive, as QualCoder and ATLAS.ti count.
"""

import io
import zipfile
from xml.etree import ElementTree as Tree

from smartstart.voices import rules
from smartstart.voices.errors import CodingIsOutsideTheText
from smartstart.voices.exchange import markup
from smartstart.voices.exchange.project import (
    ExportNote,
    ExportProject,
    ExportSelection,
    ExportSource,
    in_order,
)

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_ALL = 0o644 << 16
_LONGEST_NAME = 80


def write_project(project: ExportProject) -> bytes:
    """The project as a .qdpx file. Raises CodingIsOutsideTheText for a selection that is."""
    ordered = in_order(project)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _pack(archive, "project.qde", markup.written(_root(ordered)))
        if not ordered.sources:  # QualCoder looks into the folder before it reads what there is
            _pack(archive, "sources/", b"")
        for source in sorted(ordered.sources, key=lambda source: source.guid):
            _pack(archive, f"sources/{source.guid}.txt", _as_bytes(source.text))
    return target.getvalue()


def _pack(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READABLE_BY_ALL
    entry.create_system = 3
    archive.writestr(entry, content)


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _root(project: ExportProject) -> Tree.Element:
    root = Tree.Element(
        "Project",
        {
            "xmlns": markup.PROJECT,
            "name": markup.clean_name(project.name) or "-",
            "origin": markup.ORIGIN,
        },
    )
    _add_users(root, project)
    if project.codes:
        markup.add_codes(Tree.SubElement(root, "CodeBook"), project.codes)
    if project.sources:
        _add_sources(root, project.sources)
    if project.notes:
        _add_notes(root, project.notes)
    return root


def _add_users(root: Tree.Element, project: ExportProject) -> None:
    if project.users:
        users = Tree.SubElement(root, "Users")
        for user in project.users:
            attributes = {"guid": str(user.guid), "name": markup.clean_name(user.name)}
            Tree.SubElement(users, "User", attributes)


def _add_sources(root: Tree.Element, sources: tuple[ExportSource, ...]) -> None:
    parent = Tree.SubElement(root, "Sources")
    for source in sources:
        element = Tree.SubElement(
            parent,
            "TextSource",
            {
                "guid": str(source.guid),
                "name": markup.clean_name(source.name),
                "plainTextPath": f"internal://{source.guid}.txt",
            },
        )
        markup.stamp(element, source.made_at)
        for selection in source.selections:
            _add_selection(element, selection, source.text)


def _add_selection(source: Tree.Element, selection: ExportSelection, text: str) -> None:
    if not rules.lies_within((selection.start, selection.end), len(text)):
        raise CodingIsOutsideTheText
    words = markup.clean_name(text[selection.start : selection.end])
    element = Tree.SubElement(
        source,
        "PlainTextSelection",
        {
            "guid": str(selection.guid),
            "name": words[:_LONGEST_NAME],
            "startPosition": str(selection.start),
            "endPosition": str(selection.end),
        },
    )
    markup.stamp(element, selection.made_at, selection.coder)
    for coding in selection.codings:
        put = Tree.SubElement(element, "Coding", {"guid": str(coding.guid)})
        markup.stamp(put, coding.made_at, coding.coder)
        Tree.SubElement(put, "CodeRef", {"targetGUID": str(coding.code)})


def _add_notes(root: Tree.Element, notes: tuple[ExportNote, ...]) -> None:
    parent = Tree.SubElement(root, "Notes")
    for note in notes:
        attributes = {"guid": str(note.guid), "name": markup.clean_name(note.name)}
        element = Tree.SubElement(parent, "Note", attributes)
        markup.stamp(element, note.made_at, note.coder)
        Tree.SubElement(element, "PlainTextContent").text = markup.clean(note.text)
    for note in notes:
        Tree.SubElement(root, "NoteRef", {"targetGUID": str(note.guid)})
