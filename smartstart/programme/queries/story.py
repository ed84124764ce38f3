"""One pilot's whole story in two statements: the pilot, and everything that belongs to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from smartstart.access.actor import Actor
from smartstart.access.written import written
from smartstart.base.often import asked_often
from smartstart.base.refusals import NotFound
from smartstart.language.queries import with_edition
from smartstart.programme import rules
from smartstart.programme.choices import BEFORE_IT_IS_A_PILOT, RequestState, Side
from smartstart.programme.models import Pilot
from smartstart.programme.queries.cards import with_stand

Stood = rules.Stood


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the question; the last one holds now."""

    text: str
    since: date
    changed_by: str
    told: str
    finding: UUID | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of evidence that stands."""

    item: str
    given_on: date
    note: str

    @property
    def words(self) -> str:
        """What it is, as a text of the catalogue; empty when the list has it no more."""
        item = rules.BY_SLUG.get(self.item)
        return item.words if item else ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """A published decision and the one person who takes it up."""

    what: str
    due_on: date
    decided_on: date | None
    outcome: str
    holder: str
    face: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Figures that were asked for; ``days`` is how long the answer took, or takes."""

    what: str
    asked_of: str
    asked_on: date
    state: RequestState
    ground: str
    days: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is known, or not."""

    value: str
    words: str
    low: str
    high: str
    sure: str
    source: str
    year: int | None
    why_unknown: str


@dataclass(frozen=True, slots=True)
class Took:
    """How many people of one side took part."""

    side: str
    people: int
    heard_back: int
    rest_hears_by: date | None


@dataclass(slots=True)
class Story:
    """All that the page of a pilot shows, oldest first in every list."""

    pilot: Pilot
    halves: int
    questions: list[Wording] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    history: list[rules.Stood] = field(default_factory=list)
    deviation: rules.Explained | None = None
    decisions: list[Deciding] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    took_part: list[Took] = field(default_factory=list)

    @property
    def stand(self) -> int | float:
        """The stand from 0 to 5 as it is shown."""
        return rules.as_stand(self.halves)

    @property
    def stand_words(self) -> str:
        """What the stand means, as a text of the catalogue."""
        return rules.STAND_WORDS[self.halves]

    @property
    def question(self) -> str:
        """The question that holds now."""
        return self.questions[-1].text if self.questions else ""

    @property
    def lacking(self) -> list[rules.Item]:
        """What stands between this pilot and its next half step."""
        return rules.lacking_for_next({mark.item for mark in self.marks})


def as_stand(halves: int) -> int | float:
    """Return a stand from 0 to 5: a whole number where it is one. No query."""
    return rules.as_stand(halves)


def stands() -> list[tuple[int, int | float, str]]:
    """Return every stand: half steps, 0 to 5, and what it means as a text of the catalogue."""
    return [
        (halves, rules.as_stand(halves), words) for halves, words in enumerate(rules.STAND_WORDS)
    ]


def evidence_called(slug: str) -> rules.Item:
    """Return an item of the checklist. No query. Raises NotFound."""
    if slug not in rules.BY_SLUG:
        raise NotFound
    return rules.BY_SLUG[slug]


def pilot_shown(actor: Actor, slug: str, *, on: date) -> Pilot:
    """Return a pilot by its address, with place, folder, ``shown`` stand and ``words_edition``.

    One query.

    Raises NotFound.
    """
    found: list[Pilot] = written(_shown, actor, slug=slug, on=on)
    if not found:
        raise NotFound
    return found[0]


def _shown(actor: Actor, *, slug: str, on: date) -> QuerySet[Pilot]:
    pilots = Pilot.objects.visible_to(actor, on=on).filter(slug=slug)
    rows = with_stand(pilots.exclude(state__in=BEFORE_IT_IS_A_PILOT), on=on)
    return with_edition(rows.select_related("vindplaats__municipality", "region", "folder"))


_DECISION_AND_HOLDER: Final = (
    "programme_decision JOIN (SELECT id AS who, shown_as, face FROM people_account) AS person"
    " ON who = holder_id"
)
# Per part: the table, its columns, and what besides the pilot must hold.
_PARTS: Final[dict[str, tuple[str, tuple[str, ...], str]]] = {
    "question": (
        "programme_questionversion",
        ("number", "text", "since", "changed_by", "told", "finding"),
        "",
    ),
    "mark": ("programme_evidencemark", ("item", "given_on", "note"), "taken_back_on IS NULL"),
    "change": ("programme_standchange", ("on", "id", "halves", "told"), ""),
    "deviation": (
        "programme_deviation",
        ("from_day", "id", "halves", "until", "ended_on", "reason"),
        "",
    ),
    "decision": (
        _DECISION_AND_HOLDER,
        ("due_on", "what", "decided_on", "outcome", "shown_as", "face"),
        "is_public",
    ),
    "request": (
        "programme_datarequest",
        ("asked_on", "what", "asked_of", "state", "answered_on", "ground"),
        "",
    ),
    "figure": (
        "programme_pilotfigure",
        ("place", "value", "words", "low", "high", "sure", "source", "year", "why_unknown"),
        "",
    ),
    "took": ("programme_tookpart", ("side", "people", "heard_back", "rest_hears_by"), ""),
}


@cache
def _statement() -> str:
    """Return the one statement; each line is a part's name and its columns as JSON text."""
    quote = connection.ops.quote_name
    build = "json_build_object" if connection.vendor == "postgresql" else "json_object"
    selects = []
    for name, (table, columns, besides) in _PARTS.items():
        pairs = ", ".join(f"'{column}', {quote(column)}" for column in columns)
        and_also = f" AND {besides}" if besides else ""
        selects.append(
            f"SELECT '{name}', CAST({build}({pairs}) AS text)"  # noqa: S608 - only names from above
            f" FROM {table} WHERE pilot_id = %s{and_also}"
        )
    return " UNION ALL ".join(selects)


