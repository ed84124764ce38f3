"""What is written as one says it: numbers and mail in words, schools and surnames in small letters.

Pure. Every pattern starts where a run of its words starts and every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from smartstart.consult.identity import lists
from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.consult.identity.naming import KNOWN
from smartstart.consult.identity.small_letters import is_also_a_word
from smartstart.language.names.words import COMMON, KIN, PARTICLES

_UNITS: Final = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS: Final = (
    *("tien", "elf", "twaalf", "dertien", "veertien"),
    *("vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_TENS: Final = (
    *("twintig", "dertig", "veertig", "vijftig"),
    *("zestig", "zeventig", "tachtig", "negentig"),
)
DIGITS: Final[dict[str, str]] = {
    **{word: str(number) for number, word in enumerate(_UNITS)},
    "één": "1",
    **{word: str(number) for number, word in enumerate(_TEENS, 10)},
    **{word: f"{tens}0" for tens, word in enumerate(_TENS, 2)},
    **{
        f"{unit}{joint}{word}": f"{tens}{number}"
        for tens, word in enumerate(_TENS, 2)
        for number, unit in enumerate(_UNITS[1:], 1)
        for joint in ("en", "ën")
    },
}
_NUMBER: Final = "|".join(sorted(DIGITS, key=len, reverse=True))
_ONE: Final = rf"(?:(?:dubbel |twee keer )?(?:{_NUMBER})|\d{{1,4}})(?!\w)"
NUMBERS: Final = re.compile(rf"(?<!\w){_ONE}(?:[ ,.-]{{1,3}}{_ONE}){{3,14}}", re.IGNORECASE)
TWICE: Final = re.compile(r"(?:dubbel|twee keer) \Z", re.IGNORECASE)
PART: Final = re.compile(rf"(?:dubbel |twee keer )?(?:{_NUMBER}|\d{{1,4}})(?!\w)", re.IGNORECASE)
DIALLED: Final = 10
COUNTING: Final = "0123456789"

_STOP: Final = r"(?:\.| punt | dot )"
_AT: Final = r"(?: ?@ ?| ?[(\[]at[)\]] ?| at | apenstaartje | aapje )"
MAIL: Final = re.compile(
    rf"(?<![\w.])[\w%+-]{{1,40}}(?:{_STOP}[\w%+-]{{1,40}}){{0,3}}{_AT}[\w-]{{1,63}}"
    rf"(?:{_STOP}[\w-]{{1,63}}){{0,2}}{_STOP}(?:nl|com|net|org|be|eu|de|pl|tr)(?!\w)",
    re.IGNORECASE,
)
SCHOOL: Final = re.compile(
    r"(?<!\w)(?:op|naar|van|bij|vanaf) (?:basisschool|obs|cbs|rkbs|kbs|daltonschool|ikc"
    r"|montessorischool|jenaplanschool|kindcentrum|kinderdagverblijf|kdv|peuterspeelzaal)"
    r" (?P<name>(?:de|het|'t|den) (?P<word>[a-zé]{3,24}))(?![\w-])"
)
COLLEGE: Final = re.compile(r"(?<![\w-])\d ?college(?!\w)", re.IGNORECASE)
ADDRESSED: Final = re.compile(
    r"(?<!\w)(?:(?P<before>\w{1,12}) )?(?:mevrouw|meneer|mijnheer|mevr|mvr|dhr|juf|juffrouw|meester"
    r"|dokter)\.? (?P<name>(?P<particles>(?:(?:van|de|den|der|ter|ten|te|het) ){0,3})"
    r"(?P<word>[a-zé]{3,24}))(?!\w)"
)
NO_ADDRESS: Final = frozenset({"de", "een", "mijn", "onze", "haar", "zijn", "hun", "die", "deze"})
_KIN: Final = "|".join(sorted(KIN - {"heet", "heette", "noemen", "genaamd"}))
OWNED: Final = re.compile(rf"(?<!\w)(?P<name>[^\W\d_]{{3,20}})s (?:{_KIN})(?!\w)")


def spelled(text: str) -> Iterator[Spot]:
    """Find everything of this page in a text."""
    yield from _phones(text)
    for match in MAIL.finditer(text):
        yield Spot(match.start(), match.end(), Kind.MAIL)
    for match in SCHOOL.finditer(text):
        if match["word"] not in COMMON | KNOWN:
            yield Spot(match.start("name"), match.end("name"), Kind.SCHOOL)
    for match in COLLEGE.finditer(text):
        yield Spot(match.start(), match.end(), Kind.SCHOOL)
    yield from _addressed(text)
    for match in OWNED.finditer(text):
        if _is_first_name(match["name"]):
            yield Spot(match.start("name"), match.end("name"), Kind.NAME)


def _phones(text: str) -> Iterator[Spot]:
    """Find ten digits that begin with 0, said in words, whole or in part."""
    for run in NUMBERS.finditer(text):
        parts = [(one.start(), one.end()) for one in PART.finditer(text, run.start(), run.end())]
        digits = [_digits(text[start:end]) for start, end in parts]
        for first in range(len(parts)):
            last = _ends(digits, first)
            if last and not text[parts[first][0] : parts[last][1]].replace(" ", "").isdigit():
                yield Spot(parts[first][0], parts[last][1], Kind.PHONE)
                break


def _digits(said: str) -> str:
    *twice, word = said.casefold().split()
    return DIGITS.get(word, word) * (2 if twice else 1)


def _ends(digits: list[str], first: int) -> int:
    """Return with which part a number that can be dialled ends, 0 when none does."""
    if not digits[first].startswith("0"):
        return 0
    whole = ""
    for place in range(first, len(digits)):
        whole += digits[place]
        if len(whole) >= DIALLED:
            is_dialled = len(whole) == DIALLED and whole[1] != "0" and whole != COUNTING
            return place if is_dialled else 0
    return 0


def _addressed(text: str) -> Iterator[Spot]:
    """Find "mevrouw bakker": a surname that is a word as well, behind how one is addressed."""
    for match in ADDRESSED.finditer(text):
        if (match["before"] or "").casefold() in NO_ADDRESS:
            continue
        word = match["word"]
        listed = lists.surnames_behind_a_particle() if match["particles"] else lists.surnames()
        if word.capitalize() in listed and word not in COMMON | KNOWN | PARTICLES | _stops():
            yield Spot(match.start("name"), match.end("name"), Kind.NAME)


@cache
def _stops() -> frozenset[str]:
    return lists.words()


def _is_first_name(word: str) -> bool:
    return word.capitalize() in lists.first_names() and not is_also_a_word(word.casefold())
