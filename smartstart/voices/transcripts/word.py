"""The words of a Word document (.docx): one line per paragraph, as a reader sees them."""

from smartstart.base.files.errors import FileIsBroken
from smartstart.base.files.packages import Package
from smartstart.voices.transcripts.markup import listen

_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN_PART = "wordprocessingml.document.main+xml"
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
# What was moved away stands again where it was moved to; a fallback repeats its text box.
_REPEATED = frozenset({"moveFrom", "del", _FALLBACK})


def text_of_word(package: Package) -> str:
    """The text of the main part: no headers, footnotes, comments or deleted words.

    Raises FileIsBroken, FileIsUnsafe, FileUnpacksTooLarge or TextIsTooLong.
    """
    body = _Body()
    listen(package.chunks(_main_part(package)), body)
    return "".join(body.words)


def _main_part(package: Package) -> str:
    if package.holds("word/document.xml"):
        return "word/document.xml"
    types = _Types()
    listen(package.chunks("[Content_Types].xml"), types)
    if not types.main_part:
        raise FileIsBroken
    return types.main_part


class _Types:
    """Hears the table of parts and keeps where the main part is."""

    def __init__(self) -> None:
        self.main_part = ""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("}Override") and attributes.get("ContentType", "").endswith(_MAIN_PART):
            self.main_part = attributes.get("PartName", "").lstrip("/")

    def closes(self, name: str) -> None: ...

    def says(self, words: str) -> None: ...


class _Body:
    """Hears the main part and keeps its words."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._in_words = False
        self._skipping = 0
        self._paragraphs = 0

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if self._skipping or local in _REPEATED:
            self._skipping += 1
        elif local == "t":
            self._in_words = True
        elif local == "p":
            self._begin_paragraph()
        elif local in _CHARACTERS:
            self.words.append(_CHARACTERS[local])

    def closes(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif _local(name) == "t":
            self._in_words = False

    def says(self, words: str) -> None:
        if self._in_words and not self._skipping:
            self.words.append(words)

    def _begin_paragraph(self) -> None:
        if self._paragraphs:
            self.words.append("\n")
        self._paragraphs += 1


def _local(name: str) -> str:
    """The local name of a word-processing element; other elements keep their whole name."""
    for namespace in _NAMESPACES:
        if name.startswith(namespace):
            return name[len(namespace) :]
    return name
