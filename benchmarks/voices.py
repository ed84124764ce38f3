"""Voices: opening a long text, saving a coding, exporting, each beside what the machine costs.

Promises: a text of 300,000 characters with 1,000 codings below 300 ms; saving a coding, with the
consent looked at and the ledger line, p50 at most 10 ms and p95 at most 20 ms; an export of 1,000
fragments at most 150 ms. Floors: unsealing the same bytes; one committed row; joining the words.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.models import Folder, FolderKind, put_all
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.sealing import Place, seal, unseal
from smartstart.people.models import Account, Hat
from smartstart.programme.choices import State, VindplaatsKind
from smartstart.programme.models import Municipality, Pilot, Region, Vindplaats
from smartstart.voices import (
    export,
    operations,
    operations_codebook,
    operations_coding,
    operations_text,
    queries,
)
from smartstart.voices.models import Code, Coding, CodingRound, Transcript
from smartstart.voices.states import Layer

CHARACTERS: Final = 300_000
CODINGS: Final = 1_000
OPEN_MS, SAVE_P50_MS, SAVE_P95_MS, EXPORT_MS = 300.0, 10.0, 20.0, 150.0
SENTENCE: Final = "Ik vertelde het vijf keer, aan vijf mensen, en niemand schreef het op. "


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure in milliseconds, what was promised, and what the machine itself costs."""

    name: str
    size: int
    value: float
    target: float
    floor: float

    @property
    def meets(self) -> bool:
        """Whether the promise is kept."""
        return self.value <= self.target


def researcher(*, at: datetime) -> tuple[Pilot, Actor]:
    """Make a pilot and somebody who does research in it."""
    account = Account.objects.create_user(f"bench-{os.urandom(4).hex()}", shown_as="Bench")
    region, _ = Region.objects.get_or_create(
        slug="bench-voices", defaults={"name": "Bench voices", "office": account}
    )
    town, _ = Municipality.objects.get_or_create(
        code="GM9998", defaults={"name": "Bench", "region": region}
    )
    folder = open_folder(FolderKind.PILOT, at=at)
    place = Vindplaats.objects.create(
        name=f"Place {folder.ref}", kind=VindplaatsKind.values[0], municipality=town
    )
    pilot = Pilot.objects.create(
        folder=folder,
        region=region,
        vindplaats=place,
        slug=f"bench-{folder.ref.hex[:8]}",
        called="Bench",
        state=State.RUNNING,
        proposed_on=day_of(at),
        started_on=day_of(at),
        is_public=True,
    )
    hat = Hat.objects.create(
        account=account,
        role=Role.PROJECT_LEADER.value,
        within=pilot.ref,
        called="bench",
        from_day=day_of(at) - timedelta(days=1),
    )
    actor = Actor(
        role=Role.PROJECT_LEADER,
        account=account.ref,
        hat=hat.ref,
        person=account.person,
        within=pilot.ref,
        assurance=2,
    )
    return pilot, actor


