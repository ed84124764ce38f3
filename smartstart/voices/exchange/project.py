"""A coded project as frozen rows, between our tables and another program's file."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ExportUser:
    """A coder, by pseudonym."""

    guid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ExportCode:
    """One code; ``parent`` is the code it stands under, ``colour`` is ``#RRGGBB`` or empty."""

    guid: UUID
    name: str
    parent: UUID | None = None
    colour: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ExportCoding:
    """One code put on a selection by one coder; ``made_at`` in whole seconds, as in the file."""

    guid: UUID
    code: UUID
    coder: UUID | None = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """A span of a source, end exclusive, in Unicode code points, with what was put on it."""

    guid: UUID
    start: int
    end: int
    coder: UUID | None = None
    codings: tuple[ExportCoding, ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportSource:
    """One transcript."""

    guid: UUID
    name: str
    text: str
    selections: tuple[ExportSelection, ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A memo about the project as a whole."""

    guid: UUID
    name: str
    text: str
    coder: UUID | None = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportProject:
    """Everything that leaves in one file."""

    name: str
    users: tuple[ExportUser, ...] = ()
    codes: tuple[ExportCode, ...] = ()
    sources: tuple[ExportSource, ...] = ()
    notes: tuple[ExportNote, ...] = ()


def in_order(project: ExportProject) -> ExportProject:
    """The same project in the one order it is written in: by name or place, then by guid."""
    return replace(
        project,
        users=tuple(sorted(project.users, key=lambda user: (user.name, user.guid))),
        codes=codes_in_order(project.codes),
        sources=tuple(
            sorted(map(_source_in_order, project.sources), key=lambda s: (s.name, s.guid))
        ),
        notes=tuple(sorted(project.notes, key=lambda note: (note.name, note.guid))),
    )


def codes_in_order(codes: tuple[ExportCode, ...]) -> tuple[ExportCode, ...]:
    """The codes as they stand in a book: each under its parent, brothers by name, then guid.

    A code whose parent is not among them, or stands under itself, is written at the top.
    """
    known = {code.guid for code in codes}
    children: dict[UUID | None, list[ExportCode]] = {}
    for code in sorted(codes, key=lambda code: (code.name, code.guid)):
        children.setdefault(code.parent if code.parent in known else None, []).append(code)
    placed: dict[UUID, ExportCode] = {}
    waiting = [replace(code, parent=None) for code in reversed(children.get(None, []))]
    left = sorted(codes, key=lambda code: (code.name, code.guid), reverse=True)
    while waiting or left:
        code = waiting.pop() if waiting else replace(left.pop(), parent=None)
        if code.guid not in placed:
            placed[code.guid] = code
            waiting += reversed(children.get(code.guid, []))
    return tuple(placed.values())


def _source_in_order(source: ExportSource) -> ExportSource:
    selections = [
        replace(s, codings=tuple(sorted(s.codings, key=lambda coding: coding.guid)))
        for s in source.selections
    ]
    return replace(
        source, selections=tuple(sorted(selections, key=lambda s: (s.start, s.end, s.guid)))
    )
