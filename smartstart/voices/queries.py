"""What the team's pages ask: interviews, the text to check, the text to code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people.models import Hat
from smartstart.programme.models import Pilot
from smartstart.thread.models import Audience
from smartstart.voices import keeping, rules, transcripts
from smartstart.voices.models import (
    Code,
    Coding,
    CodingRound,
    Consent,
    Excerpt,
    Interview,
    Pseudonym,
    RoundCoder,
    SaidBack,
    Transcript,
)
from smartstart.voices.operations_coding import CODERS_MAY
from smartstart.voices.rules import Layer
from smartstart.voices.states import InterviewState, QuoteState, TellBy
from smartstart.voices.transcripts.oddities import oddities_in
from smartstart.voices.transcripts.segments import segments_of


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview in a list. Of one that was taken back only number and day are left."""

    id: int
    ref: UUID
    number: int
    described: str
    state: InterviewState
    planned_on: date
    layers: frozenset[Layer]
    keep_until: date | None
    withdrawn_on: date | None
    said_back_unread: int
    transcript: Transcript | None
    open_round: UUID | None
    is_coded: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether only a tombstone is left."""
        return self.withdrawn_on is not None

    @property
    def is_checked(self) -> bool:
        """Whether its text may be coded."""
        return self.transcript is not None and self.transcript.checked_at is not None


def interviews_in(reading: Reading, pilot_id: int) -> list[InterviewLine]:
    """Return the interviews of a pilot by number: a glance at each. Raises NotFound."""
    on = day_of(reading.at)
    pilot = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    unread = Count("said_back", filter=Q(said_back__read_at=None))
    visible = Interview.objects.visible_to(reading.actor, on=on).filter(pilot=pilot)
    rows = list(
        visible.annotate(unread=unread)
        .select_related("folder", "transcript")
        .defer("transcript__original", "transcript__text")
        .order_by("number")
    )
    by_interview: dict[int, list[CodingRound]] = defaultdict(list)
    rounds = CodingRound.objects.filter(transcript__interview__in=rows)
    for round_ in rounds.select_related("transcript").only(
        "ref", "merged_at", "transcript__interview"
    ):
        by_interview[round_.transcript.interview_id].append(round_)
    return [_line(reading, row, by_interview[row.pk], on=on) for row in rows]


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """One interview with its consent as it came to be, oldest first, and what was said back.

    ``last_day`` is the last to which a yes can reach.
    """

    line: InterviewLine
    pilot: Pilot
    with_whom: str
    consents: tuple[Consent, ...]
    rounds: tuple[CodingRound, ...]
    said_back: tuple[tuple[SaidBack, str], ...]
    has_card: bool
    tell_by: TellBy
    last_day: date


def interview_page(reading: Reading, interview_id: int) -> InterviewPage:
    """Return one interview to who does research in the pilot. Raises NotFound."""
    on = day_of(reading.at)
    visible = Interview.objects.visible_to(reading.actor, on=on).annotate(
        unread=Count("said_back", filter=Q(said_back__read_at=None))
    )
    rows = visible.select_related("folder", "pilot__folder", "transcript")
    row = rows.defer("transcript__original", "transcript__text").one(interview_id)
    reading.relies_on(row.pilot.folder)
    reading.saw(row.folder, row.ref)
    transcript = getattr(row, "transcript", None)
    rounds = CodingRound.objects.visible_to(reading.actor, on=on).filter(transcript=transcript)
    said = SaidBack.objects.visible_to(reading.actor, on=on).filter(interview=row)
    said_back = list(said.select_related("folder").order_by("said_at"))
    all_rounds = tuple(rounds.order_by("opened_at")) if transcript else ()
    return InterviewPage(
        line=_line(reading, row, all_rounds, on=on),
        pilot=row.pilot,
        with_whom="" if row.withdrawn_on else reading.text(row, "with_whom"),
        consents=tuple(row.consents.order_by("number")),
        rounds=all_rounds,
        said_back=tuple(zip(said_back, reading.texts(said_back, "words"), strict=True)),
        has_card=hasattr(row, "card"),
        tell_by=TellBy(row.tell_by),
        last_day=keeping.last_day(row.planned_on, first_yes=row.given_on or on),
    )


@dataclass(frozen=True, slots=True)
class PseudonymLine:
    """One stretch of the original, what stands in its place, and what was decided."""

    ref: UUID
    start: int
    end: int
    kind: str
    words: str
    replacement: str
    state: str


@dataclass(frozen=True, slots=True)
class CheckingPage:
    """The text before its names are checked.

    ``proposed_by`` is "" while names are being looked for, "rules" when only the word rules were
    used (names may be missed, the page says so), "full" otherwise.
    """

    transcript: Transcript
    interview: Interview
    name: str
    text: str
    segments: tuple[transcripts.Segment, ...]
    warnings: tuple[str, ...]
    pseudonyms: tuple[PseudonymLine, ...]
    proposed_by: str

    @property
    def left(self) -> int:
        """How many proposals have no answer yet."""
        return sum(line.state == "proposed" for line in self.pseudonyms)


def checking_page(reading: Reading, transcript_id: int) -> CheckingPage:
    """Return a text whose names are being checked. Raises NotFound, also once it is checked."""
    transcript = _transcript(reading, transcript_id)
    if transcript.checked_at is not None:
        raise NotFound
    text = reading.text(transcript, "original")
    segments = segments_of(text)
    rows = list(
        Pseudonym.objects.filter(transcript=transcript).select_related("folder").order_by("start")
    )
    replacements = reading.texts(rows, "replacement")
    return CheckingPage(
        transcript=transcript,
        interview=transcript.interview,
        name=reading.text(transcript, "name"),
        text=text,
        segments=segments,
        warnings=tuple(oddity.sentence for oddity in oddities_in(text, segments)),
        pseudonyms=tuple(
            PseudonymLine(
                row.ref, row.start, row.end, row.kind, text[row.start : row.end], words, row.state
            )
            for row, words in zip(rows, replacements, strict=True)
        ),
        proposed_by=transcript.proposed_by,
    )


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code of the codebook with how often it was used, as far as the reader may know."""

    id: int
    ref: UUID
    number: int
    name: str
    description: str
    parent: UUID | None
    used: int
    is_hidden: bool


