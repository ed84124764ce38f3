"""One plain form for every text: NFC, one kind of line end, nothing that cannot print."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls other than tab and newline, the mark at the start of a file, directions that
# re-order what a reader sees (embeddings, isolates, overrides), and code points that are no
# character.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
REPLACED = "\ufffd"


def tidy(text: str) -> str:
    """The text in its one stored form; positions of codings count in this form.

    Half a surrogate pair becomes U+FFFD, so that it shows where something was lost.
    """
    lines = _LINE_ENDS.sub("\n", text)
    printable = _HALF_PAIRS.sub(REPLACED, _UNPRINTABLE.sub("", lines))
    return unicodedata.normalize("NFC", printable).strip()
