"""What a process keeps in memory to rank at once, and how that stays fresh.

Each question asks one row: which edition. When it grew, only the profiles of later editions are
read again, and the taxonomy when its texts differ. Nothing of a question is kept here.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import Final
from uuid import UUID

from smartstart.consult.expertise import words
from smartstart.consult.expertise.hours import Stretch
from smartstart.consult.expertise.ranking import Candidate
from smartstart.consult.expertise.scoring import Known, Scorer, gathered
from smartstart.consult.models import Edition, Expertise, OpenHours, Profile, Reach, Saying
from smartstart.consult.models.expertise import ForEverybody

THROUGH: Final = Profile.expertises.through


class OwnWords:
    """Which positions say something of themselves that a question says too."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._held: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, frozenset[str]] = {}

    def put(self, key: str, text: str) -> None:
        """Let this text stand for this key; an empty text forgets it."""
        stems = frozenset(words.stems(text, keep=True))
        with self._one_at_a_time:
            for stem in self._stems.pop(key, frozenset()):
                self._held[stem].discard(key)
            if stems:
                self._stems[key] = stems
            for stem in stems:
                self._held[stem].add(key)

    def scores(self, text: str) -> dict[str, float]:
        """Return from 0 to 1 for each key that shares a word: the rarer the word, the more."""
        found: dict[str, float] = defaultdict(float)
        asked = set(words.stems(text))
        with self._one_at_a_time:
            for stem in asked:
                keys = self._held.get(stem, set())
                weight = log(1 + len(self._stems) / len(keys)) if keys else 0.0
                for key in keys:
                    found[key] += weight
        most = max(found.values(), default=1.0)
        return {key: one / most for key, one in found.items()}


@dataclass
class Memory:
    """Everything that ranking needs, of one edition of one database."""

    ref: UUID | None = None
    number: int = -1
    texts: tuple[Known, ...] = ()
    scorer: Scorer = field(default_factory=lambda: Scorer([]))
    shorts: dict[str, str] = field(default_factory=dict)
    by_position: dict[int, Candidate] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    own: OwnWords = field(default_factory=OwnWords)

    @property
    def stamp(self) -> str:
        """Which edition of which database, as the language helper is told."""
        return f"{self.ref}:{self.number}"


_memory = Memory()
_one_at_a_time = threading.Lock()


def up_to_date() -> Memory:
    """Return what is known, as new as the database. One query when nothing changed."""
    global _memory  # what a process knows by heart, one for all its threads
    now = Edition.objects.filter(pk=1).values_list("ref", "number").first() or (None, 0)
    if now == (_memory.ref, _memory.number):
        return _memory
    with _one_at_a_time:
        older = _memory if (_memory.ref == now[0] and _memory.number < now[1]) else Memory()
        _memory = _newer(older, *now)
    return _memory


def _newer(older: Memory, ref: UUID | None, number: int) -> Memory:
    """Return the memory of this edition; the older one stays whole for who still reads it."""
    made = Memory(ref, number, older.texts, older.scorer, older.shorts, own=older.own)
    texts = tuple(_texts())
    if texts != older.texts:
        made.texts, made.scorer = texts, Scorer(texts)
    made.shorts = dict(Expertise.objects.values_list("key", "short"))
    made.by_position = dict(older.by_position)
    for position, candidate in _changed_since(older.number).items():
        made.by_position.pop(position, None)
        if candidate is not None:
            made.by_position[position] = candidate
        made.own.put(str(position), candidate.text if candidate else "")
    made.candidates = list(made.by_position.values())
    return made


def sayings_by_key() -> dict[str, list[str]]:
    """Return what each expertise is and every everyday way to say it. Two queries."""
    says: dict[str, list[str]] = defaultdict(list)
    for key, about in Expertise.objects.order_by("key").values_list("key", "about"):
        says[key].append(about)
    rows = Saying.objects.order_by("pk").values_list("expertise__key", "words")
    for key, said in rows:
        says[key].append(said)
    return says


def _texts() -> list[Known]:
    says: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, language, said in Saying.objects.order_by("pk").values_list(
        "expertise__key", "language", "words"
    ):
        says[key].append((language, said))
    rows = Expertise.objects.order_by("key")
    told = rows.values_list("key", "about", "called", "short", "words")
    return [gathered(key, texts, says[key]) for key, *texts in told]


def _changed_since(number: int) -> dict[int, Candidate | None]:
    """Return by position what changed after an edition; None: takes no questions any more."""
    changed = Profile.objects.filter(version__gt=number)
    knows, hours = defaultdict(list), defaultdict(list)
    sits: dict[int, set[int]] = defaultdict(set)
    for profile, key in THROUGH.objects.filter(profile__in=changed).values_list(
        "profile_id", "expertise__key"
    ):
        knows[profile].append(key)
    rows = OpenHours.objects.filter(profile__in=changed)
    told = rows.values_list("profile_id", "weekday", "opens", "closes", "place_id")
    for profile, day, opens, closes, place in told:
        hours[profile].append(Stretch(day, opens, closes))
        if place is not None:  # who has hours at a place is near there, whatever else is told
            sits[profile].add(place)
    places, towns = _reaches(changed)
    found: dict[int, Candidate | None] = {}
    for row in changed.select_related("position__organisation"):
        own_town = row.position.organisation.municipality_code
        reach = towns.get(row.pk) or ({own_town} if own_town and row.pk not in places else set())
        found[row.position_id] = None if not row.is_open else Candidate(
            position=row.position_id,
            key=str(row.position_id),
            expertises=tuple(sorted(knows[row.pk])),
            organisation=row.position.organisation_id,
            places=frozenset(places.get(row.pk, set()) | sits.get(row.pk, set())),
            towns=frozenset(reach),
            stretches=tuple(sorted(hours[row.pk])),
            languages=frozenset(row.languages.split()),
            text=row.about,
        )  # fmt: skip
    return found


def _reaches(
    changed: ForEverybody[Profile],
) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    places: dict[int, set[int]] = defaultdict(set)
    towns: dict[int, set[str]] = defaultdict(set)
    here = Reach.objects.filter(profile__in=changed, municipality=None)
    for profile, place in here.values_list("profile_id", "place_id"):
        places[profile].add(place)
    around = Reach.objects.filter(profile__in=changed, place=None)
    for profile, code in around.values_list("profile_id", "municipality__code"):
        towns[profile].add(code)
    return places, towns
