"""Lists of names as ``deduce`` brings them, read without loading it; a tenth of a second, once."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

NAMES: Final = "data/lookup/src/names"
KNOWN: Final = "data/lookup/src/whitelist"
PLACES: Final = "data/lookup/src/locations/lst_placename"


def _lines(*parts: str) -> frozenset[str]:
    found = find_spec("deduce")
    if found is None or not found.submodule_search_locations:
        return frozenset()
    path = Path(found.submodule_search_locations[0]).joinpath(*parts)
    return frozenset(path.read_text(encoding="utf-8").split("\n")) - {""}


@cache
def first_names() -> frozenset[str]:
    """Return first names with a capital, without those that are nearly always a word."""
    names = _lines(NAMES, "lst_first_name", "items.txt")
    return names - _lines(NAMES, "lst_first_name", "exceptions.txt")


@cache
def surnames() -> frozenset[str]:
    """Return surnames with a capital, without those that are nearly always a word."""
    return _lines(NAMES, "lst_surname", "items.txt") - _lines(
        NAMES, "lst_surname", "exceptions.txt"
    )


@cache
def surnames_behind_a_particle() -> frozenset[str]:
    """Return what can stand behind "van", "de" or "ten" in a surname."""
    return _lines(NAMES, "lst_interfix_surname", "items.txt")


@cache
def words() -> frozenset[str]:
    """Return words in small letters that are no names: the lists of deduce and our own."""
    found = _lines(KNOWN, "lst_common_word", "items.txt") | _lines(
        KNOWN, "lst_stop_word", "items.txt"
    )
    return frozenset(word.casefold() for word in found)


@cache
def towns() -> frozenset[str]:
    """Return towns, villages, municipalities, regions and provinces as they are written."""
    return frozenset({"Den Bosch", "Den Haag"}).union(
        *(
            _lines(PLACES, name, "items.txt")
            for name in ("lst_residence", "lst_municipality", "lst_region", "lst_province")
        )
    )
