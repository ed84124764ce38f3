"""What a question in another language than Dutch is cut into before it is compared. Pure.

Simple on purpose. English has a stemmer. Of a Turkish, Polish or Ukrainian word the first five
letters count: what follows is mostly ending. Arabic letters that are written in several ways become
one, and article, joined small words and common endings go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import snowballstemmer

from smartstart.consult.expertise.words import LONGEST_WORD, MOST_WORDS, PIECE, pieces_of

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
STEM: Final = 5  # letters of a Turkish, Polish or Ukrainian word
ARABIC_PIECE: Final = 4
_ARABIC_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_ARABIC_BEFORE: Final = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_AFTER: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST_LEFT: Final = 3  # letters of an Arabic word without what is before or after
_TURKISH_CAPITALS: Final = str.maketrans({"I": "ı", "İ": "i"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAY_NOTHING: Final = {
    "en": _words(
        "the a an and or but of i i'm is are am was were be been that this not no with for on in at"
        " to from my he she his her him it its we our they them their you your what how who has"
        " have had do does don't can can't will so as if when because out up all very just really"
    ),
    "tr": _words(
        "ve bir bu şu o ne için çok ama da de mi mı mu mü ile gibi daha var yok hep her benim onun"
        " bizim ben biz sen siz nasıl kadar sonra önce diye ki ya hiç şey artık"
    ),
    "ar": _words(
        "في من على الى عن ما لا لم لن ان هل هو هي انا نحن مع او ثم كل بعد قبل هذا هذه ذلك التي الذي"
        " عند عندما لكن لان كان قد كيف اي ليس و"
    ),
    "pl": _words(
        "i w na nie się że do jest mój moja moje mi mnie jak co to ma mam od z ze za po a o u bo"
        " czy ale już go jej jego ją on ona my są być przez tylko też kiedy by dla ten ta"
    ),
    "uk": _words(
        "і й в у на не що до є мій моя моє мені мене як це має від з із за по а о бо чи але вже"
        " його її він вона ми вони бути через тільки теж коли для цей ця та"
    ),
}


def words_in(text: str, language: str) -> list[str]:
    """Return the words of a text that say something, written in one way, in order."""
    if language == "tr":
        text = text.translate(_TURKISH_CAPITALS)
    if language == "ar":
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    found = (match.group().lower().replace("’", "'") for match in WORD.finditer(text))
    silent = SAY_NOTHING.get(language, frozenset())
    kept = [word for word in found if word not in silent and len(word) <= LONGEST_WORD]
    return kept[:MOST_WORDS]


def stems(text: str, language: str) -> list[str]:
    """Return the stem of each word. Of a question nothing is kept."""
    found = words_in(text, language)
    if language == "en":
        english: list[str] = snowballstemmer.stemmer("english").stemWords(found)
        return english
    if language == "ar":
        return [_arabic(word) for word in found]
    return [word.split("'")[0][:STEM] for word in found]


def pieces(text: str, language: str) -> Iterator[str]:
    """Yield the pieces of each word: an Arabic root is short, so are its pieces."""
    if language == "ar":
        return pieces_of(stems(text, language), size=ARABIC_PIECE)
    return pieces_of(words_in(text, language), size=PIECE)


def _arabic(word: str) -> str:
    """Return an Arabic word without article, joined small word and common ending."""
    for before in _ARABIC_BEFORE:
        if word.startswith(before) and len(word) - len(before) >= _LEAST_LEFT:
            word = word.removeprefix(before)
            break
    for after in _ARABIC_AFTER:
        if word.endswith(after) and len(word) - len(after) >= _LEAST_LEFT:
            return word.removesuffix(after)
    return word
