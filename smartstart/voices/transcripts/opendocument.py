"""The words of an OpenDocument text (.odt): one line per paragraph, as a reader sees them."""

import re

from smartstart.base.files.packages import Package
from smartstart.voices.transcripts.markup import listen

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_NOT_THE_TEXT = frozenset(
    {f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms"}
)
_CHARACTERS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = f"{_TEXT}s"
_MOST_SPACES = 100
_BLANKS = re.compile(r"[ \t\r\n]+")


def text_of_open_document(package: Package) -> str:
    """The text of the document: no notes, comments, forms or removed words.

    Raises FileIsBroken, FileIsUnsafe, FileUnpacksTooLarge or TextIsTooLong.
    """
    body = _Body()
    listen(package.chunks("content.xml"), body)
    return "".join(body.words)


class _Body:
    """Hears the content; runs of blanks in the file are one space, as the format says."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._in_paragraph = 0
        self._skipping = 0
        self._paragraphs = 0
        self._after_blank = True

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _NOT_THE_TEXT:
            self._skipping += 1
        elif name in _PARAGRAPHS:
            self._begin_paragraph()
        elif name in _CHARACTERS:
            self._put(_CHARACTERS[name])
        elif name == _SPACES:
            self._put(" " * _count(attributes.get(f"{_TEXT}c", "1")))

    def closes(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name in _PARAGRAPHS:
            self._in_paragraph -= 1

    def says(self, words: str) -> None:
        if not self._in_paragraph or self._skipping:
            return
        folded = _BLANKS.sub(" ", words)
        if self._after_blank:
            folded = folded.removeprefix(" ")
        if folded:
            self.words.append(folded)
            self._after_blank = folded.endswith(" ")

    def _begin_paragraph(self) -> None:
        if self._paragraphs:
            self.words.append("\n")
        self._paragraphs += 1
        self._in_paragraph += 1
        self._after_blank = True

    def _put(self, character: str) -> None:
        self.words.append(character)
        self._after_blank = False


def _count(written: str) -> int:
    return min(int(written), _MOST_SPACES) if written.isdecimal() and len(written) < 9 else 1
