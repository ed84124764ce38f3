"""What an interviewee does on the page of their own story, and the card that opens it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.post import operations as post
from smartstart.thread import cards
from smartstart.thread import operations as thread
from smartstart.thread.cards import Codes
from smartstart.thread.models import HowHeard
from smartstart.thread.operations_heard import heard
from smartstart.voices import rules
from smartstart.voices.models import Interview, QuoteApproval, SaidBack, StoryCard
from smartstart.voices.operations import locked, withdraw_consent
from smartstart.voices.operations_text import is_usable
from smartstart.voices.refusals import (
    CardDoesNotOpen,
    CardIsClosedForAWhile,
    NothingAtHome,
    TheDayHasPassed,
    WordIsTooShort,
    WordsHaveChanged,
    WriteSomething,
)
from smartstart.voices.states import QuoteState, TellBy

# The card -------------------------------------------------------------------------------------


@transaction.atomic
def make_codes(
    actor: Actor, interview_id: int, *, word: str, at: datetime, ref: UUID | None = None
) -> Codes:
    """Make the card of an interviewee, with the second word they chose; return its codes, once.

    A new card makes the old one worthless; the same ``ref`` again is the same card. Raises
    NotFound, NotAllowed, StoryWasTakenBack or WordIsTooShort.
    """
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)
    if cards.is_too_short(word):
        raise WordIsTooShort
    codes = cards.codes_of(ref or uuid4(), interview.ref)
    made = StoryCard.objects.filter(interview=interview, code_hash=cards.code_hash(codes.typed))
    if made.exists():
        return codes
    StoryCard.objects.update_or_create(
        interview=interview, defaults=cards.of_codes(codes, word, at=at, by=actor.hat)
    )
    note(actor, Deed.MADE, folders=[interview.folder_id], at=at, on=[interview.ref], why="card")
    return codes


def make_card(
    actor: Actor, interview_id: int, *, word: str, at: datetime, ref: UUID | None = None
) -> str:
    """Make the card and return the code that is typed over from it. As ``make_codes``."""
    return make_codes(actor, interview_id, word=word, at=at, ref=ref).typed


def open_story(code: str, word: str, *, at: datetime) -> UUID:
    """Return the reference of the interview that a card and a word open.

    A try is counted before the word is looked at, so many at once count too. Five wrong words
    close the card for a quarter of an hour, the next five twice as long, and on, up to a day:
    who found a card cannot go through all short words. A wrong code takes as long as a wrong
    word. Who comes in hears what came of the story so far. Raises CardIsClosedForAWhile or
    CardDoesNotOpen.
    """
    card = StoryCard.opened_by(code)
    if card is not None and not card.takes_a_try(at=at):
        raise CardIsClosedForAWhile
    if not cards.word_fits(card, word) or card is None:
        raise CardDoesNotOpen
    return _entered(card, at=at)


# The page -------------------------------------------------------------------------------------


@transaction.atomic
def approve_quote(actor: Actor, approval_ref: UUID, *, words: str, at: datetime) -> QuoteApproval:
    """Say yes to exactly these words: those that are asked, or one's own from before.

    ``words`` are what the person read: a question that was asked anew since then is not answered.
    Raises NotFound, NotAllowed, WordsHaveChanged.
    """
    asked = _asked(actor, approval_ref, at=at)
    own = open_for_deed(asked, "answer")
    if own and rules.same_words(words, own):
        return _answer(actor, asked, QuoteState.CHANGED, own, at=at)
    if not rules.same_words(words, open_for_deed(asked, "proposed")):
        raise WordsHaveChanged
    return _answer(actor, asked, QuoteState.APPROVED, None, at=at)


@transaction.atomic
def change_quote(actor: Actor, approval_ref: UUID, *, words: str, at: datetime) -> QuoteApproval:
    """Say it in other words: these may be shown. Raises NotFound, NotAllowed, WriteSomething."""
    if not words.strip():
        raise WriteSomething
    asked = _asked(actor, approval_ref, at=at)
    return _answer(actor, asked, QuoteState.CHANGED, words.strip(), at=at)


@transaction.atomic
def refuse_quote(actor: Actor, approval_ref: UUID, *, at: datetime) -> QuoteApproval:
    """Say rather not: it counts, and is not shown. Raises NotFound, NotAllowed."""
    asked = _asked(actor, approval_ref, at=at)
    return _answer(actor, asked, QuoteState.REFUSED, None, at=at)


@transaction.atomic
def say_back(actor: Actor, *, words: str, at: datetime, ref: UUID | None = None) -> SaidBack:
    """Write something to the team from one's own page; the same ``ref`` again gives what is there.

    Raises NotFound, SentBefore, WriteSomething, TheDayHasPassed, TooLong.
    """
    interview = _mine(actor, at=at)
    made = first_made(SaidBack.objects, ref, interview_id=interview.pk)
    if made is not None:
        return made
    if not words.strip():
        raise WriteSomething
    _require_running(interview, at=at)
    said = SaidBack(ref=ref or uuid4(), interview=interview, folder=interview.folder, said_at=at)
    said.put(words=words.strip())
    said.save(force_insert=True)
    note(actor, Deed.MADE, folders=[interview.folder_id], at=at, on=[said.ref], why="said back")
    return said


@transaction.atomic
def choose_how_to_hear(
    actor: Actor, *, tell_by: TellBy, at: datetime, address: str = "", language: str = "nl"
) -> Interview:
    """Choose how one hears what was done with the story.

    By mail: ``address`` is where; it is kept under a key of its own and destroyed with another
    choice. The mail says only that there is news. A letter is in ``language``. Raises NotFound,
    NotAllowed or NotAnAddress.
    """
    interview = _mine(actor, at=at)
    interview.tell_by, interview.tell_in = tell_by, language
    interview.save(update_fields=["tell_by", "tell_in"])
    if tell_by is TellBy.MAIL:
        post.open_story_mailbox(actor, interview.ref, address, at=at, language=language)
    else:
        post.close_story_mailbox(actor, interview.ref, at=at)
    note(actor, Deed.CHANGED, folders=[interview.folder_id], at=at, on=[interview.ref], why="hear")
    return interview


@transaction.atomic
def was_told(actor: Actor, interview_id: int, *, how: HowHeard, at: datetime) -> bool:
    """Say that the team told somebody what came of the story, by letter or in words.

    Whether there was anything to tell. Raises NotFound, NotAllowed, StoryWasTakenBack,
    TheDayHasPassed or NothingAtHome (a letter to who wants nothing at home).
    """
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)
    _require_running(interview, at=at)
    if how is HowHeard.LETTER and interview.tell_by != TellBy.POST:
        raise NothingAtHome
    thread.hold_thread(interview.pilot_id)
    row = heard(interview.pilot_id, interview.ref, how, at=at, told_by=actor.hat)
    note(actor, Deed.CHANGED, folders=[interview.folder_id], at=at, on=[interview.ref], why="told")
    return row is not None


def withdraw_story(actor: Actor, *, at: datetime) -> thread.Fallen:
    """Take one's own story back; needs no reason, and twice is once. Raises NotFound."""
    return withdraw_consent(actor, _own(actor, at=at).pk, at=at)


