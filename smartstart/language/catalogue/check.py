"""What is wrong with the catalogues: the list that must be empty before a change is done."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from smartstart.language.catalogue import places, po, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+0#]?\d*(?:\.\d+)?[sdfr]|%%|\{\w*(?::[^{}]*)?\}")


# The comment above a text that a library asks for and we translate otherwise than it does.
OF_A_LIBRARY = "#. of a library"


@dataclass(frozen=True)
class Fault:
    """One thing to repair: where, what kind, and in a sentence."""

    path: Path
    line: int
    kind: str
    text: str

    def told(self, root: Path) -> str:
        """Tell the fault on one line, with a path a terminal can follow."""
        return f"{self.path.relative_to(root.parent)}:{self.line}: {self.kind}: {self.text!r}"


Read: TypeAlias = "dict[Path, list[po.Entry]]"


def read_all(root: Path) -> Read:
    """Every catalogue below the package with its entries, headers left out."""
    return {
        path: [entry for entry in po.parse(path.read_text(encoding="utf-8")) if entry.msgid]
        for path in places.catalogues(root)
    }


def wanted(root: Path) -> dict[po.Key, list[sources.Message]]:
    """Every text the screens ask for, with all places that ask it."""
    asked: dict[po.Key, list[sources.Message]] = defaultdict(list)
    for path in places.source_files(root):
        for message in sources.messages_in(path):
            asked[message.key].append(message)
    return asked


def faults(root: Path) -> list[Fault]:
    """All faults, by place: missing, empty, fuzzy, unused, doubled, clashing, placeholders.

    A text counts as translated when any catalogue has it: the site reads them as one.
    """
    read, asked = read_all(root), wanted(root)
    found = [
        *_missing(read, asked),
        *_unused(read, asked),
        *_clashing(read),
        *(fault for path, entries in read.items() for fault in _faults_of(path, entries)),
    ]
    return sorted(found, key=lambda fault: (str(fault.path), fault.line, fault.kind))


def _missing(read: Read, asked: dict[po.Key, list[sources.Message]]) -> Iterator[Fault]:
    held = {entry.key: entry for entries in read.values() for entry in entries}
    for key, messages in asked.items():
        entry = held.get(key)
        first = messages[0]
        if entry is None:
            yield Fault(first.path, first.line, "not in a catalogue", first.msgid)
        elif any(message.plural for message in messages) and entry.plural is None:
            yield Fault(first.path, first.line, "its plural is not in the catalogue", first.msgid)


def _unused(read: Read, asked: dict[po.Key, list[sources.Message]]) -> Iterator[Fault]:
    for path, entries in read.items():
        for entry in entries:
            if entry.key not in asked and OF_A_LIBRARY not in entry.comments:
                yield Fault(path, entry.line, "used nowhere", entry.msgid)


def _clashing(read: Read) -> Iterator[Fault]:
    first: dict[po.Key, tuple[Path, po.Entry]] = {}
    for path, entries in read.items():
        for entry in entries:
            other_path, other = first.setdefault(entry.key, (path, entry))
            if other is entry:
                continue
            if other_path == path:
                yield Fault(path, entry.line, "stands twice", entry.msgid)
            elif all(other.texts) and all(entry.texts) and other.texts != entry.texts:
                where = "translated otherwise in " + "/".join(other_path.parts[-5:-3])
                yield Fault(path, entry.line, where, entry.msgid)


def _faults_of(path: Path, entries: Iterable[po.Entry]) -> Iterator[Fault]:
    for entry in entries:
        if entry.is_fuzzy:
            yield Fault(path, entry.line, "marked as a guess (fuzzy)", entry.msgid)
        if not entry.is_translated:
            yield Fault(path, entry.line, "has no Dutch text", entry.msgid)
        elif not same_placeholders(entry):
            yield Fault(path, entry.line, "other placeholders than the source", entry.msgid)


def same_placeholders(entry: po.Entry) -> bool:
    """Whether each Dutch text fills in what its source fills in.

    The singular of a plural may leave the number out ("one day") or name it.
    """
    single = _placeholders(entry.msgid)
    if entry.plural is None:
        return _placeholders(entry.texts[0]) == single
    many = _placeholders(entry.plural)
    return single <= many and all(
        least <= _placeholders(text) <= many
        for text, least in zip(entry.texts, (single & many, many), strict=True)
    )


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(found for found in PLACEHOLDER.findall(text) if found != "%%")
