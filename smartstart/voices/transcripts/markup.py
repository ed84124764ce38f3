"""Reading XML as a stream, refusing all that XML can hide.

No entities, document types or addresses outside the file; memory stays small however large the
part is.
"""

from collections.abc import Iterable
from typing import Protocol

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from smartstart.base.files.errors import FileIsBroken, FileIsUnsafe, FileUnpacksTooLarge
from smartstart.voices.errors import TextIsTooLong
from smartstart.voices.transcripts import limits


class Listener(Protocol):
    """Hears a document from first tag to last; a name arrives as ``{namespace}local``."""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""

    def closes(self, name: str) -> None:
        """Hear an element end."""

    def says(self, words: str) -> None:
        """Hear words inside an element."""


class _Target:
    """Stands between the parser and a listener; keeps an eye on depth and length."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._depth = 0
        self._elements = 0
        self._said = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > limits.MOST_ELEMENTS:
            raise FileUnpacksTooLarge
        if self._depth > limits.DEEPEST_NESTING:
            raise FileIsUnsafe
        self._listener.opens(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.closes(tag)

    def data(self, words: str) -> None:
        self._said += len(words)
        if self._said > 2 * limits.LONGEST_TEXT_CHARACTERS:
            raise TextIsTooLong
        self._listener.says(words)

    def close(self) -> None:
        return None


def listen(chunks: Iterable[bytes], listener: Listener) -> None:
    """Let the listener hear the whole document.

    Raises FileIsUnsafe (entities, a document type, nesting without end), FileIsBroken (not
    well-formed), FileUnpacksTooLarge (too many elements) or TextIsTooLong.
    """
    parser = DefusedXMLParser(target=_Target(listener), forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as hidden:
        raise FileIsUnsafe from hidden
    except (ParseError, ValueError, LookupError) as broken:
        raise FileIsBroken from broken