@transaction.atomic
def mark_read(actor: Actor, interview_id: int, said_back: Collection[UUID], *, at: datetime) -> int:
    """Say that the team read what somebody wrote back; how many were not read yet.

    What was read before stays as it was. Raises NotFound, NotAllowed or StoryWasTakenBack.
    """
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)
    said = SaidBack.objects.filter(interview=interview, ref__in=said_back)
    if said.count() != len(set(said_back)):
        raise NotFound
    new = list(said.filter(read_at=None).order_by("id").values_list("ref", flat=True))
    if new:
        said.filter(read_at=None).update(read_at=at, read_by=actor.hat)
        note(actor, Deed.CHANGED, folders=[interview.folder_id], at=at, on=new, why="read")
    return len(new)


# Parts ----------------------------------------------------------------------------------------


def _own(actor: Actor, *, at: datetime) -> Interview:
    if actor.role is not Role.INTERVIEWEE:
        raise NotFound
    found = Interview.objects.visible_to(actor, on=day_of(at)).first()
    if found is None:
        raise NotFound
    return found


def _mine(actor: Actor, *, at: datetime) -> Interview:
    interview = locked(actor, _own(actor, at=at).pk, at=at)
    require(actor, Permission.VOICE_OWN, within=interview.ref)
    return interview


def _require_running(interview: Interview, *, at: datetime) -> None:
    """Raise TheDayHasPassed unless the story, held by now, may be used today."""
    if not is_usable(interview, on=day_of(at)):
        raise TheDayHasPassed


def _asked(actor: Actor, approval_ref: UUID, *, at: datetime) -> QuoteApproval:
    """Return a question to this person, their interview held."""
    interview = _mine(actor, at=at)
    _require_running(interview, at=at)
    rows = QuoteApproval.objects.visible_to(actor, on=day_of(at))
    approval = rows.filter(ref=approval_ref).select_related("folder", "excerpt").first()
    if approval is None:
        raise NotFound
    return approval


def _answer(
    actor: Actor, approval: QuoteApproval, state: QuoteState, words: str | None, *, at: datetime
) -> QuoteApproval:
    """Write down an answer; what was published in other words is gone at once."""
    if approval.state != state or (words or "") != open_for_deed(approval, "answer"):
        thread.hide_words([approval.excerpt.knot_id])
    approval.put(answer=words)
    approval.state, approval.decided_at = state, at
    approval.save()
    note(actor, Deed.APPROVED, folders=[approval.folder_id], at=at, on=[approval.ref], why=state)
    return approval


@transaction.atomic
def _entered(card: StoryCard, *, at: datetime) -> UUID:
    card.was_right()
    interview = Interview.objects.get(pk=card.interview_id)
    if interview.withdrawn_on is None:
        thread.hold_thread(interview.pilot_id)
        heard(interview.pilot_id, interview.ref, HowHeard.PAGE, at=at)
    who = Actor(role=Role.INTERVIEWEE, within=interview.ref, person=interview.ref, assurance=2)
    note(who, Deed.ENTERED, folders=[interview.folder_id], at=at, on=[interview.ref])
    return interview.ref