def codebook(reading: Reading, pilot_id: int) -> list[CodeLine]:
    """Return the codes of a pilot by number, with visible use. Raises NotFound. Three queries."""
    on = day_of(reading.at)
    pilot = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    visible = Coding.objects.visible_to(reading.actor, on=on).filter(code__pilot=pilot)
    return _codes(reading, pilot.pk, visible.exclude(stands=False), on=on)


@dataclass(frozen=True, slots=True)
class CodingLine:
    """One coding as a page shows it; ``code`` is the code it counts for."""

    ref: UUID
    code: UUID
    coder: UUID
    is_mine: bool
    start: int
    end: int
    memo: str
    stands: bool | None


@dataclass(frozen=True, slots=True)
class CoderLine:
    """Who codes and since when they are ready. ``count`` is None while it is not to be known."""

    hat: UUID
    name: str
    is_me: bool
    ready_at: datetime | None
    count: int | None
    has_left: bool


@dataclass(frozen=True, slots=True)
class CodingPage:
    """A text with codings, as the reader may see them. Positions count characters of ``text``."""

    round: CodingRound
    transcript: Transcript
    interview: Interview
    described: str
    layers: frozenset[Layer]
    text: str
    segments: tuple[transcripts.Segment, ...]
    sentences: tuple[tuple[int, int], ...]
    codes: tuple[CodeLine, ...]
    codings: tuple[CodingLine, ...]
    coders: tuple[CoderLine, ...]

    @property
    def i_code(self) -> bool:
        """Whether the reader still codes here."""
        return any(coder.is_me and coder.ready_at is None for coder in self.coders)


