"""Interviews and consent: plan, say yes, change it, take it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.keyring import keyring
from smartstart.base.once import first_made
from smartstart.post import operations as post
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread.operations_heard import forget
from smartstart.voices import keeping
from smartstart.voices.describing import require_no_name
from smartstart.voices.models import (
    Coding,
    CodingRound,
    Consent,
    Excerpt,
    Interview,
    MergeDecision,
    Pseudonym,
    QuoteApproval,
    SaidBack,
    Transcript,
)
from smartstart.voices.operations_codebook import show_codes_of
from smartstart.voices.refusals import (
    SayHowToShowThem,
    StoryWasTakenBack,
    ThePersonChoseLess,
    UseIsNeeded,
)
from smartstart.voices.rules import Layer
from smartstart.voices.states import InterviewState, QuoteState

# Who acts when no person does: work on the clock, in the house's own name.
HOUSE: Final = Actor(role=Role.OPERATOR)


@transaction.atomic
def plan_interview(
    actor: Actor,
    pilot_id: int,
    *,
    with_whom: str,
    described: str,
    planned_on: date,
    at: datetime,
    ref: UUID | None = None,
) -> Interview:
    """Plan a conversation with somebody; opens the folder of that voice.

    ``described`` is how the person may be shown ("moeder, 34 jaar"). The same ``ref`` again gives
    what is there. Raises NotFound, NotAllowed, SentBefore,
    SayHowToShowThem, NameStandsInIt, TalkIsTooFarAway or TooLong.
    """
    pilots = Pilot.objects.worked_on_by(actor, on=day_of(at))
    pilot = pilots.one(pilot_id, lock=True)
    require(actor, Permission.VOICE_PLAN, within=pilot.ref)
    made = first_made(Interview.objects, ref, pilot_id=pilot.pk, made_by=actor.hat)
    if made is not None:
        return made
    if not described.strip():
        raise SayHowToShowThem
    require_no_name(described, with_whom=with_whom)
    keeping.require_day_to_talk(planned_on, today=day_of(at))
    last = Interview.objects.filter(pilot=pilot).aggregate(last=Max("number"))["last"] or 0
    interview = Interview(
        ref=ref or uuid4(),
        pilot=pilot,
        folder=open_folder(FolderKind.VOICE, at=at),
        number=last + 1,
        planned_on=planned_on,
        made_at=at,
        made_by=actor.hat,
    )
    interview.put(with_whom=with_whom, described=described)
    interview.save(force_insert=True)
    note(actor, Deed.MADE, folders=[interview.folder_id], at=at, on=[interview.ref])
    return interview


@transaction.atomic
def call_otherwise(actor: Actor, interview_id: int, *, described: str, at: datetime) -> Interview:
    """Show this person in other words beside every quote, also those that are public already.

    Raises NotFound, NotAllowed, StoryWasTakenBack, SayHowToShowThem, NameStandsInIt or TooLong.
    """
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)
    if not described.strip():
        raise SayHowToShowThem
    require_no_name(described, with_whom=open_for_deed(interview, "with_whom"))
    interview.put(described=described.strip())
    interview.save(update_fields=["described"])
    knots = list(interview.excerpts.values_list("knot_id", flat=True))
    thread.show_by(knots, described.strip())
    folder = interview.folder_id
    note(actor, Deed.CHANGED, folders=[folder], at=at, on=[interview.ref], why="called otherwise")
    return interview


@transaction.atomic
def give_consent(
    actor: Actor,
    interview_id: int,
    *,
    layers: Collection[Layer],
    keep_until: date,
    at: datetime,
) -> Interview:
    """Write down what somebody says yes to, from today; again changes it.

    The person does this on their own page, or the team writes down what the person said. What is
    no longer allowed is gone on the next request. Wider than what the person chose there the team
    cannot make it. Raises NotFound, NotAllowed, StoryWasTakenBack, UseIsNeeded, KeptTooShort,
    KeptTooLong or ThePersonChoseLess.
    """
    interview = locked(actor, interview_id, at=at)
    require_own_or_plan(actor, interview)
    today = day_of(at)
    if Layer.USE not in layers:
        raise UseIsNeeded
    last = keeping.last_day(interview.planned_on, first_yes=interview.given_on or today)
    stands = interview.keep_until
    keeping.require_day_to_keep(keep_until, last=last, today=today, stands=stands)
    if not actor.may(Permission.VOICE_OWN, within=interview.ref):
        _require_no_wider(interview, layers, keep_until)
    had_quote = interview.quote
    interview.use, interview.quote = True, Layer.QUOTE in layers
    interview.share, interview.keep_until = Layer.SHARE in layers, keep_until
    interview.given_on = interview.given_on or today
    interview.save(update_fields=["use", "quote", "share", "keep_until", "given_on"])
    _write_down(actor, interview, at=at)
    _follow(interview, quote_ended=had_quote and not interview.quote, at=at)
    first = not had_quote and interview.consents.count() == 1
    deed = Deed.CONSENT_GIVEN if first else Deed.CONSENT_CHANGED
    folders = [interview.folder_id, interview.pilot.folder_id]
    note(actor, deed, folders=folders[:1], at=at, on=[interview.ref], rules_changed=folders)
    return interview


@transaction.atomic
def withdraw_consent(actor: Actor, interview_id: int, *, at: datetime) -> thread.Fallen:
    """Take a story back: everything somebody said is gone, for ever and everywhere.

    One transaction: the consent says so, words, codings and published quotes are removed, the
    knots are withdrawn and what rests on them weakened, readers must ask again; then the key is
    destroyed. A tombstone without content stays. A second time changes nothing. Raises NotFound or
    NotAllowed.
    """
    interview = _held(actor, interview_id, at=at)
    require_own_or_plan(actor, interview)
    if interview.withdrawn_on is not None:
        return thread.Fallen(withdrawn=0, weakened=0, pilots=frozenset())
    return _take_back(actor, interview, at=at)


@transaction.atomic
def end_what_was_kept(interview_ref: UUID, *, at: datetime) -> thread.Fallen | None:
    """Remove a story of which the last day has passed, in the house's own name. By the clock."""
    over = Interview.objects.kept_too_long(on=day_of(at)).filter(ref=interview_ref)
    held = over.select_for_update(of=("self",)).select_related("pilot", "folder")
    interview = held.first()
    if interview is None:
        return None
    return _take_back(HOUSE, interview, at=at)


