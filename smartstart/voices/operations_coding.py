"""Rounds and codings: begin a round, code a passage, be ready, talk it over, merge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder
from smartstart.access.permissions import MAY, Permission, Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people.models import Hat
from smartstart.voices import hot, rules
from smartstart.voices.errors import CodingIsOutsideTheText
from smartstart.voices.models import (
    LONGEST_TEXT,
    Coding,
    CodingRound,
    MergeDecision,
    RoundCoder,
    Transcript,
)
from smartstart.voices.operations import locked
from smartstart.voices.operations_codebook import codes_in_use, show_codes_of
from smartstart.voices.operations_text import require_usable
from smartstart.voices.refusals import (
    ChooseOneOrTwoCoders,
    DifferencesAreOpen,
    EveryoneIsStillHere,
    NoSuchDifference,
    NotEveryoneIsReady,
    RoundIsOpen,
    TextIsNotChecked,
    WorkIsOneAlready,
    YouDoNotCodeHere,
    YouWereReady,
)
from smartstart.voices.states import Choice
from smartstart.voices.transcripts import sentences

CODERS_MAY = [role.value for role in Role if Permission.VOICE_CODE in MAY[role]]


# Rounds and codings ---------------------------------------------------------------------------


@transaction.atomic
def open_round(
    actor: Actor,
    transcript_id: int,
    *,
    coders: Sequence[UUID],
    is_blind: bool = True,
    at: datetime,
) -> CodingRound:
    """Let one or two people, named by their hats, code a checked text.

    The same again by the same person gives the round that is open. Raises NotFound,
    NotAllowed, TextIsNotChecked, ChooseOneOrTwoCoders or RoundIsOpen.
    """
    transcript = _held_transcript(actor, transcript_id, at=at)
    require(actor, Permission.VOICE_CODE, within=transcript.interview.pilot.ref)
    if transcript.checked_at is None:
        raise TextIsNotChecked
    hats = Hat.objects.worn_on(day_of(at)).filter(
        ref__in=coders, within=transcript.interview.pilot.ref, role__in=CODERS_MAY
    )
    if not 1 <= len(coders) <= 2 or hats.count() != len(coders):  # one person twice is not two
        raise ChooseOneOrTwoCoders
    open_now = transcript.rounds.filter(merged_at=None).first()
    if open_now is not None:
        return _opened_before(open_now, actor, coders, is_blind=is_blind)
    made = CodingRound.objects.create(
        transcript=transcript, is_blind=is_blind, opened_at=at, opened_by=actor.hat
    )
    RoundCoder.objects.bulk_create(RoundCoder(round=made, coder=coder) for coder in coders)
    note(actor, Deed.MADE, folders=[transcript.folder_id], at=at, on=[made.ref])
    return made


def _opened_before(
    round_: CodingRound, actor: Actor, coders: Sequence[UUID], *, is_blind: bool
) -> CodingRound:
    """Return the open round when this person opened it just so. Raises RoundIsOpen."""
    same = set(coders_of(round_)) == set(coders) and round_.is_blind == is_blind
    if round_.opened_by != actor.hat or not same:
        raise RoundIsOpen
    return round_


def code_passage(
    actor: Actor,
    round_ref: UUID,
    *,
    code: UUID,
    start: int,
    end: int,
    memo: str | None = None,
    at: datetime,
) -> Coding:
    """Put a code on a stretch of the text; the same again only changes the memo.

    Without ``memo`` one that is there stays, so that a form sent twice takes nothing away. Of two
    that are sent at once one finds the other there, the second time it looks: PostgreSQL looks
    again only at rows that it held.

    Positions count characters of the text, ``end`` exclusive; what no text reaches is refused
    before the database is asked. Raises NotFound, NotAllowed, YouDoNotCodeHere, YouWereReady,
    CodingIsOutsideTheText or TooLong.
    """
    told = partial(_code_passage, actor, round_ref, code=code, start=start, end=end)
    try:
        return told(memo=memo, at=at)
    except IntegrityError:
        return told(memo=memo, at=at)


@transaction.atomic
def _code_passage(
    actor: Actor,
    round_ref: UUID,
    *,
    code: UUID,
    start: int,
    end: int,
    memo: str | None,
    at: datetime,
) -> Coding:
    if not rules.lies_within((start, end), LONGEST_TEXT):
        _coded_by_me(actor, round_ref, at=at)
        raise CodingIsOutsideTheText
    desk = hot.desk(actor, round_ref, code=code, start=start, end=end, on=day_of(at))
    if desk is None:
        _coded_by_me(actor, round_ref, at=at)
        raise NotFound
    if not rules.lies_within((start, end), desk.length):
        raise CodingIsOutsideTheText
    if desk.code is None:
        raise NotFound
    coding = _at_desk(desk, desk.code, worn(actor), start=start, end=end, at=at)
    if memo is not None:
        coding.put(memo=memo or None)
    if desk.coding is None:
        coding.save(force_insert=True)
    elif memo is not None:
        coding.save(update_fields=["memo"])
    note(actor, Deed.CODED, folders=[desk.folder], at=at, on=[coding.ref])
    return coding


@transaction.atomic
def code_precisely(
    actor: Actor, round_ref: UUID, *, codes: Collection[UUID], start: int, end: int, at: datetime
) -> list[Coding]:
    """Let precisely these codes stand on a stretch, as one's own; what else stood there goes.

    All of it or nothing; the same again changes nothing. Returns what is new. Raises NotFound,
    NotAllowed, YouDoNotCodeHere, YouWereReady or CodingIsOutsideTheText.
    """
    round_ = _coded_by_me(actor, round_ref, at=at)
    if not rules.lies_within((start, end), round_.transcript.length):
        raise CodingIsOutsideTheText
    wanted = codes_in_use(round_, codes, by=worn(actor))
    mine = round_.codings.filter(coder=worn(actor), start=start, end=end)
    there = list(mine.select_related("code"))
    gone = [coding for coding in there if _plain(coding).code not in wanted]
    text = round_.transcript
    place = {"round": round_, "transcript": text, "folder": text.folder, "coder": worn(actor)}
    new = [
        Coding(**place, code_id=code, start=start, end=end, made_at=at)
        for code in sorted(wanted - {_plain(coding).code for coding in there})
    ]
    if not new and not gone:
        return []
    mine.filter(pk__in=[coding.pk for coding in gone]).delete()
    Coding.objects.bulk_create(new)
    deed = Deed.CODED if new else Deed.REMOVED
    note(actor, deed, folders=[text.folder_id], at=at, on=[row.ref for row in (*new, *gone)])
    return new


@transaction.atomic
def uncode(actor: Actor, coding_ref: UUID, *, at: datetime) -> None:
    """Take one's own coding away. Raises NotFound, NotAllowed, YouDoNotCodeHere or YouWereReady."""
    visible = Coding.objects.visible_to(actor, on=day_of(at)).filter(coder=worn(actor))
    coding = visible.filter(ref=coding_ref).select_related("round").first()
    if coding is None:
        raise NotFound
    _coded_by_me(actor, coding.round.ref, at=at)
    coding.delete()
    note(actor, Deed.REMOVED, folders=[coding.folder_id], at=at, on=[coding_ref])


