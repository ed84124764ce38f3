"""Streets with a house number, and postcodes in small letters, that other rules leave. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.consult.identity.naming import KNOWN
from smartstart.language.names.words import COMMON, SCHOOL_WORDS

_PART: Final = r"(?:[A-ZÀ-Þ][\w'.-]*|van|de|den|der|het|'t|ten|ter)"
NUMBER: Final = r"\d{1,4}(?: ?(?:bis|[a-h])(?!\w))?(?:-\d{1,4})?(?!\w)(?![.,:/-]\d)"
CAPITALS: Final = re.compile(
    rf"(?<![\w@.-])(?P<street>{_PART}(?: {_PART}){{0,5}}) (?P<number>{NUMBER})"
)
SMALL: Final = re.compile(
    r"(?<![\w@.-])(?P<street>[a-z]{2,24}(?:straat|laan|weg|plein|dreef|steeg|singel|gracht|kade|dijk"
    r"|plantsoen|pad|hof|park|markt|baan|ring|haven|wal|kant|akker|veld|hoef|oord|berg|burg|donk))"
    rf" (?P<number>{NUMBER})"
)
LIVES: Final = re.compile(
    r"\b(?:woon\w*|wonen|adres|ingeschreven|slaap\w*|logeer\w*|aan|op|uit|achter|bij|naast|naar"
    r"|langs|van)(?: de| het)?:? \Z",
    re.IGNORECASE,
)
LIVES_THERE: Final = re.compile(
    r"\b(?:woon\w*|wonen|adres|ingeschreven|logeer\w*)(?: \w+){0,2}:? \Z", re.IGNORECASE
)
_OTHER_THINGS: Final = """
    groep klas havo vwo vmbo mavo mbo artikel bladzijde blz pagina hoofdstuk team route
    versie windows kamer lokaal fase deel stap nummer bus lijn lid ruim ongeveer
    bijna circa playstation
    """
NO_STREET: Final = KNOWN | SCHOOL_WORDS | frozenset(_OTHER_THINGS.split())
BEFORE: Final = 40  # characters that are looked at
THINGS: Final = re.compile(
    r" (?:jaar|jarig\w*|uur|euro|keer|maal|weken|week|dagen|dag|maanden|maand|minuten|procent|%"
    r"|kinderen|leerlingen|mensen|kilo|kilometer|meter|jongens|meisjes|kramen|stuks)",
    re.IGNORECASE,
)
POSTCODE: Final = re.compile(r"(?<![\w.,])[1-9]\d{3} ?(?P<letters>[a-zA-Z]{2})(?!\w)")
_WORDS_OF_TWO: Final = (
    "op in en is je ik we of al er te om zo nu ze uw bv za ma di wo do vr km cm kg ml"
)
WORDS_OF_TWO: Final = frozenset(_WORDS_OF_TWO.split())
SAYS_WHERE: Final = re.compile(r"\b(?:postcode|adres|in|woon\w*|wonen)(?: is)?:? \Z", re.IGNORECASE)


def addressed(text: str) -> Iterator[Spot]:
    """Find streets with their number, and postcodes."""
    for match in CAPITALS.finditer(text):
        start = _street_starts(text, match)
        if start is not None:
            yield Spot(start, match.end(), Kind.ADDRESS)
    for match in SMALL.finditer(text):
        before = _before(text, match.start())
        if (LIVES_THERE.search(before) or LIVES.search(before)) and not THINGS.match(
            text, match.end()
        ):
            yield Spot(match.start(), match.end(), Kind.ADDRESS)
    for match in POSTCODE.finditer(text):
        letters = match["letters"]
        sure = letters.isupper() or SAYS_WHERE.search(_before(text, match.start()))
        if sure and letters.casefold() not in WORDS_OF_TWO:
            yield Spot(match.start(), match.end(), Kind.POSTCODE)


def _before(text: str, start: int) -> str:
    return text[max(0, start - BEFORE) : start]


def _street_starts(text: str, match: re.Match[str]) -> int | None:
    """Return where the street begins; None when this is no street at all."""
    parts = match["street"].split()
    if THINGS.match(text, match.end()) or parts[-1].casefold() in NO_STREET:
        return None
    named = [part for part in parts if part[0].isupper()]
    if not named or all(part.casefold() in COMMON for part in named[-1:]):
        return None
    if not LIVES.search(_before(text, match.start())):
        return None
    return match.start()