# For the other operations of this room ------------------------------------------------------------


def locked(actor: Actor, interview_id: int, *, at: datetime) -> Interview:
    """Return an interview that this actor may know of, held until the transaction ends.

    Raises NotFound or StoryWasTakenBack.
    """
    interview = _held(actor, interview_id, at=at)
    if interview.withdrawn_on is not None:
        raise StoryWasTakenBack
    return interview


def require_own_or_plan(actor: Actor, interview: Interview) -> None:
    """Let the person themself through, or who plans interviews in the pilot."""
    if not actor.may(Permission.VOICE_OWN, within=interview.ref):
        require(actor, Permission.VOICE_PLAN, within=interview.pilot.ref)


# Parts ----------------------------------------------------------------------------------------


def _held(actor: Actor, interview_id: int, *, at: datetime) -> Interview:
    """Return an interview, also one that was taken back, held until the transaction ends."""
    visible = Interview.objects.visible_to(actor, on=day_of(at)).select_related("pilot", "folder")
    return visible.one(interview_id, lock=True)


def _require_no_wider(interview: Interview, layers: Collection[Layer], keep_until: date) -> None:
    """Raise ThePersonChoseLess when this is more than the person last said on their own page."""
    own = interview.consents.filter(heard_by=None).order_by("-number").first()
    if own is None:
        return
    more = any(not getattr(own, layer.value) for layer in layers)
    if more or keep_until > own.keep_until:
        raise ThePersonChoseLess


def _write_down(actor: Actor, interview: Interview, *, at: datetime) -> None:
    said = interview.consents.aggregate(last=Max("number"))["last"] or 0
    today = day_of(at)
    Consent.objects.create(
        interview=interview,
        number=said + 1,
        use=interview.use,
        quote=interview.quote,
        share=interview.share,
        given_on=interview.given_on or today,
        keep_until=interview.keep_until or today,
        withdrawn=interview.withdrawn_on is not None,
        said_at=at,
        heard_by=actor.hat,
    )


def _follow(interview: Interview, *, quote_ended: bool, at: datetime) -> None:
    """Let what is published follow the consent; a no to quoting is a no to every quote.

    So a later yes to quoting shows nothing again before the person said yes to those words anew.
    """
    knots = list(interview.excerpts.values_list("knot_id", flat=True))
    if quote_ended:
        thread.hide_words(knots)
        said_yes = [QuoteState.APPROVED, QuoteState.CHANGED]
        QuoteApproval.objects.filter(excerpt__interview=interview, state__in=said_yes).update(
            state=QuoteState.REFUSED, answer=None, decided_at=at
        )
    elif interview.keep_until is not None:
        thread.show_words_until(knots, interview.keep_until)


def _take_back(actor: Actor, interview: Interview, *, at: datetime) -> thread.Fallen:
    interview.state, interview.withdrawn_on = InterviewState.WITHDRAWN, day_of(at)
    interview.use = interview.quote = interview.share = False
    interview.with_whom = interview.described = None
    interview.save()
    _write_down(actor, interview, at=at)
    knots = list(Excerpt.objects.filter(interview=interview).values_list("knot_id", flat=True))
    fallen = thread.withdraw_knots(knots, at=at)
    forget(interview.ref)
    post.close_story_mailbox(actor, interview.ref, at=at)
    _remove_words(interview, at=at)
    voice, pilot = interview.folder, interview.pilot.folder_id
    note(
        actor,
        Deed.CONSENT_WITHDRAWN,
        folders=[voice.pk, pilot],
        at=at,
        on=[interview.ref],
        rules_changed=[voice.pk, pilot],
    )
    # The heads are locked by now, in ascending order; this row is one of them.
    Folder.objects.filter(pk=voice.pk).update(erased_at=at)
    transaction.on_commit(lambda: keyring().destroy(voice.ref), robust=True)
    return fallen


def _remove_words(interview: Interview, *, at: datetime) -> None:
    """Empty every row of this voice; codings and decisions go, so that counts are new."""
    rounds = CodingRound.objects.filter(transcript__interview=interview)
    show_codes_of(rounds, interview.pilot)
    MergeDecision.objects.filter(round__transcript__interview=interview).delete()
    Coding.objects.filter(transcript__interview=interview).delete()
    Pseudonym.objects.filter(transcript__interview=interview).delete()
    SaidBack.objects.filter(interview=interview).delete()
    approvals = QuoteApproval.objects.filter(excerpt__interview=interview)
    approvals.filter(state=QuoteState.ASKED).update(state=QuoteState.REFUSED, decided_at=at)
    approvals.update(proposed=None, answer=None)
    Excerpt.objects.filter(interview=interview).update(words=None)
    Transcript.objects.filter(interview=interview).update(
        name=None, original=None, text=None, fingerprint=None
    )