def coding_page(reading: Reading, round_ref: UUID) -> CodingPage:
    """Return the text of a round with what the reader may see of its codings.

    In a blind round that is only one's own until all are ready. Raises NotFound. Seven queries,
    however long the text.
    """
    on = day_of(reading.at)
    round_ = _round(reading, round_ref)
    transcript = round_.transcript
    text = reading.text(transcript, "text")
    visible = Coding.objects.visible_to(reading.actor, on=on).filter(round=round_)
    rows = list(visible.order_by("start", "id"))
    for row in rows:
        row.folder = transcript.folder
    memos = reading.texts(rows, "memo")
    refs = code_refs(transcript.interview.pilot_id)
    lines = tuple(
        _coding_line(row, refs[row.code_id], memo, reading.actor.hat)
        for row, memo in zip(rows, memos, strict=True)
    )
    interview = transcript.interview
    return CodingPage(
        round=round_,
        transcript=transcript,
        interview=interview,
        described=reading.text(interview, "described"),
        layers=layers_of(interview),
        text=text,
        segments=segments_of(text),
        sentences=tuple(transcripts.sentences(text)),
        codes=_codes_of(reading, round_, visible, on=on),
        codings=lines,
        coders=_coders(reading, round_, lines),
    )


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One excerpt with the knot that the thread ties, and what the person said about showing it."""

    ref: UUID
    knot: UUID
    interview: int
    number: int
    described: str
    words: str
    approval: UUID | None
    state: QuoteState | None
    shown: str

    @property
    def is_whole(self) -> bool:
        """Whether what is asked or agreed to is all of the piece, word for word."""
        return rules.same_words(self.shown, self.words)


def excerpts_in(reading: Reading, pilot_id: int) -> list[ExcerptLine]:
    """Return the excerpts of a pilot that may be used today, by interview and place."""
    on = day_of(reading.at)
    pilot = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    visible = Excerpt.objects.visible_to(reading.actor, on=on).filter(interview__pilot=pilot)
    rows = visible.select_related("folder", "interview__folder", "knot", "approval__folder")
    return [_excerpt_line(reading, row) for row in rows.order_by("interview__number", "start")]


def agreed_and_not_shown(actor: Actor, pilot_id: int, *, on: date) -> list[UUID]:
    """Return the published knots whose person agrees to words that stand nowhere. One query.

    An answer that changes takes away at once what stood there; who leads publishes the new words.
    """
    said_yes = [QuoteState.APPROVED, QuoteState.CHANGED]
    found = Excerpt.objects.visible_to(actor, on=on).filter(
        interview__pilot=pilot_id,
        interview__quote=True,
        approval__state__in=said_yes,
        knot__audience=Audience.PUBLIC,
        knot__published__isnull=True,
    )
    return list(found.order_by("id").values_list("knot__ref", flat=True))


def rather_not_shown(actor: Actor, pilot_id: int, *, on: date) -> frozenset[UUID]:
    """Return the knots of pieces whose person prefers that nobody is shown them. One query."""
    found = Excerpt.objects.visible_to(actor, on=on).filter(
        interview__pilot=pilot_id, approval__state=QuoteState.REFUSED
    )
    return frozenset(found.values_list("knot__ref", flat=True))


def who_can_code(pilot: Pilot, *, on: date) -> list[Hat]:
    """Return the hats that may code in this pilot, by name. One query."""
    worn = Hat.objects.worn_on(on).filter(within=pilot.ref, role__in=CODERS_MAY)
    return list(worn.select_related("account").order_by("account__shown_as", "id"))


def layers_of(interview: Interview) -> frozenset[Layer]:
    """Return what the person said yes to, as it stands."""
    said = (
        (Layer.USE, interview.use),
        (Layer.QUOTE, interview.quote),
        (Layer.SHARE, interview.share),
    )
    return frozenset(layer for layer, yes in said if yes)


def code_refs(pilot_id: int) -> dict[int, UUID]:
    """Return for each code of a pilot the reference of the code it counts for. One query."""
    rows = Code.objects.filter(pilot=pilot_id)
    found = rows.values_list("id", "ref", "merged_into__ref")
    return {id_: merged or ref for id_, ref, merged in found}


# Parts ----------------------------------------------------------------------------------------


def _line(
    reading: Reading, row: Interview, rounds: Sequence[CodingRound], *, on: date
) -> InterviewLine:
    gone = row.withdrawn_on is not None
    open_round = next((one.ref for one in rounds if one.merged_at is None), None)
    return InterviewLine(
        id=row.pk,
        ref=row.ref,
        number=row.number,
        described="" if gone else reading.text(row, "described", deed=Deed.GLANCED),
        state=InterviewState(row.state),
        planned_on=row.planned_on,
        layers=layers_of(row),
        keep_until=row.keep_until,
        withdrawn_on=row.withdrawn_on,
        said_back_unread=getattr(row, "unread", 0),
        transcript=None if gone else getattr(row, "transcript", None),
        open_round=None if gone else open_round,
        is_coded=not gone and open_round is None and bool(rounds),
    )


def _transcript(reading: Reading, transcript_id: int) -> Transcript:
    visible = Transcript.objects.visible_to(reading.actor, on=day_of(reading.at))
    rows = visible.select_related("folder", "interview__folder", "interview__pilot__folder")
    transcript = rows.one(transcript_id)
    reading.relies_on(transcript.interview.pilot.folder)
    return transcript


def _round(reading: Reading, round_ref: UUID) -> CodingRound:
    visible = CodingRound.objects.visible_to(reading.actor, on=day_of(reading.at))
    rows = visible.select_related(
        "transcript__folder",
        "transcript__interview__folder",
        "transcript__interview__pilot__folder",
    )
    round_ = rows.filter(ref=round_ref).first()
    if round_ is None:
        raise NotFound
    reading.relies_on(round_.transcript.interview.pilot.folder)
    return round_


def _coding_line(row: Coding, code: UUID, memo: str, hat: UUID | None) -> CodingLine:
    return CodingLine(
        ref=row.ref,
        code=code,
        coder=row.coder,
        is_mine=row.coder == hat,
        start=row.start,
        end=row.end,
        memo=memo,
        stands=row.stands,
    )


def _codes_of(
    reading: Reading, round_: CodingRound, codings: object, *, on: date
) -> tuple[CodeLine, ...]:
    """Return the codes of a round: one's own that hide only where nobody sees what one codes."""
    codes = _codes(reading, round_.transcript.interview.pilot_id, codings, on=on)
    return tuple(code for code in codes if round_.is_blind or not code.is_hidden)