@transaction.atomic
def ready(actor: Actor, round_ref: UUID, *, at: datetime) -> CodingRound:
    """Say that one is ready. When everyone is, all see each other's work. Again changes nothing.

    Raises NotFound, NotAllowed or YouDoNotCodeHere.
    """
    round_ = held_round(actor, round_ref, at=at)
    require(actor, Permission.VOICE_CODE, within=round_.transcript.interview.pilot.ref)
    mine = round_.coders.filter(coder=worn(actor))
    if not mine.exists():
        raise YouDoNotCodeHere
    mine.filter(ready_at=None).update(ready_at=at)
    shown = _open_to_all(round_, at=at)
    _round_changed(actor, round_, shown, at=at)
    return round_


@transaction.atomic
def go_on_without(actor: Actor, round_ref: UUID, *, at: datetime) -> CodingRound:
    """Let a round go on without the coders whose role has ended; who leads the pilot decides.

    Their codings stay as first opinions and do not count. With nobody left, who decides codes.
    Raises NotFound, NotAllowed, WorkIsOneAlready or EveryoneIsStillHere.
    """
    round_ = held_round(actor, round_ref, at=at)
    pilot = round_.transcript.interview.pilot
    require(actor, Permission.PILOT_LEAD, within=pilot.ref)
    if round_.merged_at is not None:
        raise WorkIsOneAlready
    worn_here = Hat.objects.worn_on(day_of(at)).filter(within=pilot.ref, role__in=CODERS_MAY)
    gone = round_.coders.exclude(coder__in=worn_here.values("ref"))
    if not gone.delete()[0]:
        raise EveryoneIsStillHere
    if not round_.coders.exists():
        RoundCoder.objects.create(round=round_, coder=worn(actor))
        round_.everyone_ready_at = None
        round_.save(update_fields=["everyone_ready_at"])
    shown = _open_to_all(round_, at=at)
    _round_changed(actor, round_, shown, at=at)
    return round_


