"""What an interviewee does on the page of their own story, and the card that opens it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.thread import operations as thread
from smartstart.voices import rules
from smartstart.voices.models import Interview, QuoteApproval, SaidBack, StoryCard
from smartstart.voices.operations import locked, withdraw_consent
from smartstart.voices.operations_text import is_usable
from smartstart.voices.refusals import (
    CardDoesNotOpen,
    CardIsClosedForAWhile,
    TheDayHasPassed,
    WordIsTooShort,
    WordsHaveChanged,
    WriteSomething,
)
from smartstart.voices.states import QuoteState, TellBy

# No vowels, so no words; no letter that looks like another in print or by hand.
ALPHABET: Final = "bcdfghjkmnpqrstvwxz"
CODE_LETTERS: Final = 12
SHORTEST_WORD: Final = 4
MOST_WRONG_WORDS: Final = 5
MOST_KEPT: Final = 20 * MOST_WRONG_WORDS
CLOSED_FOR: Final = timedelta(minutes=15)
CLOSED_AT_MOST: Final = timedelta(days=1)
_NOT_A_LETTER: Final = re.compile(r"[^a-z]")


# The card -------------------------------------------------------------------------------------


@transaction.atomic
def make_card(
    actor: Actor, interview_id: int, *, word: str, at: datetime, ref: UUID | None = None
) -> str:
    """Make the card of an interviewee, with the second word they chose; return its code, once.

    A new card makes the old one worthless; the same ``ref`` again is the same card. Raises
    NotFound, NotAllowed, StoryWasTakenBack or WordIsTooShort.
    """
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)
    if len(_plain_word(word)) < SHORTEST_WORD:
        raise WordIsTooShort
    code = _code_of(ref or uuid4(), interview)
    if StoryCard.objects.filter(interview=interview, code_hash=_code_hash(code)).exists():
        return code
    StoryCard.objects.update_or_create(
        interview=interview,
        defaults={
            "code_hash": _code_hash(code),
            "word_hash": make_password(_plain_word(word)),
            "wrong_tries": 0,
            "closed_until": None,
            "made_at": at,
            "made_by": actor.hat,
        },
    )
    note(actor, Deed.MADE, folders=[interview.folder_id], at=at, on=[interview.ref], why="card")
    return code


def open_story(code: str, word: str, *, at: datetime) -> UUID:
    """Return the reference of the interview that a card and a word open.

    A try is counted before the word is looked at, so many at once count too. Five wrong words
    close the card for a quarter of an hour, the next five twice as long, and on, up to a day:
    who found a card cannot go through all short words. A wrong code takes as long as a wrong
    word. Raises CardIsClosedForAWhile or CardDoesNotOpen.
    """
    cards = StoryCard.objects.select_related("interview__folder")
    card = cards.filter(code_hash=_code_hash(code)).first()
    if card is not None and not _counted(card, at=at):
        raise CardIsClosedForAWhile
    fits = check_password(_plain_word(word), card.word_hash if card else _nobodys_word())
    if card is None or not fits:
        raise CardDoesNotOpen
    _entered(card, at=at)
    return card.interview.ref


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
def choose_how_to_hear(actor: Actor, *, tell_by: TellBy, at: datetime) -> Interview:
    """Choose how one hears what was done with the story. Raises NotFound or NotAllowed."""
    interview = _mine(actor, at=at)
    interview.tell_by = tell_by
    interview.save(update_fields=["tell_by"])
    note(actor, Deed.CHANGED, folders=[interview.folder_id], at=at, on=[interview.ref], why="hear")
    return interview


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
def _counted(card: StoryCard, *, at: datetime) -> bool:
    """Count a try as wrong until it proves right; False when the card is closed."""
    rows = StoryCard.objects.filter(pk=card.pk)
    is_open = Q(closed_until=None) | Q(closed_until__lte=at)
    if not rows.filter(is_open).update(wrong_tries=Least(F("wrong_tries") + 1, MOST_KEPT)):
        return False
    card.refresh_from_db(fields=["wrong_tries"])
    times, left = divmod(card.wrong_tries, MOST_WRONG_WORDS)
    if not left:
        rows.update(closed_until=at + min(CLOSED_FOR * 2 ** (times - 1), CLOSED_AT_MOST))
    return True


@transaction.atomic
def _entered(card: StoryCard, *, at: datetime) -> None:
    StoryCard.objects.filter(pk=card.pk).update(wrong_tries=0, closed_until=None)
    interview = card.interview
    who = Actor(role=Role.INTERVIEWEE, within=interview.ref, person=interview.ref, assurance=2)
    note(who, Deed.ENTERED, folders=[interview.folder_id], at=at, on=[interview.ref])


def _code_of(ref: UUID, interview: Interview) -> str:
    """Return the code that goes with a send of the form: the same again for the same send.

    Nobody can make it without the secret of this house, and it is kept nowhere.
    """
    told = b"story card of " + ref.bytes + interview.ref.bytes
    left = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), told, "sha256"))
    letters = []
    for _letter in range(CODE_LETTERS):
        left, place = divmod(left, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def _code_hash(code: str) -> str:
    """Return a keyed hash of a code; capitals, blanks and dashes do not count."""
    letters = _NOT_A_LETTER.sub("", code.lower())[:100]
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"story card " + letters.encode(), hashlib.sha256).hexdigest()


def _plain_word(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()[:100]


@lru_cache(maxsize=1)
def _nobodys_word() -> str:
    """Return a hash that no word fits, so that an unknown code takes as long as a wrong word."""
    return make_password(secrets.token_hex(16))
