"""What a family sees before it says yes or no, of what it said yes to, and of its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.circle.called import BY_FUNCTION, Called, called
from smartstart.circle.home import at_ref, me
from smartstart.circle.models import (
    Attached,
    ConsentAnswer,
    Entry,
    Ground,
    Mention,
    Question,
    Reply,
)
from smartstart.circle.models.grounds import GroundQuerySet
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.queries_family import Asked, asked
from smartstart.circle.queries_steps import Step, steps_of
from smartstart.circle.regimes import MUSTS
from smartstart.circle.rules import NO_END
from smartstart.circle.scene import PartLine, Scene, scene
from smartstart.circle.states import Answer, GroundKind, GroundState, StepKind
from smartstart.holding.models import UNANSWERED
from smartstart.people.models import Position

LETTABLE = (GroundKind.SEAT, GroundKind.QUESTION, GroundKind.BESIDE)
MOST_BEFORE: Final = 50
STANDS = (GroundState.GRANTED, GroundState.INFORMED)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One thing that was written, in one line or whole."""

    ref: UUID
    part: PartLine
    title: str
    words: str
    author: str
    written_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """One ground as the family sees it: who reads what, why, until when, and what was said.

    ``duty``: the field of a receiver who must do more with it (police, safety), else "".
    ``last_day`` None: no day; a question ends with its answer. ``mine`` is what the reader said,
    "" when it is not theirs to say. ``others``: how many more must say something. ``is_over``: the
    question is answered, so nobody reads by it; asked once more, it is read again.
    ``topic``: "" for all that is written about the part.
    """

    ref: UUID
    part: PartLine
    receiver: Called
    cover: str
    duty: str
    question: UUID | None
    title: str
    words: str
    asker: str
    attached: tuple[EntryLine, ...]
    purpose: str
    topic: str
    state: str
    last_day: date | None
    mine: str
    said_no: bool
    others: int
    must: bool
    article: str
    law: str
    agreement: str
    is_over: bool

    @property
    def is_apart(self) -> bool:
        """Whether one who decides said yes and another no."""
        return self.state == GroundState.REFUSED and self.others > 0 and self.said_no

    @property
    def is_refused(self) -> bool:
        """Whether the reader said no, and can still change their mind."""
        said_no = self.mine == Answer.NO and not self.is_apart
        return said_no and not self.is_over and not self.is_gone

    @property
    def is_taken_back(self) -> bool:
        """Whether somebody's yes was taken back; it can be given again."""
        return self.state == GroundState.WITHDRAWN and not self.is_over and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether who asked to read has no place here any more: nothing is left to decide."""
        return not self.receiver.name and not self.stands

    @property
    def stands(self) -> bool:
        """Whether it is read now."""
        return self.state in STANDS and not self.is_over


@dataclass(frozen=True, slots=True)
class RestingYes:
    """A yes of the reader to a question that rests: to whom, and no word of it."""

    ref: UUID
    receiver: Called


@dataclass(frozen=True, slots=True)
class ByLaw:
    """An organisation that reads all about a child without a yes: its guardian."""

    receiver: Called
    about: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The page on which somebody says yes or no."""

    circle: UUID
    shared: Shared
    not_seen: tuple[str, ...]
    has_own_needs: bool
    holder: Called


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One answer to a question; ``is_no``: it says no, with the reason."""

    ref: UUID
    author: str
    words: str
    by_phone: bool
    written_at: datetime
    is_mine: bool
    is_no: bool


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One question of the family: its words, who has it, what was answered, who reads it.

    ``duty``: the field of who reads what one says now and must do more with it, else "".
    ``steps``: what happened, () for what two homes share: it tells who of the other did what.
    """

    circle: UUID
    one: Asked
    words: str
    asker: str
    about: EntryLine | None
    replies: tuple[ReplyLine, ...]
    attached: tuple[EntryLine, ...]
    grounds: tuple[Shared, ...]
    can_confirm: bool
    can_answer: bool
    is_closed: bool
    rests: bool
    duty: str
    steps: tuple[Step, ...]

    @property
    def readers(self) -> list[Shared]:
        """Return who reads it, may be let in, or read it before the answer: who is still here."""
        rows = [one for one in self.grounds if one.stands or one.is_over or one.state == "asked"]
        return [one for one in rows if not one.is_gone]

    @property
    def is_refused(self) -> bool:
        """Whether the last answer is no."""
        return bool(self.replies) and self.replies[-1].is_no


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question that is over, to find its answer back."""

    ref: UUID
    title: str
    asked_at: datetime


def decision(reading: Reading, circle_ref: UUID, ground_ref: UUID) -> Decision:
    """Return one ground with what would be seen and what would not. Raises NotFound."""
    seen = scene(reading, circle_ref)
    rows = _grounds(seen)
    one = at_ref(rows, ground_ref)
    shared = _shared(one, seen, _answers([one]), _attached(seen, [one.question_id]))
    hidden = [part.called for part in seen.children if part.person != shared.part.person]
    return Decision(
        seen.circle.ref,
        shared,
        tuple(hidden),
        has_own_needs=seen.me is not None and not shared.part.is_me,
        holder=seen.looks_after(shared.part),
    )


def shared_with(reading: Reading, circle_ref: UUID) -> tuple[list[Shared], Scene]:
    """Return everything this home shares or was asked to share, the newest first."""
    seen = scene(reading, circle_ref)
    rows = list(_grounds(seen).filter(last_day__gte=seen.on).order_by("-made_at", "-id"))
    answers = _answers(rows)
    attached = _attached(seen, [row.question_id for row in rows])
    found = [_shared(row, seen, answers, attached) for row in rows]
    return [one for one in found if one.title or one.question is None], seen


def yes_that_rests(seen: Scene) -> list[RestingYes]:
    """Return what the reader said yes to and does not read now, because it names who asked that.

    It opens again when the rest ends: until then it can be taken back here. One query.
    """
    said = ConsentAnswer.objects.filter(
        person=me(seen.reading.actor), answer=Answer.YES, ended_at=None
    )
    rows = _asked_here(seen).filter(last_day__gte=seen.on, must=False, pk__in=said.values("ground"))
    shown = rows.not_resting(seen.reading.actor, on=seen.on)
    found = rows.exclude(pk__in=shown.values("pk")).select_related("folder").order_by("id")
    return [RestingYes(one.ref, seen.called_by(one.receiver)) for one in found]


def read_by_law(seen: Scene) -> list[ByLaw]:
    """Return which organisations read about a child of this home as its guardian. Two queries.

    Not in what both homes share: there it may be the guardian of whom only the other home knows.
    """
    names = {part.folder: part.called for part in seen.parts if not part.is_shared}
    seen_here = Ground.objects.visible_to(seen.reading.actor, on=seen.on).standing_on(seen.on)
    rows = seen_here.filter(folder_id__in=names, kind=GroundKind.AUTHORITY)
    found = list(rows.filter(receiver__in=Position.objects.values("ref")).order_by("id"))
    people = called({one.receiver for one in found}) if found else {}
    return [
        ByLaw(people.get(one.receiver, Called(one.receiver, "")), names[one.folder_id])
        for one in found
    ]


def _grounds(seen: Scene) -> GroundQuerySet:
    here = _asked_here(seen).not_resting(seen.reading.actor, on=seen.on)
    return here.select_related("folder", "question__folder", "basis")


def _asked_here(seen: Scene) -> GroundQuerySet:
    folders = [part.folder for part in seen.parts]
    rows = Ground.objects.visible_to(seen.reading.actor, on=seen.on)
    return rows.filter(folder_id__in=folders, kind__in=LETTABLE)


def _answers(rows: list[Ground]) -> dict[int, dict[UUID, str]]:
    found: dict[int, dict[UUID, str]] = {row.pk: {} for row in rows}
    said = ConsentAnswer.objects.filter(ground__in=rows, ended_at=None)
    for ground, person, answer in said.values_list("ground_id", "person", "answer"):
        found[ground][person] = answer
    return found


def _attached(seen: Scene, questions: list[int | None]) -> dict[int, list[EntryLine]]:
    wanted = [pk for pk in questions if pk is not None]
    there = Attached.objects.filter(question_id__in=wanted).select_related("entry__folder")
    rows = there.not_resting(seen.reading.actor, on=seen.on)
    found: dict[int, list[EntryLine]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.question_id, []).append(entry_line(row.entry, seen))
    return found


def entry_line(entry: Entry, seen: Scene) -> EntryLine:
    """Return something that was written, read through the reading."""
    text = seen.reading.text
    return EntryLine(
        entry.ref,
        seen.part_of(entry.folder_id),
        text(entry, "title"),
        text(entry, "words"),
        text(entry, "author_called"),
        entry.written_at,
        is_mine=entry.author == seen.reading.actor.person,
    )


def _shared(
    row: Ground,
    seen: Scene,
    answers: dict[int, dict[UUID, str]],
    attached: dict[int, list[EntryLine]],
) -> Shared:
    known, question, said = seen.called_by(row.receiver), row.question, answers[row.pk]
    text, me = seen.reading.text, seen.reading.actor.person
    law = next((one for one in MUSTS if one.slug == row.purpose), None) if row.must else None
    return Shared(
        ref=row.ref,
        part=seen.part_of(row.folder_id),
        receiver=known,
        cover=known.cover if row.with_cover else "",
        duty=known.domain if known.domain in BY_FUNCTION else "",
        question=question.ref if question else None,
        title=text(question, "title") if question else "",
        words=text(question, "words") if question else "",
        asker=text(question, "asker_called") if question else "",
        attached=tuple(attached.get(question.pk, ())) if question else (),
        purpose=row.purpose,
        topic=row.topic,
        state=row.state,
        last_day=row.last_day if row.last_day < NO_END else None,
        mine=said.get(me, "") if me else "",
        said_no=Answer.NO in said.values() and Answer.YES in said.values(),
        others=len(said.keys() - {me}),
        must=row.must,
        article=law.article if law else (row.basis.article if row.basis else ""),
        law=law.sentence if law else "",
        agreement=row.basis.agreement if row.basis else "",
        is_over=question is not None and question.state not in UNANSWERED,
    )


def asked_page(reading: Reading, circle_ref: UUID, question_ref: UUID) -> AskedPage:
    """Return one question of this home. Raises NotFound."""
    seen = scene(reading, circle_ref)
    question = _question(seen, question_ref)
    found = seen if question in seen.questions else _with(seen, question)
    one = next(one for one in asked(found) if one.ref == question.ref)
    given = Reply.objects.filter(question=question).select_related("folder").order_by("id")
    replies = given.not_resting(seen.reading.actor, on=seen.on)
    no = _that_say_no(question)
    rows = list(_grounds(seen).filter(question=question).order_by("id"))
    attached = _attached(seen, [question.pk])
    answers, text, me = _answers(rows), reading.text, reading.actor.person
    reader = found.called_by(question.holder if question.asker == me else question.asker)
    return AskedPage(
        seen.circle.ref,
        one,
        words=text(question, "words"),
        asker=text(question, "asker_called"),
        about=_about(seen, question),
        replies=tuple(_reply(row, reading, no) for row in replies),
        attached=tuple(attached.get(question.pk, ())),
        grounds=tuple(_shared(row, seen, answers, attached) for row in rows),
        can_confirm=one.is_answered and question.asker == me and question.ended_at is None,
        can_answer=not one.is_answered and question.holder == me and question.ended_at is None,
        is_closed=question.ended_at is not None,
        rests=Mention.objects.rests("question", question.pk, reading.actor, on=seen.on),
        duty=reader.domain if reader.domain in BY_FUNCTION else "",
        steps=() if one.part.is_shared else steps_of(reading, question),
    )


def asked_before(reading: Reading, circle_ref: UUID) -> list[AskedBefore]:
    """Return the questions of this home that are over, the newest first. Six queries. NotFound."""
    seen = scene(reading, circle_ref)
    folders = [part.folder for part in seen.parts]
    rows = Question.objects.read_by(reading.actor, at=reading.at).filter(folder_id__in=folders)
    over = rows.exclude(ended_at=None).select_related("folder").order_by("-ended_at", "-id")
    found = over[:MOST_BEFORE]
    return [AskedBefore(one.ref, reading.text(one, "title"), one.asked_at) for one in found]


def _about(seen: Scene, question: Question) -> EntryLine | None:
    """Return the text that a question is about, unless that rests."""
    shown = Entry.objects.filter(unless_resting("entry", seen.reading.actor, on=seen.on))
    about = shown.filter(pk=question.about_id or 0).select_related("folder").first()
    return entry_line(about, seen) if about is not None else None


def _that_say_no(question: Question) -> set[int]:
    """Return the answers that say no: each answer is one step, in the same order."""
    told = question.steps.filter(kind__in=[StepKind.ANSWERED, StepKind.REFUSED]).order_by("id")
    answers = Reply.objects.filter(question=question).order_by("id").values_list("id", flat=True)
    pairs = zip(answers, told.values_list("kind", flat=True), strict=False)
    return {one for one, kind in pairs if kind == StepKind.REFUSED}


def _reply(row: Reply, reading: Reading, no: set[int]) -> ReplyLine:
    return ReplyLine(
        row.ref,
        reading.text(row, "author_called"),
        reading.text(row, "words"),
        row.by_phone,
        row.written_at,
        is_mine=row.author == reading.actor.person,
        is_no=row.pk in no,
    )


def _question(seen: Scene, ref: UUID) -> Question:
    folders = [part.folder for part in seen.parts]
    rows = Question.objects.read_by(seen.reading.actor, at=seen.reading.at)
    here = rows.filter(folder_id__in=folders).select_related("folder", "about__folder")
    found = here.filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def _with(seen: Scene, question: Question) -> Scene:
    """Return the scene with a question that is over in it too."""
    seen.questions.append(question)
    return seen
