"""Look at a question for what tells who it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from smartstart.consult.expertise.languages import DUTCH, SMALL_WORDS, language_of
from smartstart.consult.identity.addresses import addressed
from smartstart.consult.identity.combinations import combined
from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.consult.identity.naming import KNOWN, is_town, named, schooled
from smartstart.consult.identity.patterns import patterned
from smartstart.consult.identity.small_letters import in_small_letters
from smartstart.consult.identity.spelled import spelled
from smartstart.consult.identity.wording import Worded, worded
from smartstart.language import client
from smartstart.language.names import proposals as names
from smartstart.language.names.people import KnownPhrases
from smartstart.language.names.proposals import WORD
from smartstart.language.names.rules import found_by_rules

HELPER_SECONDS: Final = 1.0  # longer nobody waits: then the rules alone, and the page says so
KINDS: Final = {
    names.Kind.PERSON: Kind.NAME,
    names.Kind.SCHOOL: Kind.SCHOOL,
    names.Kind.NEIGHBOURHOOD: Kind.NEIGHBOURHOOD,
    names.Kind.STREET: Kind.ADDRESS,
    names.Kind.POSTCODE: Kind.POSTCODE,
    names.Kind.PHONE: Kind.PHONE,
    names.Kind.MAIL: Kind.MAIL,
    names.Kind.BSN: Kind.BSN,
    names.Kind.NUMBER: Kind.NUMBER,
    names.Kind.URL: Kind.WEB,
}
# Which wins where two overlap: what is surer first.
SURER: Final = (
    Kind.MAIL, Kind.ACCOUNT, Kind.BSN, Kind.PHONE, Kind.PLATE, Kind.HANDLE, Kind.POSTCODE,
    Kind.BIRTH, Kind.ADDRESS, Kind.SCHOOL, Kind.NAME, Kind.COMBINATION, Kind.NEIGHBOURHOOD,
    Kind.WEB, Kind.NUMBER,
)  # fmt: skip

CERTAIN: Final = frozenset({Kind.MAIL, Kind.ACCOUNT, Kind.BSN, Kind.PHONE, Kind.PLATE})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the question, what it seems to be, and what could stand there instead."""

    start: int
    end: int
    kind: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in the order of the text, never overlapping.

    ``by_rules_only``: the name tables did not take part, so names may be missed; the page says so.
    ``only_dutch``: it is in another language, and only Dutch names are known; the page says so.
    """

    found: list[Found]
    by_rules_only: bool
    only_dutch: bool = False


def check(words: str, *, place_told: bool = False) -> Checked:
    """Find what in these words may tell who it is about. Keeps nothing; never fails.

    ``place_told``: who reads the words also reads at which school or place it was asked.
    With the language helper 20 ms for 2,000 characters, without it half of that.
    """
    told = client.propose(words, socket_path=settings.LANGUAGE_SOCKET, timeout=HELPER_SECONDS)
    # The rules again: a table may take "5038 AB Tilburg" for a town.
    both: list[names.Proposal | names.Finding] = [*told.items, *found_by_rules(words)]
    spots = [Spot(one.start, one.end, KINDS[one.kind]) for one in both if one.kind in KINDS]
    language = language_of(words)
    spots = [*_names_only(words, spots), *patterned(words), *addressed(words), *named(words)]
    spots += [*schooled(words), *in_small_letters(words), *spelled(words)]
    spots = [one for one in spots if not _is_small(words, one, language)]
    named_place = any(spot.kind in {Kind.SCHOOL, Kind.NEIGHBOURHOOD} for spot in spots)
    spots += combined(words, named_place=named_place or place_told)
    apart = _apart(worded(words, spot) for spot in _merged(spots))
    found = [Found(one.start, one.end, one.kind.value, one.proposal) for one in apart]
    return Checked(found, told.by == "rules", only_dutch=language != DUTCH)


def tells_for_certain(words: str) -> bool:
    """Whether a number or address of somebody stands in these words, by its own form: no guess."""
    by_rules = [KINDS[one.kind] for one in found_by_rules(words) if one.kind in KINDS]
    own = (spot.kind for spot in (*patterned(words), *spelled(words)))
    return not CERTAIN.isdisjoint([*by_rules, *own])


def _is_small(words: str, spot: Spot, language: str) -> bool:
    """Whether this is a small word of another language: "My" is a name in Dutch only."""
    small = SMALL_WORDS.get(language, frozenset()) if language != DUTCH else frozenset[str]()
    return spot.kind is Kind.NAME and words[spot.start : spot.end].casefold() in small


def _names_only(words: str, spots: Iterable[Spot]) -> Iterator[Spot]:
    """Yield stretches without what is known as something else: "Pool", "Bel Veilig Thuis"."""
    phrases = KnownPhrases(words)
    for spot in spots:
        if spot.kind is not Kind.NAME:
            yield spot
            continue
        parts = [
            (spot.start + match.start(), spot.start + match.end())
            for match in WORD.finditer(words[spot.start : spot.end])
        ]
        kept = [part for part in parts if not _is_known(words, part, phrases)]
        if not kept or is_town(words[kept[0][0] : kept[-1][1]]):
            continue
        is_whole = len(kept) == len(parts)
        yield spot if is_whole else Spot(kept[0][0], kept[-1][1], Kind.NAME)


def _is_known(words: str, part: tuple[int, int], phrases: KnownPhrases) -> bool:
    return words[part[0] : part[1]].casefold() in KNOWN or phrases.cover(*part)


def _merged(spots: Iterable[Spot]) -> list[Spot]:
    """Return stretches that do not overlap, in order: of two that do one, as long as both."""
    made: list[Spot] = []
    for spot in sorted(spots):
        if made and spot.start < made[-1].end:
            last = made.pop()
            kind = min(last.kind, spot.kind, key=SURER.index)
            made.append(Spot(last.start, max(last.end, spot.end), kind))
        else:
            made.append(spot)
    return made


def _apart(found: Iterable[Worded]) -> list[Worded]:
    """Return wordings that do not overlap: one that grew over its neighbour stops before it."""
    made: list[Worded] = []
    for one in found:
        if made and one.start < made[-1].end:
            one = Worded(made[-1].end, one.end, one.kind, one.proposal)
        made.append(one)
    return made
