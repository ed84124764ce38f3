"""Worlds to ask access questions about: small, seeded, full of edges, and quick to make.

``row(Model, ...)`` makes a row of any model: what is not given is filled in by the kind of field.
To let a new model take part: add one call in ``fill_pilot`` or ``fill_interview`` and one rule in
``oracle.py``; a Guarded model without both fails ``test_oracle.py``.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import SCOPE, Role, Scope
from smartstart.base.clock import day_of
from smartstart.consult import models as consult
from smartstart.language import models as language
from smartstart.people import models as people
from smartstart.post.models import Mailbox
from smartstart.programme import models as programme
from smartstart.programme.choices import State
from smartstart.thread import models as thread
from smartstart.thread.kinds import RANK, Kind
from smartstart.voices import models as voices
from tests.access.worlds_findings import fill_findings
from tests.access.worlds_sessions import fill_sessions, lead_sessions

Row = TypeVar("Row", bound=models.Model)
_numbers = count(1)


@dataclass
class World:
    """All rows by model, who may ask, and the day on which it is asked."""

    now: datetime
    dice: random.Random
    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    actors: list[Actor] = field(default_factory=list)
    by_id: dict[tuple[type[models.Model], int], Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.now)

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def row(self, model: type[Row], **given: Any) -> Row:
        """Make a row; what is not given is filled in."""
        for part in model._meta.concrete_fields:
            if part.name not in given and part.attname not in given and _is_asked(part):
                given[part.name] = self._value(part)
        made = model._base_manager.create(**given)
        self.know(made)
        return made

    def know(self, row: models.Model) -> None:
        """Take a row along that was made elsewhere."""
        self.rows[type(row)].append(row)
        self.by_id[type(row), row.pk] = row

    def folder(self, kind: FolderKind) -> Folder:
        return open_folder(kind, at=self.now)

    def _value(self, part: models.Field[Any, Any]) -> Any:
        if part.choices:
            return part.flatchoices[0][0]
        filled: dict[type[models.Field[Any, Any]], Any] = {
            models.UUIDField: uuid4(),
            models.DateTimeField: self.now,
            models.DateField: self.today,
            models.BooleanField: False,
            models.IntegerField: next(_numbers) % 30_000,
            models.CharField: f"w{next(_numbers)}",
            models.TextField: f"w{next(_numbers)}",
        }
        return next(value for kind, value in filled.items() if isinstance(part, kind))


def _is_asked(part: models.Field[Any, Any]) -> bool:
    return not (
        part.has_default()
        or part.null
        or part.blank
        or part.primary_key
        or isinstance(part, models.ForeignKey)
        or getattr(part, "auto_now_add", False)
    )


# From and until which day a hat is worn, counted from today; None: until it is ended.
HATS: list[tuple[int, int | None]] = [(-30, None), (-30, 0), (0, None), (-30, -1), (1, None)]

# How the consent of a voice stands: use, quote, given on, keep until, withdrawn on.
CONSENTS: list[dict[str, Any]] = [
    {"use": False},
    {"use": True, "quote": True, "given_on": -9, "keep_until": 99},
    {"use": True, "given_on": 0, "keep_until": 0},
    {"use": True, "given_on": -9, "keep_until": -1},
    {"use": True, "given_on": 1, "keep_until": 9},
    {"use": False, "given_on": -9, "keep_until": 99, "withdrawn_on": 0, "state": "withdrawn"},
]

# How many letters a text has: as many as a canary, which then is in what was coded too.
LENGTH = 20


def world(seed: int, now: datetime) -> World:
    """Make a world from a seed: two organisations, three pilots, everything at its edges."""
    made = World(now=now, dice=random.Random(seed))
    homes = [
        made.row(
            people.Organisation,
            name=f"Organisatie {next(_numbers)}",
            folder=made.folder(FolderKind.ORGANISATION),
        )
        for _ in range(2)
    ]
    proposer = _account(made)
    region = made.row(programme.Region, slug=f"r{next(_numbers)}", office=proposer)
    pilots = [_pilot(made, region, proposer, is_public=number == 0) for number in range(3)]
    fill_house(made, homes, proposer)
    for pilot in pilots:
        fill_pilot(made, pilot, proposer)
    _hats(made, homes, pilots, proposer)
    _hidden_codes(made)
    lead_sessions(made)
    return made


def _account(made: World) -> people.Account:
    name = f"naam{next(_numbers)}"
    return made.row(people.Account, username=name, shown_as=name, password="!")


def _pilot(
    made: World, region: programme.Region, by: people.Account, *, is_public: bool
) -> programme.Pilot:
    town = made.row(programme.Municipality, code=f"GM{next(_numbers) % 10_000:04}", region=region)
    place = made.row(programme.Vindplaats, municipality=town)
    return made.row(
        programme.Pilot,
        folder=made.folder(FolderKind.PILOT),
        region=region,
        vindplaats=place,
        slug=f"p{next(_numbers)}",
        called="pilot",
        state=State.RUNNING,
        started_on=made.day(-9),
        proposed_by=by if made.dice.random() < 0.5 else None,
        is_public=is_public,
    )


def _hats(
    made: World,
    homes: list[people.Organisation],
    pilots: list[programme.Pilot],
    proposer: people.Account,
) -> None:
    """Give every role a hat here and there, with its days at an edge; the visitor has none."""
    made.actors.append(VISITOR)
    for role in Role:
        for starts, ends in HATS if SCOPE[role] is Scope.PILOT else HATS[:1]:
            account = proposer if made.dice.random() < 0.1 else _account(made)
            hat = made.row(
                people.Hat,
                account=account,
                role=role.value,
                organisation=made.dice.choice([*homes, None]),
                within=_within(made, role, pilots),
                from_day=made.day(starts),
                last_day=None if ends is None else made.day(ends),
            )
            made.actors.append(_actor(hat))
    for voice in made.rows[voices.Interview]:
        made.actors.append(Actor(role=Role.INTERVIEWEE, within=voice.ref, person=voice.ref))


def _hidden_codes(made: World) -> None:
    """Give everybody of a pilot a code that they made during a blind round that goes on."""
    rounds = {
        made.by_id[voices.Interview, row.transcript.interview_id].pilot: row
        for row in made.rows[voices.CodingRound]
        if row.is_blind and row.everyone_ready_at is None
    }
    for pilot, round_ in rounds.items():
        for hat in made.rows[people.Hat]:
            if hat.within == pilot.ref:
                made.row(voices.Code, pilot=pilot, hidden_in=round_, made_by=hat.ref)


def _within(made: World, role: Role, pilots: list[programme.Pilot]) -> UUID | None:
    if SCOPE[role] is Scope.PILOT:
        return made.dice.choice(pilots).ref
    if role is Role.INTERVIEWEE:
        told: UUID = made.dice.choice(made.rows[voices.Interview]).ref
        return told
    return None


def _actor(hat: people.Hat) -> Actor:
    home = hat.organisation
    return Actor(
        role=Role(hat.role),
        account=hat.account.ref,
        hat=hat.ref,
        person=hat.account.person,
        organisation=home.ref if home else None,
        within=hat.within,
        assurance=2,
    )


_IN: dict[Any, dict[str, Any]] = {
    language.Meaning: {
        "domain": "health",
        "signed_as": "arts",
        "signed_by": uuid4(),
        "signed_on": date(2026, 1, 1),
    },
    language.Translation: {"language": "en"},
}


def fill_house(made: World, homes: list[people.Organisation], by: people.Account) -> None:
    """One row of each thing that belongs to no pilot."""
    fill_words(made)
    made.row(Mailbox, account=by, folder=made.folder(FolderKind.PERSON))
    made.know(consult.Edition.objects.get_or_create(pk=1)[0])
    for home in homes:
        fill_consult(made, made.row(people.Position, organisation=home))
        made.row(people.Invitation, organisation=home, role=Role.PROFESSIONAL.value, made_by=by)
        made.row(people.Restore, organisation=home, account=_account(made), asked_by=by)


def fill_words(made: World) -> None:
    """One word with what belongs to it; of what was proposed some waits and some was decided."""
    term = made.row(language.Term)
    for model in (language.Meaning, language.Synonym, language.Translation, language.HurtfulMark):
        made.row(model, term=term, **_IN.get(model, {}))
    made.know(language.WordEdition.objects.get_or_create(pk=1)[0])
    decided = {"why": "zo", "decided_on": made.today}
    states: list[dict[str, Any]] = [{"shown_on": None}, {"shown_on": made.today}]
    states += [{"outcome": outcome} | decided for outcome in ("taken", "not_taken")]
    for told in states:
        proposal = made.row(language.WordProposal, about="plain", term=term, **told)
        made.row(language.WordVote, proposal=proposal)


def fill_consult(made: World, position: people.Position) -> None:
    """A question without a name, what was said of it, and what a function knows."""
    asked = made.row(
        consult.Exchange,
        folder=made.folder(FolderKind.EXCHANGE),
        holder=position.ref,
        erase_at=made.now + timedelta(days=30),
    )
    for model in (consult.Remark, consult.Turn):
        made.row(model, exchange=asked, folder=asked.folder)
    knows = made.row(consult.Expertise)
    made.row(consult.Saying, expertise=knows)
    made.row(consult.Tally, month=made.today.replace(day=1))
    made.row(
        consult.AnswerDraft,
        folder=made.folder(FolderKind.EXCHANGE),
        organisation=position.organisation.ref,
        erase_on=made.day(9),
    )
    made.row(consult.LearnedAnswer)
    profile = made.row(consult.Profile, position=position)
    made.row(consult.OpenHours, profile=profile, weekday=0, opens=time(9), closes=time(12))
    town = programme.Municipality.objects.order_by("pk").first()
    made.row(consult.Reach, profile=profile, municipality=town)


def fill_pilot(made: World, pilot: programme.Pilot, by: people.Account) -> None:
    """Rows of everything a pilot holds, public and not."""
    mine = {"pilot": pilot}
    made.row(programme.Proposal, folder=pilot.folder, holder=by, **mine)
    made.row(programme.QuestionVersion, number=1, **mine)
    made.row(programme.EvidenceMark, by=by, **mine)
    made.row(programme.StandChange, halves=1, **mine)
    made.row(programme.Deviation, by=by, halves=1, **mine)
    made.row(programme.EthicsNote, by=by, **mine)
    made.row(programme.DataRequest, **mine)
    made.row(programme.PilotFigure, value="3", source="CBS", year=2025, low="1", high="5", **mine)
    made.row(programme.TookPart, people=3, **mine)
    for is_public in (True, False):
        made.row(programme.Decision, holder=by, is_public=is_public, **mine)
        lesson = made.row(programme.Lesson, halves=1, is_public=is_public, **mine)
        made.row(programme.LessonAnswer, lesson=lesson, by=by, **mine)
    for consent in CONSENTS:
        fill_interview(made, pilot, consent)
    fill_thread(made, pilot)
    fill_sessions(made, pilot)
    fill_findings(made, pilot)


def fill_thread(made: World, pilot: programme.Pilot) -> None:
    """A knot of each kind for each audience, tied upwards at random; some rest on a voice."""
    for audience in thread.Audience.values:
        for kind, model in thread.THINGS.items():
            knot = _knot(made, pilot, kind, audience)
            made.row(model, knot=knot)
            made.row(thread.GapReason, knot=knot)
            if audience == thread.Audience.PUBLIC:
                made.row(thread.PublishedWords, knot=knot)
    knots = [knot for knot in made.rows[thread.Knot] if knot.pilot_id == pilot.pk]
    for _ in range(40):
        lower, upper = made.dice.sample(knots, 2)
        pair = (lower.pk, upper.pk)
        known = {(tie.lower_id, tie.upper_id) for tie in made.rows[thread.Tie]}
        if lower.rank < upper.rank and pair not in known:
            made.row(
                thread.Tie,
                lower=lower,
                upper=upper,
                lower_rank=lower.rank,
                upper_rank=upper.rank,
            )


def _knot(
    made: World, pilot: programme.Pilot, kind: Kind, audience: str, source: UUID | None = None
) -> thread.Knot:
    return made.row(
        thread.Knot,
        pilot=pilot,
        kind=kind.value,
        rank=RANK[kind],
        audience=audience,
        source=source,
        state="standing",
    )


def fill_interview(made: World, pilot: programme.Pilot, consent: dict[str, Any]) -> None:
    """One voice, and one of each thing that comes from it; what was taken back is so last."""
    stands = {
        key: value if isinstance(value, bool | str) else made.day(value)
        for key, value in consent.items()
    }
    taken_back = {key: stands.pop(key) for key in ("withdrawn_on", "state") if key in stands}
    voice = made.row(
        voices.Interview,
        pilot=pilot,
        folder=made.folder(FolderKind.VOICE),
        state="planned",
        **stands,
    )
    own: dict[str, Any] = {"interview": voice, "folder": voice.folder}
    made.row(voices.Consent, interview=voice, keep_until=made.day(9))
    made.row(voices.StoryCard, interview=voice)
    made.row(voices.SaidBack, **own)
    if not stands["use"] and not taken_back:  # planned: its text is not checked yet
        text = made.row(voices.Transcript, **own)
        made.row(voices.Pseudonym, transcript=text, folder=voice.folder, start=1, end=2)
        return
    text = made.row(voices.Transcript, length=LENGTH, checked_at=made.now, **own)
    made.row(voices.Pseudonym, transcript=text, folder=voice.folder, start=1, end=2)
    fill_rounds(made, text, made.row(voices.Code, pilot=pilot))
    audience = made.dice.choice(thread.Audience.values)
    knot = _knot(made, pilot, Kind.EXCERPT, audience, source=voice.ref)
    piece = made.row(voices.Excerpt, transcript=text, knot=knot, start=1, end=2, **own)
    made.row(voices.QuoteApproval, excerpt=piece, folder=voice.folder, state="asked")
    for key, value in taken_back.items():
        setattr(voice, key, value)
    voice.save()


def fill_rounds(made: World, text: voices.Transcript, code: voices.Code) -> None:
    """A blind round that is going on, one that everyone finished, and one that is not blind."""
    for is_blind, ready in ((True, False), (True, True), (False, False)):
        round_ = made.row(
            voices.CodingRound,
            transcript=text,
            is_blind=is_blind,
            everyone_ready_at=made.now if ready else None,
            merged_at=made.now if ready or not is_blind else None,
        )
        made.row(voices.RoundCoder, round=round_)
        coding = made.row(
            voices.Coding,
            round=round_,
            transcript=text,
            folder=text.folder,
            code=code,
            start=0,
            end=LENGTH,
        )
        made.row(voices.MergeDecision, round=round_, first=coding)