def checked(pilot: Pilot, actor: Actor, *, characters: int, at: datetime) -> Transcript:
    """Make an interview whose long text is checked, by the operations themselves."""
    interview = operations.plan_interview(
        actor, pilot.pk, with_whom="", described="moeder", planned_on=day_of(at), at=at
    )
    until: date = day_of(at) + timedelta(days=365)
    operations.give_consent(
        actor, interview.pk, layers=[Layer.USE, Layer.QUOTE], keep_until=until, at=at
    )
    lines = "\n\n".join([SENTENCE * 6] * (characters // (len(SENTENCE) * 6) + 1))
    transcript = operations_text.import_transcript(
        actor, interview.pk, content=lines[:characters].encode(), called="bench.txt", at=at
    )
    operations_text.propose_pseudonyms(transcript.ref, at=at)
    waiting = list(transcript.pseudonyms.values_list("ref", flat=True))
    operations_text.reject(actor, transcript.pk, pseudonyms=waiting, at=at)
    return operations_text.finish_pseudonyms(actor, transcript.pk, checked=True, at=at)


def code_much(round_: CodingRound, codes: list[Code], hat: UUID | None, *, at: datetime) -> None:
    """Put a thousand codings with a memo on the text, in bulk."""
    transcript = round_.transcript
    step = (transcript.length - 100) // CODINGS
    assert hat is not None
    rows = [
        Coding(
            round=round_,
            transcript=transcript,
            folder=transcript.folder,
            code=codes[place % len(codes)],
            coder=hat,
            start=place * step,
            end=place * step + 90,
            made_at=at,
        )
        for place in range(CODINGS)
    ]
    put_all(rows, "memo", [f"Aantekening {place}" for place in range(CODINGS)])
    Coding.objects.bulk_create(rows)


def measure(*, at: datetime) -> Iterator[Measured]:
    """Measure each promise in the database that is in use; it must really commit."""
    pilot, actor = researcher(at=at)
    transcript = checked(pilot, actor, characters=CHARACTERS, at=at)
    codes = [
        operations_codebook.add_code(actor, pilot.pk, name=f"Code {number}", at=at)
        for number in range(9)
    ]
    hat = [actor.hat] if actor.hat else []
    round_ = operations_coding.open_round(actor, transcript.pk, coders=hat, at=at)
    code_much(round_, codes, actor.hat, at=at)
    yield _opening(actor, round_, transcript, at=at)
    yield from _saving(actor, round_, codes, at=at)
    yield _exporting(actor, pilot, at=at)


def _opening(
    actor: Actor, round_: CodingRound, transcript: Transcript, *, at: datetime
) -> Measured:
    def open_it() -> None:
        reading = Reading(actor, at=at)
        assert len(queries.coding_page(reading, round_.ref).codings) >= CODINGS
        reading.settle()

    key, place = os.urandom(32), Place("bench", "bench", transcript.ref, transcript.ref)
    text, memo = seal(b"x" * CHARACTERS, key, place), seal(b"x" * 20, key, place)

    def unseal_it() -> None:
        unseal(text, key, place)
        for _ in range(CODINGS):
            unseal(memo, key, place)

    value = statistics.median(_times(open_it, 9))
    return Measured(
        "open a text with codings",
        CHARACTERS,
        value,
        OPEN_MS,
        statistics.median(_times(unseal_it, 9)),
    )


def _saving(
    actor: Actor, round_: CodingRound, codes: list[Code], *, at: datetime
) -> Iterator[Measured]:
    places = iter(range(1, 10_000))

    def save() -> None:
        start = next(places)
        operations_coding.code_passage(
            actor, round_.ref, code=codes[0].ref, start=start, end=start + 40, memo="x", at=at
        )

    def commit() -> None:
        with transaction.atomic():
            Folder.objects.filter(pk=round_.transcript.folder_id).update(opened_at=at)

    taken, floor = sorted(_times(save, 200)), statistics.median(_times(commit, 200))
    yield Measured("save a coding, p50", CODINGS, taken[100], SAVE_P50_MS, floor)
    yield Measured("save a coding, p95", CODINGS, taken[190], SAVE_P95_MS, floor)


def _exporting(actor: Actor, pilot: Pilot, *, at: datetime) -> Measured:
    def leave() -> None:
        reading = Reading(actor, at=at)
        assert export.export_fragments(reading, pilot.pk)
        reading.settle()

    def join() -> None:
        "\n".join(SENTENCE[place % 20 :] for place in range(CODINGS)).encode()

    value = statistics.median(_times(leave, 9))
    floor = statistics.median(_times(join, 9))
    return Measured("export fragments", CODINGS, value, EXPORT_MS, floor)


def _times(deed: Callable[[], None], often: int) -> list[float]:
    """Return how many milliseconds each of so many times took; the first is not counted."""
    deed()
    taken = []
    for _ in range(often):
        begun = time.perf_counter()
        deed()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
