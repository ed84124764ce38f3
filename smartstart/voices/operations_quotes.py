"""From a coded piece to a quote: make an excerpt, ask the person, and what may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind
from smartstart.thread.words import Words
from smartstart.voices import rules
from smartstart.voices.errors import (
    CodingIsOutsideTheText,
    ConsentDoesNotReach,
    QuoteIsNotApproved,
)
from smartstart.voices.models import Excerpt, QuoteApproval, Transcript
from smartstart.voices.operations import locked
from smartstart.voices.operations_text import is_usable, require_usable
from smartstart.voices.refusals import QuoteIsNotYetAnswered, TextIsNotChecked
from smartstart.voices.states import QuoteState


@transaction.atomic
def make_excerpt(
    actor: Actor, transcript_id: int, *, start: int, end: int, at: datetime
) -> Excerpt:
    """Make a piece of a checked text that the thread can rest on; the same again gives the same.

    Blanks at both ends are left out. Tie its ``knot`` with the thread's ``tie``. Raises NotFound,
    NotAllowed, TextIsNotChecked, CodingIsOutsideTheText or TooLong.
    """
    visible = Transcript.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    transcript = visible.one(transcript_id)
    interview = locked(actor, transcript.interview_id, at=at)
    require(actor, Permission.VOICE_CODE, within=interview.pilot.ref)
    require_usable(interview, at=at)
    if transcript.checked_at is None:
        raise TextIsNotChecked
    if not rules.lies_within((start, end), transcript.length):
        raise CodingIsOutsideTheText
    start, end, words = _trimmed(open_for_deed(transcript, "text"), start, end)
    there = Excerpt.objects.filter(transcript=transcript, start=start, end=end).first()
    if there is not None:
        return there
    thread.hold_thread(interview.pilot_id)
    excerpt = Excerpt(
        interview=interview,
        transcript=transcript,
        folder=interview.folder,
        knot=thread.new_knot(interview.pilot, Kind.EXCERPT, at=at, source=interview.ref),
        start=start,
        end=end,
        made_at=at,
        made_by=actor.hat,
    )
    excerpt.put(words=words)
    excerpt.save(force_insert=True)
    note(actor, Deed.MADE, folders=[interview.folder_id], at=at, on=[excerpt.ref])
    return excerpt


@transaction.atomic
def ask_approval(
    actor: Actor, excerpt_ref: UUID, *, words: str | None = None, at: datetime
) -> QuoteApproval:
    """Ask the interviewee whether these words of an excerpt may be shown; again asks anew.

    Without ``words`` the whole excerpt. The same words that were asked before change nothing.
    Raises NotFound, NotAllowed, ConsentDoesNotReach (no yes to quoting) or QuoteIsNotApproved
    (words that are not in the excerpt).
    """
    excerpt = _excerpt(actor, excerpt_ref, at=at)
    require(actor, Permission.VOICE_CODE, within=excerpt.interview.pilot.ref)
    if not excerpt.interview.quote:
        raise ConsentDoesNotReach
    whole = open_for_deed(excerpt, "words")
    asked = whole if words is None else words.strip()
    if not rules.quote_stands_in(asked, whole):
        raise QuoteIsNotApproved
    there = QuoteApproval.objects.filter(excerpt=excerpt).select_related("folder").first()
    if there is not None and open_for_deed(there, "proposed") == asked:
        return there
    approval = there or QuoteApproval(excerpt=excerpt)
    approval.folder = excerpt.interview.folder
    approval.put(proposed=asked, answer=None)
    approval.state, approval.asked_at, approval.asked_by = QuoteState.ASKED, at, actor.hat
    approval.decided_at = None
    approval.save()
    thread.hide_words([excerpt.knot_id])
    note(actor, Deed.CHANGED, folders=[excerpt.folder_id], at=at, on=[approval.ref], why="asked")
    return approval


def words_to_publish(knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
    """Return the words of excerpts that may be shown to everyone on this day.

    Left out are those whose person wants to be counted and not quoted. Raises ConsentDoesNotReach
    (may not be used any more) or QuoteIsNotYetAnswered. One query.
    """
    rows = Excerpt.objects.filter(knot_id__in=knots).select_related(
        "folder", "interview__folder", "approval__folder"
    )
    found = {}
    for excerpt in rows:
        words = _words_of(excerpt, on=on)
        if words:
            by = open_for_deed(excerpt.interview, "described")
            until = excerpt.interview.keep_until
            found[excerpt.knot_id] = Words("", words, by=by, until=until)
    return found


def _words_of(excerpt: Excerpt, *, on: date) -> str:
    if not is_usable(excerpt.interview, on=on):
        raise ConsentDoesNotReach
    if not excerpt.interview.quote:
        return ""
    approval = getattr(excerpt, "approval", None)
    if approval is None or approval.state == QuoteState.ASKED:
        raise QuoteIsNotYetAnswered
    said = {QuoteState.APPROVED: "proposed", QuoteState.CHANGED: "answer"}
    field = said.get(QuoteState(approval.state))
    return open_for_deed(approval, field) if field else ""


def _excerpt(actor: Actor, ref: UUID, *, at: datetime) -> Excerpt:
    """Return an excerpt with its interview, held."""
    visible = Excerpt.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    excerpt = visible.filter(ref=ref).first()
    if excerpt is None:
        raise NotFound
    excerpt.interview = locked(actor, excerpt.interview_id, at=at)
    require_usable(excerpt.interview, at=at)
    return excerpt


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, str]:
    piece = text[start:end]
    words = piece.strip()
    if not words:
        raise CodingIsOutsideTheText
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(words), words