# Merging --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The codings of a round paired off, in the order of the text."""

    rows: tuple[tuple[rules.Difference, Coding | None, Coding | None], ...]

    @property
    def differing(self) -> tuple[tuple[rules.Difference, Coding | None, Coding | None], ...]:
        """The rows that are to be talked over."""
        return tuple(row for row in self.rows if row[0] is not rules.Difference.NONE)


def side_by_side(coders: Sequence[UUID], codings: Sequence[Coding]) -> SideBySide:
    """Pair the codings of two coders; with one coder each stands alone."""
    by_place = {_plain(coding): coding for coding in codings}
    halves = [[_plain(c) for c in codings if c.coder == coder] for coder in coders]
    first, second = (*halves, [])[:2]
    return SideBySide(
        tuple(
            (
                row.difference,
                by_place[row.first] if row.first else None,
                by_place[row.second] if row.second else None,
            )
            for row in rules.differences(first, second)
        )
    )


@transaction.atomic
def choose(
    actor: Actor,
    round_ref: UUID,
    *,
    first: UUID | None,
    second: UUID | None,
    choice: Choice,
    at: datetime,
) -> MergeDecision:
    """Keep what was talked over for one difference; again replaces it.

    Raises NotFound, NotAllowed, NotEveryoneIsReady, WorkIsOneAlready or NoSuchDifference.
    """
    round_ = held_round(actor, round_ref, at=at)
    require(actor, Permission.VOICE_MERGE, within=round_.transcript.interview.pilot.ref)
    pairs = {
        (one and one.ref, other and other.ref): (one, other)
        for _, one, other in _paired(round_).differing
    }
    if (first, second) not in pairs or (choice in _NEEDS_SECOND and second is None):
        raise NoSuchDifference
    one, other = pairs[first, second]
    decision, _ = MergeDecision.objects.update_or_create(
        round=round_,
        first=one,
        second=other,
        defaults={"choice": choice, "decided_by": actor.hat, "decided_at": at},
    )
    note(actor, Deed.MERGED, folders=[round_.transcript.folder_id], at=at, on=[round_.ref])
    return decision


@transaction.atomic
def merge(actor: Actor, round_ref: UUID, *, at: datetime) -> CodingRound:
    """Make one result of a round and keep the agreement as it was; first opinions stay readable.

    The same person again changes nothing. Raises NotFound, NotAllowed, NotEveryoneIsReady,
    WorkIsOneAlready or DifferencesAreOpen.
    """
    round_ = held_round(actor, round_ref, at=at)
    require(actor, Permission.VOICE_MERGE, within=round_.transcript.interview.pilot.ref)
    if round_.merged_at is not None and round_.merged_by == actor.hat:
        return round_
    paired = _paired(round_)
    coders = coders_of(round_)
    chosen = {(d.first_id, d.second_id): Choice(d.choice) for d in round_.decisions.all()}
    wanted = paired.differing if len(coders) > 1 else ()
    left = sum(_pair(one, other) not in chosen for _, one, other in wanted)
    if left:
        raise DifferencesAreOpen(left=left)
    Coding.objects.bulk_update(_standing(paired, chosen), ["stands"])
    round_.codings.filter(stands=None).update(stands=False)
    if len(coders) > 1:
        found = measured(round_, open_for_deed(round_.transcript, "text")).overall
        round_.alpha, round_.alpha_low, round_.alpha_high = found.alpha, found.low, found.high
    round_.merged_at, round_.merged_by = at, actor.hat
    round_.save()
    note(actor, Deed.MERGED, folders=[round_.transcript.folder_id], at=at, on=[round_.ref])
    return round_


def measured(round_: CodingRound, text: str) -> rules.AgreementReport:
    """Measure how far the coders of a round agree on what at least one of them coded."""
    codings = [_plain(c) for c in round_.codings.select_related("code").order_by("start", "id")]
    return rules.agreement(codings, coders_of(round_), sentences=sentences(text))


def coders_of(round_: CodingRound) -> list[UUID]:
    """Return the coders of a round in the order they were chosen."""
    return list(round_.coders.order_by("id").values_list("coder", flat=True))