def _codes(reading: Reading, pilot_id: int, codings: object, *, on: date) -> list[CodeLine]:
    used: dict[int, int] = {}
    counts = codings.values_list("code_id", "code__merged_into_id")  # type: ignore[attr-defined]
    for code, merged, number in counts.order_by().annotate(number=Count("id")):
        used[merged or code] = used.get(merged or code, 0) + number
    rows = Code.objects.visible_to(reading.actor, on=on).in_use().filter(pilot=pilot_id)
    return [
        CodeLine(
            id=row.pk,
            ref=row.ref,
            number=row.number,
            name=row.name,
            description=row.description,
            parent=row.parent.ref if row.parent else None,
            used=used.get(row.pk, 0),
            is_hidden=row.hidden_in_id is not None,
        )
        for row in rows.select_related("parent").order_by("number")
    ]


def _coders(
    reading: Reading, round_: CodingRound, lines: Sequence[CodingLine]
) -> tuple[CoderLine, ...]:
    rows = list(RoundCoder.objects.filter(round=round_).order_by("id"))
    hats = Hat.objects.filter(ref__in=[row.coder for row in rows]).select_related("account")
    names = {hat.ref: hat.account.shown_as for hat in hats}
    here = {hat.ref for hat in hats if _codes_today(hat, on=day_of(reading.at))}
    open_to_all = not round_.is_blind or round_.everyone_ready_at is not None
    return tuple(
        CoderLine(
            hat=row.coder,
            name=names.get(row.coder, ""),
            is_me=row.coder == reading.actor.hat,
            ready_at=row.ready_at,
            count=sum(line.coder == row.coder for line in lines)
            if open_to_all or row.coder == reading.actor.hat
            else None,
            has_left=row.coder not in here,
        )
        for row in rows
    )


def _codes_today(hat: Hat, *, on: date) -> bool:
    """Whether this hat may still code: what ``worn_on`` says, without a query more."""
    runs = hat.last_day is None or hat.last_day >= on
    return runs and hat.ended_at is None and hat.role in CODERS_MAY


def _excerpt_line(reading: Reading, row: Excerpt) -> ExcerptLine:
    approval = getattr(row, "approval", None)
    fields = {QuoteState.CHANGED: "answer", QuoteState.REFUSED: ""}
    field = fields.get(QuoteState(approval.state), "proposed") if approval else ""
    return ExcerptLine(
        ref=row.ref,
        knot=row.knot.ref,
        interview=row.interview_id,
        number=row.interview.number,
        described=reading.text(row.interview, "described"),
        words=reading.text(row, "words"),
        approval=approval.ref if approval else None,
        state=QuoteState(approval.state) if approval else None,
        shown=reading.text(approval, field) if approval and field else "",
    )