def story_of(pilot: Pilot, *, on: date) -> Story:
    """Return everything the page of a pilot shows. One query, however long the story.

    ``pilot`` comes from ``pilot_shown``: whoever may know the pilot may read its published parts.
    """
    with asked_often() as cursor:
        cursor.execute(_statement(), [pilot.pk] * len(_PARTS))
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _PARTS}
        for name, columns in cursor.fetchall():
            rows[name].append(json.loads(columns))
    for name, (_table, columns, _besides) in _PARTS.items():
        rows[name].sort(key=itemgetter(*columns[:2]))
    return _told(pilot, rows, on=on)


def _told(pilot: Pilot, rows: dict[str, list[dict[str, Any]]], *, on: date) -> Story:
    deviations = [
        rules.Explained(
            row["halves"],
            date.fromisoformat(row["from_day"]),
            date.fromisoformat(row["until"]),
            _day(row["ended_on"]),
            row["reason"],
        )
        for row in rows["deviation"]
    ]
    changes = [
        rules.Stood(date.fromisoformat(row["on"]), row["halves"], row["told"])
        for row in rows["change"]
    ]
    return Story(
        pilot=pilot,
        halves=rules.shown_halves(pilot.computed_halves, deviations, on=on),
        questions=[_wording(row) for row in rows["question"]],
        marks=[
            Mark(row["item"], date.fromisoformat(row["given_on"]), row["note"])
            for row in rows["mark"]
        ],
        history=rules.told_history(changes, deviations, on=on),
        deviation=next((one for one in deviations if one.holds(on)), None),
        decisions=[_deciding(row) for row in rows["decision"]],
        requests=[_asked(row, on=on) for row in rows["request"]],
        figures=[
            Figure(**{key: value for key, value in row.items() if key != "place"})
            for row in rows["figure"]
        ],
        took_part=[
            Took(row["side"], row["people"], row["heard_back"], _day(row["rest_hears_by"]))
            for row in sorted(rows["took"], key=lambda row: Side.values.index(row["side"]))
        ],
    )


def _wording(row: dict[str, Any]) -> Wording:
    finding = UUID(row["finding"]) if row["finding"] else None
    since = date.fromisoformat(row["since"])
    return Wording(row["text"], since, row["changed_by"], row["told"], finding)


def _deciding(row: dict[str, Any]) -> Deciding:
    return Deciding(
        what=row["what"],
        due_on=date.fromisoformat(row["due_on"]),
        decided_on=_day(row["decided_on"]),
        outcome=row["outcome"],
        holder=row["shown_as"],
        face=row["face"],
    )


def _asked(row: dict[str, Any], *, on: date) -> Asked:
    asked_on = date.fromisoformat(row["asked_on"])
    days = rules.days_waited(asked_on, _day(row["answered_on"]), today=on)
    state = RequestState(row["state"])
    return Asked(row["what"], row["asked_of"], asked_on, state, row["ground"], days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
