"""Word rules that find names and numbers at once, without tables and without a wait.

Every rule walks the text once. A pattern starts only where a run of its characters starts, and
every repetition is bounded, so no text makes one slow.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from smartstart.language.names.proposals import Finding, Kind
from smartstart.language.names.words import MONTHS, NUMBER_WORDS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}", re.ASCII
)
URL = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)[^\s<>\"”“’]{2,400}"
    r"|(?<![\w@./-])[A-Za-z0-9-]{2,63}\.(?:nl|com|org|be|eu|net|info)(?:/[^\s<>\"”“’]{0,300})?(?![\w-])",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w+])(?:\+|\()?\d(?:[ ()./-]{0,3}\d){8,14}(?!\d)")
DIGITS = re.compile(r"(?<![\w])\d(?:[ .-]?\d){7,8}(?!\d)")
SAYS_BSN = re.compile(
    r"(?:bsn|burgerservicenummer|sofinummer)\W{0,4}(?:is|luidt|nummer)?\W{0,4}\Z", re.IGNORECASE
)
POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3}(?: ?(?!SA|SD|SS)[A-Z]{2}|(?!sa|sd|ss)[a-z]{2})(?!\w)")
_MONTH = "|".join(sorted(MONTHS | SHORT_MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"(?<![\w.-])(?:\d{{1,2}}(?:e|ste|de)? (?:{_MONTH})\b\.?(?: (?:19|20)\d\d(?!\d))?"
    r"|\d{1,2}(?P<sign>[-/.])\d{1,2}(?P=sign)(?:\d{4}|\d\d)(?![\w])"
    r"|(?:19|20)\d\d-\d\d-\d\d(?!\w)"
    rf"|(?:{_MONTH}) (?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}(?:[,.]5)?|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
AGE = re.compile(
    rf"(?<![\w-])(?:{_NUMBER}[- ]?jarig(?:e|en)?(?!\w)"
    rf"|{_NUMBER}(?: en een half)? (?:jaar|jaartje|maanden|weken) (?:oud|jong)(?!\w)"
    rf"|(?:(?<=\bis )|(?<=\bwas )|(?<=\bben )|(?<=\bvan )|(?<=\bwordt )){_NUMBER} jaar(?!\w)"
    r"(?! (?:geleden|later|lang|ervaring|bezig|en een|daarvoor|daarna)))",
    re.IGNORECASE,
)
TRAILING = ".,;:!?)]}'"


def numbers_and_addresses(text: str) -> Iterator[Finding]:
    """Find mail and web addresses, numbers, dates, ages and postcodes."""
    for kind, pattern in (
        (Kind.MAIL, MAIL),
        (Kind.URL, URL),
        (Kind.POSTCODE, POSTCODE),
        (Kind.DATE, DATE),
        (Kind.AGE, AGE),
    ):
        for match in pattern.finditer(text):
            end = match.end()
            if kind in {Kind.MAIL, Kind.URL}:
                end = match.start() + len(match.group().rstrip(TRAILING))
            yield Finding(match.start(), end, kind)
    yield from _phones(text)
    yield from _bsns(text)


def _phones(text: str) -> Iterator[Finding]:
    for match in PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, match.group()))
        if _is_phone(digits, international=match.group().startswith("+")):
            yield Finding(match.start(), match.end(), Kind.PHONE)


def _is_phone(digits: str, *, international: bool) -> bool:
    """Whether these digits can be dialled: ten from the Netherlands, or with a country code."""
    if international or digits.startswith("00"):
        return 10 <= len(digits) <= 15
    return len(digits) == 10 and digits[0] == "0" and digits[1] != "0"


def _bsns(text: str) -> Iterator[Finding]:
    for match in DIGITS.finditer(text):
        digits = "".join(filter(str.isdigit, match.group()))
        said = SAYS_BSN.search(text, max(0, match.start() - 40), match.start())
        if said or (is_bsn(digits) and not _is_date(match.group())):
            yield Finding(match.start(), match.end(), Kind.BSN)


def is_bsn(digits: str) -> bool:
    """Whether eight or nine digits pass the eleven test of a citizen service number."""
    if len(digits) not in {8, 9} or set(digits) == {"0"}:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    padded = digits.zfill(9)
    return sum(w * int(d) for w, d in zip(weights, padded, strict=True)) % 11 == 0


def _is_date(written: str) -> bool:
    """Whether a run of eight digits with signs is a day, such as 01-02-2019 or 20190201."""
    parts = [int(part) for part in re.split(r"[ .-]", written)]
    if len(parts) == 1 and len(written) == 8:
        parts = [int(written[:4]), int(written[4:6]), int(written[6:])]
    if len(parts) != 3:
        return False
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    try:
        return 1900 <= date(year, month, day).year <= 2100
    except ValueError:
        return False
