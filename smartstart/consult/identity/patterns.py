"""Days of birth, account numbers, number plates and names of online accounts. Pure.

Every pattern starts where a run of its characters starts and every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.language.names.words import MONTHS, SHORT_MONTHS

_MONTH: Final = "|".join(sorted(MONTHS | SHORT_MONTHS, key=len, reverse=True))
_UNITS: Final = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TEENS: Final = (
    "tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
    "|(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig)"
)
_DAY_WORD: Final = rf"(?:{_TEENS}|{_UNITS}|eerste|tweede|derde)"
_YEAR_WORD: Final = (
    rf"(?:tweeduizend(?: ?(?:{_TEENS}|{_UNITS}))?"
    rf"|negentien(?:honderd)? ?[a-zë]{{3,18}}|twintig ?(?:{_TEENS}))"
)
_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
DAY: Final = re.compile(
    rf"(?<![\w.-])(?:(?:\d{{1,2}}(?:e|ste|de)?|{_DAY_WORD})(?: van| in)? (?:{_MONTH})\b\.?"
    rf"(?:,? (?P<year>{_YEAR}|'\d\d(?!\d)|{_YEAR_WORD}))?"
    r"|\d{1,2} ?(?P<sign>[-/.]) ?\d{1,2} ?(?P=sign) ?(?P<short>\d{4}|\d\d)(?!\w)"
    r"|(?P<first>(?:19|20)\d\d)-\d\d-\d\d(?!\w))",
    re.IGNORECASE,
)
BIRTH: Final = re.compile(
    r"\b(?:geb(?:oren|oorte\w*|\.|\b)|jarig|verjaar\w*|ter wereld|bevallen|geboortedatum)",
    re.IGNORECASE,
)
OF_A_DAY: Final = re.compile(r"\b(?:is|was|zijn|ben) (?:\w+ )?(?:van|uit) \Z", re.IGNORECASE)
TURNS: Final = re.compile(r"\bwordt (?:\w+ ){0,2}op \Z", re.IGNORECASE)
# "wordt morgen 8": the day of birth by counting back; the age itself may stay.
SOON: Final = re.compile(
    r"\bwordt (?P<day>(?:vandaag|(?:over)?morgen|(?:volgende week )?"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag))"
    rf"(?= (?:al )?(?:\d{{1,2}}|{_TEENS}|{_UNITS})(?: jaar\b| en\b| maar\b|[.,!?;)]|\s*\Z))",
    re.IGNORECASE,
)
AROUND: Final = 40  # characters in which a word tells what day it is

IBAN: Final = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.I
)
PLATE: Final = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,2}|\d{1,2})(?![\w-])",
    re.IGNORECASE,
)
PLATE_SAID: Final = re.compile(
    r"\b(?:kenteken|nummerbord|nummerplaat)(?: is| van)?:? (?P<plate>[A-Z0-9]{6})(?!\w)",
    re.IGNORECASE,
)
LETTERS_IN_A_PLATE: Final = 6

HANDLE: Final = re.compile(
    r"(?<![\w@.])@[A-Za-z0-9_](?:[\w.]{0,38}[\w])?|(?<!\w)\w{2,32}#\d{4}(?!\d)"
)
_PLACES: Final = (
    r"insta|instagram|snap|snapchat|tiktok|discord|twitter|facebook|telegram|roblox|x"
    r"|account|nepaccount|nepprofiel|profiel|gebruikersnaam|gamertag"
)
HANDLE_SAID: Final = re.compile(
    rf"\b(?:{_PLACES})(?:[ :](?:is|heet|als|hij|zij|ze|ik|naam|onder|met|op|de)){{0,4}}[ :]{{1,2}}"
    r"(?P<handle>[A-Za-z][\w.]{2,30}\w)(?!\w)",
    re.IGNORECASE,
)


def patterned(text: str) -> Iterator[Spot]:
    """Find everything of this page in a text."""
    yield from _births(text)
    for match in IBAN.finditer(text):
        if _is_account(match.group()):
            yield Spot(match.start(), match.end(), Kind.ACCOUNT)
    yield from _plates(text)
    yield from _handles(text)


def _births(text: str) -> Iterator[Spot]:
    """Find days of birth, and every whole day with its year: who was born then nobody can tell."""
    for match in DAY.finditer(text):
        before = text[max(0, match.start() - AROUND) : match.start()]
        after = text[match.end() : match.end() + AROUND]
        whole = match["year"] or match["short"] or match["first"]
        said = BIRTH.search(before) or BIRTH.search(after)
        if whole or said or OF_A_DAY.search(before) or TURNS.search(before):
            yield Spot(match.start(), match.end(), Kind.BIRTH)
    for match in SOON.finditer(text):
        yield Spot(match.start("day"), match.end("day"), Kind.BIRTH)


def _is_account(written: str) -> bool:
    """Whether this passes the check of an account number (ISO 13616: modulo 97)."""
    plain = written.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _plates(text: str) -> Iterator[Spot]:
    for match in PLATE.finditer(text):
        plain = match.group().replace("-", "")
        if len(plain) == LETTERS_IN_A_PLATE and not plain.isdigit() and not plain.isalpha():
            yield Spot(match.start(), match.end(), Kind.PLATE)
    for match in PLATE_SAID.finditer(text):
        yield Spot(match.start("plate"), match.end("plate"), Kind.PLATE)


def _handles(text: str) -> Iterator[Spot]:
    for match in HANDLE.finditer(text):
        yield Spot(match.start(), match.end(), Kind.HANDLE)
    for match in HANDLE_SAID.finditer(text):
        said = match["handle"]
        if not said.isalpha():  # an account has a digit, a stop or a line: else it is a word
            yield Spot(match.start("handle"), match.end("handle"), Kind.HANDLE)