def worn(actor: Actor) -> UUID:
    """Return the hat under which somebody codes. Raises YouDoNotCodeHere without one."""
    if actor.hat is None:
        raise YouDoNotCodeHere
    return actor.hat


def held_round(actor: Actor, round_ref: UUID, *, at: datetime) -> CodingRound:
    """Return a round this actor may know of, its interview held. Raises NotFound."""
    visible = CodingRound.objects.visible_to(actor, on=day_of(at)).filter(ref=round_ref)
    round_ = visible.select_related("transcript__folder", "transcript__interview").first()
    if round_ is None:
        raise NotFound
    interview = locked(actor, round_.transcript.interview_id, at=at)
    require_usable(interview, at=at)
    round_.transcript.interview = interview
    round_.refresh_from_db(fields=["everyone_ready_at", "merged_at", "merged_by"])
    return round_


# Parts ----------------------------------------------------------------------------------------

_NEEDS_SECOND = frozenset({Choice.SECOND, Choice.BOTH})


def _pair(one: Coding | None, other: Coding | None) -> tuple[int | None, int | None]:
    return (one.pk if one else None, other.pk if other else None)


def _plain(coding: Coding) -> rules.Coding:
    code = coding.code.merged_into_id or coding.code_id
    return rules.Coding(coding.coder, code, coding.start, coding.end)


def _paired(round_: CodingRound) -> SideBySide:
    if round_.everyone_ready_at is None:
        raise NotEveryoneIsReady
    if round_.merged_at is not None:
        raise WorkIsOneAlready
    codings = round_.codings.select_related("code").order_by("start", "id")
    return side_by_side(coders_of(round_), list(codings))


def _standing(
    paired: SideBySide, chosen: dict[tuple[int | None, int | None], Choice]
) -> list[Coding]:
    """Say of every coding whether it stays: of equal ones the first, of others as was chosen."""
    rows = []
    for _, one, other in paired.rows:
        choice = chosen.get(_pair(one, other), Choice.FIRST)
        for coding, keeps in ((one, Choice.FIRST), (other, Choice.SECOND)):
            if coding is not None:
                coding.stands = choice in {keeps, Choice.BOTH}
                rows.append(coding)
    return rows


def _at_desk(
    desk: hot.Desk, code: int, coder: UUID, *, start: int, end: int, at: datetime
) -> Coding:
    """Return the coding that is there, or a new one, not saved yet."""
    coding = Coding(
        folder=Folder(pk=desk.folder, ref=desk.folder_ref),
        round_id=desk.round,
        transcript_id=desk.transcript,
        code_id=code,
        coder=coder,
        start=start,
        end=end,
        made_at=at,
    )
    if desk.coding_ref is not None:
        coding.pk, coding.ref = desk.coding, desk.coding_ref
    return coding


def _open_to_all(round_: CodingRound, *, at: datetime) -> list[UUID]:
    """When every coder is ready: let all see all, codes that hid too; which codes those are."""
    if round_.everyone_ready_at is not None or round_.coders.filter(ready_at=None).exists():
        return []
    round_.everyone_ready_at = at
    round_.save(update_fields=["everyone_ready_at"])
    return show_codes_of([round_], round_.transcript.interview.pilot)


def _round_changed(
    actor: Actor, round_: CodingRound, codes: Sequence[UUID], *, at: datetime
) -> None:
    """Write that a round goes on; in the pilot's folder too when codes became everybody's."""
    folder, pilot = round_.transcript.folder_id, round_.transcript.interview.pilot.folder_id
    folders = [folder, pilot] if codes else [folder]
    on = [round_.ref, *codes]
    note(actor, Deed.CHANGED, folders=folders, at=at, on=on, rules_changed=[folder])


def _held_transcript(actor: Actor, transcript_id: int, *, at: datetime) -> Transcript:
    visible = Transcript.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    transcript = visible.one(transcript_id)
    transcript.interview = locked(actor, transcript.interview_id, at=at)
    require_usable(transcript.interview, at=at)
    return transcript


def _coded_by_me(actor: Actor, round_ref: UUID, *, at: datetime) -> CodingRound:
    """Return a round in which this actor still codes, its interview held. Four queries."""
    round_ = held_round(actor, round_ref, at=at)
    require(actor, Permission.VOICE_CODE, within=round_.transcript.interview.pilot.ref)
    mine = round_.coders.filter(coder=worn(actor)).first()
    if mine is None:
        raise YouDoNotCodeHere
    if mine.ready_at is not None or round_.merged_at is not None:
        raise YouWereReady
    return round_
