"""A catalogue file (``.po``): read it, write it, turn it into what gettext reads (``.mo``)."""

from __future__ import annotations

import ast
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = (
    "Language: nl\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
MO_MAGIC = 0x950412DE
NUMBERED = re.compile(r"msgstr\[(\d)\]")

Key: TypeAlias = tuple[str | None, str]


class BrokenCatalogueError(Exception):
    """A catalogue file cannot be read; the message names the file's line."""


@dataclass
class Entry:
    """One source text and its translation; ``texts`` has two parts when there is a plural."""

    msgid: str
    context: str | None = None
    plural: str | None = None
    texts: list[str] = field(default_factory=lambda: [""])
    comments: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def key(self) -> Key:
        """What gettext looks a text up by."""
        return (self.context, self.msgid)

    @property
    def is_fuzzy(self) -> bool:
        """Whether someone marked this translation as a guess."""
        return any(note.startswith("#,") and "fuzzy" in note for note in self.comments)

    @property
    def is_translated(self) -> bool:
        """Whether every form has a text."""
        forms = 1 if self.plural is None else 2
        return len(self.texts) == forms and all(self.texts)


def parse(text: str) -> list[Entry]:
    """Every entry of a catalogue in the order of the file, the header with an empty msgid first.

    Retired entries (``#~``) are left out. Raises BrokenCatalogueError with the line number.
    """
    entries: list[Entry] = []
    reader = _Reader(entries)
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            reader.take(line.strip(), number)
        except (ValueError, SyntaxError) as error:
            raise BrokenCatalogueError(f"line {number}: {line.strip()}") from error
    reader.close()
    return entries


class _Reader:
    """Puts the lines of a catalogue together, one entry at a time."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.comments: list[str] = []
        self.parts: dict[str, str] = {}
        self.current = ""
        self.line = 0

    def take(self, line: str, number: int) -> None:
        """Read one line; an empty line or a comment after a translation closes the entry."""
        if not line or line.startswith("#"):
            self.close()
            if line and not line.startswith("#~"):
                self.comments.append(line)
            return
        if line.startswith('"'):
            if not self.current:
                raise ValueError("a text before its keyword")
            self.parts[self.current] += _unquote(line)
            return
        keyword, _, quoted = line.partition(" ")
        if keyword in {"msgctxt", "msgid"} and "msgid" in self.parts:
            self.close()
        if keyword in self.parts or not _is_keyword(keyword):
            raise ValueError("not a keyword that may stand here")
        self.line = self.line or number
        self.current = keyword
        self.parts[keyword] = _unquote(quoted.strip())

    def close(self) -> None:
        """Finish the entry that was being read, if there was one."""
        if not self.parts:
            return
        texts = [self.parts[key] for key in sorted(self.parts) if key.startswith("msgstr")]
        if "msgid" not in self.parts:
            raise BrokenCatalogueError(f"line {self.line}: a translation without a msgid")
        self.entries.append(
            Entry(
                msgid=self.parts["msgid"],
                context=self.parts.get("msgctxt"),
                plural=self.parts.get("msgid_plural"),
                texts=texts or [""],
                comments=self.comments,
                line=self.line,
            )
        )
        self.comments, self.parts, self.current, self.line = [], {}, "", 0


def _is_keyword(word: str) -> bool:
    plain = {"msgctxt", "msgid", "msgid_plural", "msgstr"}
    return word in plain or NUMBERED.fullmatch(word) is not None


def _unquote(quoted: str) -> str:
    """Take the text out of a quoted line; a catalogue quotes as Python does."""
    text = ast.literal_eval(quoted)
    if not isinstance(text, str) or not quoted.startswith('"'):
        raise ValueError("not a quoted text")
    return text


def write(entries: Iterable[Entry]) -> str:
    """Make the text of a catalogue file with these entries, in this order."""
    return "\n".join("\n".join(_lines(entry)) + "\n" for entry in entries)


def _lines(entry: Entry) -> list[str]:
    lines = list(entry.comments)
    if entry.context is not None:
        lines.append(f"msgctxt {_quote(entry.context)}")
    lines.append(f"msgid {_quote(entry.msgid)}")
    if entry.plural is None:
        return [*lines, f"msgstr {_quote(entry.texts[0])}"]
    lines.append(f"msgid_plural {_quote(entry.plural)}")
    texts = [*entry.texts, "", ""][:2]
    return [*lines, *(f"msgstr[{form}] {_quote(text)}" for form, text in enumerate(texts))]


def _quote(text: str) -> str:
    """One quoted line, or for a text of several lines an empty line and one per line."""
    escaped = [
        '"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        for part in text.split("\n")
    ]
    if len(escaped) == 1:
        return escaped[0]
    lines = [part[:-1] + '\\n"' for part in escaped[:-1]]
    return "\n".join(['""', *lines, *([escaped[-1]] if escaped[-1] != '""' else [])])


def compiled(entries: Iterable[Entry]) -> bytes:
    """Make the catalogue as gettext reads it: every translated entry, sorted, guesses left out."""
    pairs = {"": HEADER}
    for entry in entries:
        if not entry.is_translated or (entry.is_fuzzy and entry.msgid):
            continue
        key = entry.msgid if entry.plural is None else f"{entry.msgid}\0{entry.plural}"
        pairs[key if entry.context is None else f"{entry.context}\4{key}"] = "\0".join(entry.texts)
    ordered = sorted((key.encode(), text.encode()) for key, text in pairs.items())
    count = len(ordered)
    start = 28 + 16 * count
    tables: list[list[int]] = [[], []]
    blob = b""
    for side, table in enumerate(tables):
        for pair in ordered:
            table += [len(pair[side]), start + len(blob)]
            blob += pair[side] + b"\0"
    head = struct.pack("<7I", MO_MAGIC, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + blob
