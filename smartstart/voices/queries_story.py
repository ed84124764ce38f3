"""What the page of one's own story asks: what I said, what came of it, what I can still do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.thread.queries import Fed, fed_by
from smartstart.voices import keeping
from smartstart.voices.models import Excerpt, Interview, SaidBack, StoryCard
from smartstart.voices.queries import layers_of
from smartstart.voices.rules import Layer
from smartstart.voices.states import QuoteState, TellBy


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One piece of what I said; ``asked`` are the words I am asked about, "" when nothing is asked.

    ``answer`` are my own words instead; ``state`` is None when nobody asked yet.
    """

    words: str
    approval: UUID | None
    asked: str
    answer: str
    state: QuoteState | None

    @property
    def shown(self) -> str:
        """The words that a yes is about: my own, else those I am asked about."""
        return self.answer or self.asked or self.words


@dataclass(frozen=True, slots=True)
class Story:
    """Everything on the page. After taking it back: only that, and the day.

    ``described`` is how the person is called beside their words. ``led_to`` is what the team made
    of it, lowest first: insight, how-might-we, idea and on. ``last_day`` is the last to which a yes
    can reach.
    """

    interview_id: int
    interview_ref: UUID
    pilot: Pilot
    spoken_on: date
    is_withdrawn: bool
    withdrawn_on: date | None
    layers: frozenset[Layer]
    keep_until: date | None
    last_day: date
    tell_by: TellBy
    described: str = ""
    language: str = "nl"
    said: tuple[SaidLine, ...] = ()
    led_to: tuple[Fed, ...] = ()
    said_back: tuple[tuple[datetime, str, bool], ...] = ()

    @property
    def waiting(self) -> int:
        """How many pieces wait for my answer."""
        return sum(line.state is QuoteState.ASKED for line in self.said)


def story_of(reading: Reading, *, language: str = "nl") -> Story:
    """Return the story of who opened their own page. Raises NotFound for anybody else.

    ``language``: what came of it is in these words where somebody translated it.
    """
    if reading.actor.role is not Role.INTERVIEWEE:
        raise NotFound
    visible = Interview.objects.visible_to(reading.actor, on=day_of(reading.at))
    row = visible.select_related("folder", "pilot__folder").first()
    if row is None:
        raise NotFound
    return _story(reading, row, language)


def story_to_tell(reading: Reading, interview_id: int, *, language: str = "") -> Story:
    """Return the story of somebody else for who tells them: the team that plans interviews.

    In the language that the person chose, or another. What was said back is left out. Raises
    NotFound, also for a story that was taken back.
    """
    visible = Interview.objects.visible_to(reading.actor, on=day_of(reading.at))
    row = visible.select_related("folder", "pilot__folder").one(interview_id)
    if row.withdrawn_on is not None or not reading.actor.may(
        Permission.VOICE_PLAN, within=row.pilot.ref
    ):
        raise NotFound
    return _story(reading, row, language or row.tell_in)


def _story(reading: Reading, row: Interview, language: str) -> Story:
    on = day_of(reading.at)
    reading.relies_on(row.pilot.folder)
    reading.saw(row.folder, row.ref)
    head = _head(row, on=on)
    if row.withdrawn_on is not None:
        return head
    return replace(
        head,
        described=reading.text(row, "described"),
        language=language,
        said=_said(reading, row, on=on),
        led_to=tuple(fed_by(reading.actor, on=on, source=row.ref, language=language)),
        said_back=_said_back(reading, row, on=on),
    )


def has_newer_card(story: UUID, *, than: datetime) -> bool:
    """Whether a new card was made after this moment: what the old one opened is closed by it."""
    return StoryCard.objects.filter(interview__ref=story, made_at__gt=than).exists()


def _head(row: Interview, *, on: date) -> Story:
    return Story(
        interview_id=row.pk,
        interview_ref=row.ref,
        pilot=row.pilot,
        spoken_on=row.planned_on,
        is_withdrawn=row.withdrawn_on is not None,
        withdrawn_on=row.withdrawn_on,
        layers=layers_of(row),
        keep_until=row.keep_until,
        last_day=keeping.last_day(row.planned_on, first_yes=row.given_on or on),
        tell_by=TellBy(row.tell_by),
    )


def _said(reading: Reading, mine: Interview, *, on: date) -> tuple[SaidLine, ...]:
    visible = Excerpt.objects.visible_to(reading.actor, on=on).filter(interview=mine)
    lines = []
    for row in visible.select_related("folder", "approval__folder").order_by("start"):
        approval = getattr(row, "approval", None)
        lines.append(
            SaidLine(
                words=reading.text(row, "words"),
                approval=approval.ref if approval else None,
                asked=reading.text(approval, "proposed") if approval else "",
                answer=reading.text(approval, "answer") if approval else "",
                state=QuoteState(approval.state) if approval else None,
            )
        )
    return tuple(lines)


def _said_back(
    reading: Reading, mine: Interview, *, on: date
) -> tuple[tuple[datetime, str, bool], ...]:
    visible = SaidBack.objects.visible_to(reading.actor, on=on).filter(interview=mine)
    rows = list(visible.select_related("folder").order_by("said_at"))
    words = reading.texts(rows, "words")
    return tuple(
        (row.said_at, said, row.read_at is not None) for row, said in zip(rows, words, strict=True)
    )
