"""What project and codebook files share: names, code trees and text that fits in XML."""

import re
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree as Tree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from smartstart.base.files.limits import MOST_ENTRIES
from smartstart.voices.exchange.project import ExportCode, codes_in_order

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Smart Start"
_DEEPEST = 50
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\Z")
_LINE_ENDS = re.compile("\r\n?")


class NotRefi(Exception):  # noqa: N818 - each reader turns it into its own refusal
    """The content does not follow REFI-QDA."""


def clean(words: str) -> str:
    """The words without the characters XML cannot hold, with one kind of line end."""
    return _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", words))


def clean_name(words: str) -> str:
    """The words on one line, as an attribute keeps them in every program."""
    return " ".join(clean(words).split())


def parse(content: bytes) -> Tree.Element:
    """The root of an XML file. Raises NotRefi for what is unsafe, broken or nested too deep."""
    try:
        root: Tree.Element = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError, RecursionError) as unreadable:
        raise NotRefi from unreadable
    return root


def guid_of(element: Tree.Element, attribute: str = "guid") -> UUID:
    """A required reference, with or without braces. Raises NotRefi."""
    found = optional_guid(element, attribute)
    if found is None:
        raise NotRefi
    return found


def optional_guid(element: Tree.Element, attribute: str) -> UUID | None:
    """A reference, or None where there is none. Raises NotRefi when it is no reference."""
    written = element.get(attribute)
    if not written:
        return None
    try:
        return UUID(written)
    except ValueError as no_guid:
        raise NotRefi from no_guid


def stamp(element: Tree.Element, made_at: datetime | None, coder: UUID | None = None) -> None:
    """Write when something was made, and by whom, as far as that is known.

    QualCoder stops at a selection or note without a moment.
    """
    if coder:
        element.set("creatingUser", str(coder))
    if made_at:
        element.set("creationDateTime", f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def moment_of(element: Tree.Element) -> datetime | None:
    """When something was made, in whole seconds; None where that is not said or no moment."""
    try:
        moment = datetime.fromisoformat(element.get("creationDateTime", ""))
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def add_codes(parent: Tree.Element, codes: tuple[ExportCode, ...]) -> None:
    """Write the codes, of which there is at least one, as a tree under ``Codes``."""
    elements: dict[UUID | None, Tree.Element] = {None: Tree.SubElement(parent, "Codes")}
    for code in codes_in_order(codes):
        element = Tree.SubElement(
            elements[code.parent],
            "Code",
            {"guid": str(code.guid), "name": clean_name(code.name), "isCodable": "true"},
        )
        if _COLOUR.match(code.colour):
            element.set("color", code.colour)
        if code.description:
            Tree.SubElement(element, "Description").text = clean(code.description)
        elements[code.guid] = element


def read_codes(parent: Tree.Element, namespace: str) -> tuple[ExportCode, ...]:
    """The codes below an element, parents first. Raises NotRefi."""
    codes: list[ExportCode] = []
    waiting: list[tuple[Tree.Element, UUID | None, int]] = [
        (element, None, 1)
        for element in parent.findall(f"{{{namespace}}}Codes/{{{namespace}}}Code")
    ]
    seen: set[UUID] = set()
    while waiting:
        element, above, depth = waiting.pop()
        code = _code(element, above, namespace)
        if code.guid in seen or depth > _DEEPEST or len(seen) > MOST_ENTRIES:
            raise NotRefi
        seen.add(code.guid)
        codes.append(code)
        waiting += [(e, code.guid, depth + 1) for e in element.findall(f"{{{namespace}}}Code")]
    return codes_in_order(tuple(codes))


def _code(element: Tree.Element, above: UUID | None, namespace: str) -> ExportCode:
    name = clean_name(element.get("name", ""))
    if not name:
        raise NotRefi
    colour = element.get("color", "")
    return ExportCode(
        guid=guid_of(element),
        name=name,
        parent=above,
        colour=colour if _COLOUR.match(colour) else "",
        description=element.findtext(f"{{{namespace}}}Description", ""),
    )


def written(root: Tree.Element) -> bytes:
    """The file: UTF-8, declared, indented for people, the same for the same content."""
    Tree.indent(root)
    body = Tree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
