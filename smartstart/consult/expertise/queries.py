"""What pages ask: which three functions may know, and what expertise there is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.consult.expertise import hours, known, ranking
from smartstart.consult.expertise.languages import language_of
from smartstart.consult.expertise.scoring import Scorer
from smartstart.consult.models import Expertise, Team
from smartstart.language import meaning
from smartstart.people.models import Organisation, Position
from smartstart.programme.models import Pilot

MOST: Final = 3
EXPERTISES: Final = "expertises"
POSITIONS: Final = "positions"
MEANING_SECONDS: Final = 0.5  # longer nobody waits for the helper: then by words
DUTCH: Final = "nl"
LEAST_MEANING: Final = 0.4  # less near, and no word known: then nothing fits
WELL: Final = 0.6  # fits less well beside the best there is: then it is no reason
TOLD_OF: Final = 3  # things that a function knows, where none of them is the reason


@dataclass(frozen=True, slots=True)
class Match:
    """One function that may know, as the asker sees it; ``why`` is one plain sentence or two.

    ``is_sure``: the words of the question clearly ask for what it knows; else it is a guess.
    """

    position_ref: UUID
    function: str
    organisation: str
    hours: str
    phone: str
    why: str
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class ExpertiseLine:
    """One expertise, as somebody chooses it for a profile or for words that were learned."""

    key: str
    called: str
    about: str
    domain: str


def best_three(
    words: str,
    *,
    language: str,
    near: UUID | None,
    at: datetime,
    without: Collection[UUID] = (),
) -> list[Match]:
    """Return at most three functions for a question, the best first; written down nowhere.

    ``language``: of the page; in which the question is written is seen from its words. ``near``:
    the reference of a pilot or of an organisation. ``without``: positions that have a part in it
    already; another one comes in their place. At most six queries. With the language helper
    the meaning counts too, without it the words alone. When neither is known nobody is guessed: the
    one proposed is who looks after questions there, and ``why`` says so. That one comes first too
    when it is clear what the question asks for and nobody here knows that.
    """
    memory = known.up_to_date()
    near_words = meaning.near(
        words,
        [EXPERTISES, POSITIONS],
        socket_path=settings.LANGUAGE_SOCKET,
        timeout=MEANING_SECONDS,
    )
    written = language_of(words)
    by_meaning = (near_words.near.get(EXPERTISES) if near_words else None) or None
    by_own = memory.own.scores(words)
    if not by_own and _nothing_fits(memory.scorer, words, written, by_meaning):
        return _who_looks_after(place_of(near), _("We do not know yet who fits this."))
    never = _not_to_ask(without)
    chosen = ranking.best(
        memory.candidates,
        memory.scorer.scores(words, language=written, meaning=by_meaning),
        own=_own(by_own, near_words.near.get(POSITIONS) if near_words else None),
        near=place_of(near),
        language=language if written == DUTCH else written,
        at=at,
        most=MOST,
        never=never,
    )
    clear = memory.scorer.stands_out(words, language=written)
    found = _matches(chosen, memory.shorts, clear=clear)
    empty = {one for one, ref in never.items() if ref not in without}
    nobody = _nobody_knows(memory, clear, chosen, empty, by_own=bool(by_own))
    if not nobody:
        return found
    first = _who_looks_after(place_of(near), nobody)
    others = [one for one in found if one.position_ref not in {two.position_ref for two in first}]
    return [*first, *others][:MOST]


def _nobody_knows(
    memory: known.Memory,
    clear: str | None,
    chosen: Sequence[ranking.Chosen],
    never: Collection[int],
    *,
    by_own: bool,
) -> str:
    """Return the sentence that nobody here knows it, or "".

    Either it is clear what the question asks for and nobody who can be asked says to know that, or
    it is not clear and what comes nearest fits badly.
    """
    if clear is None:
        is_near = by_own or any(one.fits >= WELL for one in chosen)
        return "" if is_near else _("We do not know yet who fits this.")
    if any(clear in one.expertises for one in memory.candidates if one.position not in never):
        return ""
    return _("Is it about %(what)s? Nobody here says they know much of that.") % {
        "what": memory.shorts[clear]
    }


def expertises(actor: Actor, *, today: date) -> list[ExpertiseLine]:
    """List every expertise by field and name. One query."""
    rows = Expertise.objects.visible_to(actor, on=today).order_by("domain", "called")
    return [ExpertiseLine(row.key, row.called, row.about, row.domain) for row in rows]


def place_of(near: UUID | None) -> ranking.Place:
    """Return what is known of where a question comes from. Two queries at most."""
    if near is None:
        return ranking.NOWHERE
    here = Pilot.objects.filter(ref=near).values_list(
        "vindplaats_id", "vindplaats__municipality__code"
    )
    for place, town in here:
        return ranking.Place(place=place, town=town)
    mine = Organisation.objects.filter(ref=near).values_list("pk", "municipality_code")
    for organisation, town in mine:
        return ranking.Place(organisation=organisation, town=town or None)
    return ranking.NOWHERE


def _nothing_fits(
    scorer: Scorer, words: str, written: str, by_meaning: Mapping[str, float] | None
) -> bool:
    """Whether no word of a question is known and no meaning is near."""
    if max((by_meaning or {}).values(), default=0.0) >= LEAST_MEANING:
        return False
    return not any(scorer.scores(words, language=written, meaning=None).values())


def _who_looks_after(near: ranking.Place, told: str) -> list[Match]:
    """Return who looks after the questions of a place, if somebody does. One query.

    ``told`` is the sentence that says why it is nobody else.
    """
    here = Q(place=near.place) if near.place is not None else Q(is_for_the_rest=True)
    teams = Team.objects.filter(here | Q(is_for_the_rest=True), coordinator__occupant__isnull=False)
    ordered = teams.select_related("coordinator__organisation").order_by("is_for_the_rest")
    return [
        Match(
            position_ref=one.coordinator.ref,
            function=one.coordinator.called,
            organisation=one.coordinator.organisation.name,
            hours=hours.said([]),
            phone=one.coordinator.phone,
            why=_("%(told)s This person finds out with you.") % {"told": told},
            is_sure=True,
        )
        for one in ordered[:1]
    ]


def _own(by_words: Mapping[str, float], by_meaning: Mapping[str, float] | None) -> dict[str, float]:
    """Return how well what a position says of itself fits: the better of words and meaning."""
    found = dict(by_words)
    for key, one in (by_meaning or {}).items():
        found[key] = max(found.get(key, 0.0), one)
    return found


def _not_to_ask(without: Collection[UUID]) -> dict[int, UUID]:
    """Return these and all that nobody occupies: a question would wait for nobody. One query."""
    empty = Q(profile__is_open=True, occupant=None)
    rows = Position.objects.filter(empty | Q(ref__in=without))
    return dict(rows.values_list("pk", "ref"))


def _matches(
    chosen: Sequence[ranking.Chosen], shorts: Mapping[str, str], *, clear: str | None
) -> list[Match]:
    wanted = [one.candidate.position for one in chosen]
    rows = Position.objects.select_related("organisation").in_bulk(wanted)
    return [
        Match(
            position_ref=rows[one.candidate.position].ref,
            function=rows[one.candidate.position].called,
            organisation=rows[one.candidate.position].organisation.name,
            hours=hours.said(one.candidate.stretches),
            phone=rows[one.candidate.position].phone,
            why=_why(one, shorts),
            is_sure=one.expertise is not None and one.expertise == clear,
        )
        for one in chosen
        if one.candidate.position in rows
    ]


def _why(one: ranking.Chosen, shorts: Mapping[str, str]) -> str:
    """Say in plain words why: "Weet veel van schulden. Op dinsdag en donderdag.".

    What hardly fits is no reason: then what the function knows is told, and the asker judges.
    """
    days = _("On %(days)s.") % {"days": hours.days_said(one.candidate.stretches)}
    if one.expertise is not None and one.fits >= WELL:
        told = _("Knows much about %(what)s.") % {"what": shorts[one.expertise]}
        return f"{told} {days}"
    known = [shorts[key] for key in one.candidate.expertises if key in shorts][:TOLD_OF]
    if not known:
        return _("Works near you. %(days)s") % {"days": days}
    told = _("Knows about other things: %(what)s.") % {"what": "; ".join(known)}
    return f"{told} {days}"
