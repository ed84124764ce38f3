"""What people do with expertise: load the list, say what a position knows, let the list learn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.consult import identity
from smartstart.consult.expertise.errors import (
    CannotBeCheckedNow,
    NoSuchExpertise,
    SaidAlready,
    SaysWhoItIs,
    TooManyOrNoWords,
)
from smartstart.consult.expertise.hours import Stretch
from smartstart.consult.expertise.taxonomy import Told, told
from smartstart.consult.models import Edition, Expertise, OpenHours, Profile, Reach, Saying
from smartstart.consult.models.expertise import LONGEST_SAYING, Language
from smartstart.people.models import Position
from smartstart.programme.models import Municipality, Vindplaats

LEAST_SAYING: Final = 5  # characters


@dataclass(frozen=True, slots=True)
class Described:
    """What a position says of itself; ``places`` are vindplaatsen, ``towns`` municipality codes."""

    expertises: Collection[str]
    about: str = ""
    languages: Sequence[str] = (Language.DUTCH.value,)
    answers_within: int = 480  # working minutes
    is_open: bool = True
    hours: Sequence[Stretch] = ()
    places: Sequence[int] = ()
    towns: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def load_expertises() -> int:
    """Bring the list of expertises up to the files; return how many rows were new or changed.

    What people taught stays; what the files no longer say stays too. Loading twice is loading once.
    Three queries when nothing changed.
    """
    there = {row.key: row for row in Expertise.objects.all()}
    changed = sum(_put(one, there.get(one.key)) for one in told())
    rows = {row.key: row.pk for row in Expertise.objects.all()}
    said = set(Saying.objects.values_list("expertise_id", "words"))
    fresh = [
        Saying(expertise_id=rows[one.key], language=language, words=words)
        for one in told()
        for language, words in one.says
        if (rows[one.key], words) not in said
    ]
    Saying.objects.bulk_create(fresh)
    if changed or fresh:
        next_edition()
    return changed + len(fresh)


def _put(one: Told, there: Expertise | None) -> bool:
    """Write one expertise of the files; return whether it was new or different."""
    row = there or Expertise(key=one.key)
    before = (row.called, row.short, row.about, row.words, row.domain)
    after = (one.called, one.short, one.about, one.words, one.domain)
    if there is not None and before == after:
        return False
    row.called, row.short, row.about, row.words, row.domain = after
    row.save()
    return True


@transaction.atomic
def describe_position(actor: Actor, position: UUID, *, as_: Described, at: datetime) -> Profile:
    """Say what a position knows, where and when; what was said before goes.

    By who occupies it, or who manages the people of its organisation. Writes the Profile with its
    hours and reach and one line in the house's ledger. Raises NotFound, NotAllowed or
    NoSuchExpertise, in that order.
    """
    found = Position.objects.select_related("organisation").filter(ref=position).first()
    if found is None:
        raise NotFound
    if actor.position != found.ref:
        require(actor, Permission.PEOPLE_MANAGE)
        if found.organisation.ref != actor.organisation:
            raise NotAllowed
    known = list(Expertise.objects.filter(key__in=as_.expertises))
    if len(known) != len(set(as_.expertises)):
        raise NoSuchExpertise
    profile = _profile(found, as_)
    profile.expertises.set(known)
    _hours_and_reach(profile, as_)
    note(actor, Deed.CHANGED, folders=[house_folder(at=at).pk], at=at, on=[found.ref])
    return profile


def _profile(position: Position, as_: Described) -> Profile:
    profile, _made = Profile.objects.update_or_create(
        position=position,
        defaults={
            "about": as_.about.strip(),
            "languages": " ".join(as_.languages),
            "answers_within": as_.answers_within,
            "is_open": as_.is_open,
            "version": next_edition(),
        },
    )
    return profile


def _hours_and_reach(profile: Profile, as_: Described) -> None:
    profile.hours.all().delete()
    profile.reaches.all().delete()
    OpenHours.objects.bulk_create(
        OpenHours(
            profile=profile,
            weekday=one.weekday,
            opens=one.opens,
            closes=one.closes,
            place_id=one.place,
            door=one.door if one.place is not None else "",
        )
        for one in as_.hours
    )
    places = Vindplaats.objects.filter(pk__in=as_.places)
    towns = Municipality.objects.filter(code__in=as_.towns)
    Reach.objects.bulk_create(
        [
            *(Reach(profile=profile, place=place) for place in places),
            *(Reach(profile=profile, municipality=town) for town in towns),
        ]
    )


def learn_saying(
    actor: Actor, expertise: str, *, words: str, language: str, at: datetime
) -> Saying:
    """Let an expertise be found by these words from now on, on a person's yes.

    From a question that was answered or passed on, written anew by who answered: the words are
    kept for ever, so the whole identity check must have looked at them and found nothing. It looks
    before the transaction: nobody waits for the helper with the one lock in hand. Writes one Saying
    and one line in the house's ledger. Raises NoSuchExpertise, NotAllowed, TooManyOrNoWords,
    SaysWhoItIs, CannotBeCheckedNow or SaidAlready, in that order.
    """
    found = Expertise.objects.visible_to(actor, on=day_of(at)).filter(key=expertise).first()
    if found is None:
        raise NoSuchExpertise
    require(actor, Permission.TERM_WRITE)
    if actor.position is None:
        raise NotAllowed
    said = " ".join(words.split())
    if not LEAST_SAYING <= len(said) <= LONGEST_SAYING or language not in Language.values:
        raise TooManyOrNoWords
    _need_nobody_in(said)
    return _keep_saying(actor, found, said, language, at=at)


@transaction.atomic
def _keep_saying(
    actor: Actor, expertise: Expertise, said: str, language: str, *, at: datetime
) -> Saying:
    if Saying.objects.filter(expertise=expertise, words=said).exists():
        raise SaidAlready
    told = {"language": language, "words": said, "learned_by": actor.position}
    saying = Saying.objects.create(expertise=expertise, learned=True, **told)
    next_edition()
    note(actor, Deed.MADE, folders=[house_folder(at=at).pk], at=at, why=expertise.key)
    return saying


def _need_nobody_in(words: str) -> None:
    checked = identity.check(words)
    if checked.found:
        raise SaysWhoItIs
    if checked.by_rules_only:
        raise CannotBeCheckedNow


@transaction.atomic
def forget_saying(actor: Actor, saying_id: int, *, at: datetime) -> None:
    """Take away words that were learned; what the files say stays.

    Removes one Saying and writes one line in the house's ledger. Raises NotFound or NotAllowed.
    """
    learned = Saying.objects.visible_to(actor, on=day_of(at)).filter(learned=True)
    saying = learned.one(saying_id, lock=True)
    require(actor, Permission.TERM_WRITE)
    saying.delete()
    next_edition()
    note(actor, Deed.REMOVED, folders=[house_folder(at=at).pk], at=at)


def next_edition() -> int:
    """Say that what is ranked changed, inside the caller's transaction; return the new number.

    The row stays locked until the transaction ends, so editions become visible in their order.
    """
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)
    return Edition.objects.values_list("number", flat=True).get(pk=1)
