"""From a proposal to a pilot that runs, is public and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.once import SentBefore
from smartstart.people.models import Account
from smartstart.people.operations import give_hat
from smartstart.programme import errors, rules
from smartstart.programme.choices import State
from smartstart.programme.models import (
    Pilot,
    Proposal,
    QuestionVersion,
    Region,
    StandChange,
    Vindplaats,
)
from smartstart.programme.operations.learning import lessons_waiting
from smartstart.programme.operations.pilots import changed, held, led, said
from smartstart.programme.operations.placing import NewPlace, place_for


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody tells in the form: what returns, where, who they are and how to call back."""

    sees: str
    place: str = ""
    name: str = ""
    reach: str = ""


@transaction.atomic
def propose_pilot(actor: Actor, seen: Seen, *, ref: UUID | None = None, at: datetime) -> Proposal:
    """Keep what somebody saw, sealed, with one person who answers within two weeks.

    Sent twice with one ``ref`` it is one proposal. Raises NotAllowed, ReasonMissing,
    NobodyTakesProposals, SentBefore, in that order. Writes a pilot in state proposed with its own
    folder, the proposal and one line; sends nothing.
    """
    require(actor, Permission.PILOT_PROPOSE)
    said(seen.sees)
    ref = ref or uuid4()
    region = Region.objects.select_for_update().order_by("id").first()
    if region is None:
        raise errors.NobodyTakesProposals
    first = Proposal.objects.select_related("pilot__proposed_by").filter(ref=ref).first()
    if first is not None:
        return _same_proposer(actor, first)
    proposal = _proposal_in(region, actor, seen, ref, at=at)
    note(actor, Deed.MADE, folders=[proposal.folder_id], at=at, on=[proposal.ref], why="proposal")
    return proposal


def _same_proposer(actor: Actor, first: Proposal) -> Proposal:
    by = first.pilot.proposed_by
    if (by.ref if by else None) != actor.account:
        raise SentBefore
    return first


def _proposal_in(region: Region, actor: Actor, seen: Seen, ref: UUID, *, at: datetime) -> Proposal:
    folder, today = open_folder(FolderKind.PILOT, at=at), day_of(at)
    proposer = Account.objects.filter(ref=actor.account).first() if actor.account else None
    pilot = Pilot.objects.create(
        ref=folder.ref, folder=folder, region=region, proposed_by=proposer, proposed_on=today
    )
    proposal = Proposal(
        ref=ref,
        pilot=pilot,
        folder=folder,
        holder_id=region.office_id,
        answer_by=rules.answer_by(today),
    )
    proposal.put(sees=said(seen.sees), place=seen.place, name=seen.name, reach=seen.reach)
    proposal.save()
    return proposal


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a pilot begins with: its short name, place (known or new), question and leader."""

    called: str
    vindplaats: Vindplaats | NewPlace
    question: str
    leader: Account


@transaction.atomic
def accept_proposal(
    actor: Actor, pilot_id: int, begin: Beginning, *, why: str, at: datetime
) -> Pilot:
    """Say yes with a reason: the proposal becomes a pilot with one leader and a first question.

    A new place, and its municipality when that is new too, is added with it. Raises NotFound,
    NotAllowed, AlreadyAnswered, ReasonMissing, NameMissing, CodeDoesNotFit, AddressTaken.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_ACCEPT, at=at)
    _answer(pilot, said(why), at=at)
    today = day_of(at)
    pilot.called = said(begin.called)
    pilot.vindplaats = place_for(begin.vindplaats, pilot.region)
    pilot.slug, pilot.state = rules.slug_of(begin.called) or f"pilot-{pilot.pk}", State.ACCEPTED
    try:
        with transaction.atomic():
            pilot.save()
    except IntegrityError:
        raise errors.AddressTaken from None
    QuestionVersion.objects.create(pilot=pilot, number=1, text=said(begin.question), since=today)
    StandChange.objects.create(pilot=pilot, on=today, halves=0)
    give_hat(
        begin.leader,
        Role.PROJECT_LEADER,
        called="projectleider",
        from_day=today,
        within=pilot.ref,
        place=pilot.called,
    )
    changed(actor, pilot, Deed.APPROVED, at=at, why="accepted", new_rules=True)
    return pilot


@transaction.atomic
def decline_proposal(actor: Actor, pilot_id: int, *, why: str, at: datetime) -> None:
    """Say no with a reason. Raises NotFound, NotAllowed, AlreadyAnswered, ReasonMissing."""
    pilot = held(actor, pilot_id, Permission.PILOT_ACCEPT, at=at)
    _answer(pilot, said(why), at=at)
    Pilot.objects.filter(pk=pilot.pk).update(state=State.DECLINED)
    changed(actor, pilot, Deed.CHANGED, at=at, why="declined")


def _answer(pilot: Pilot, why: str, *, at: datetime) -> None:
    proposal = Proposal.objects.select_related("folder").get(pilot=pilot)
    if pilot.state != State.PROPOSED:
        raise errors.AlreadyAnswered
    proposal.put(answer=why)
    proposal.answered_on = day_of(at)
    proposal.save(update_fields=["answer", "answered_on"])


@transaction.atomic
def start_pilot(actor: Actor, pilot_id: int, *, at: datetime) -> None:
    """Let an accepted pilot run, from today.

    Raises NotFound, NotAllowed, NotInThisState, LessonsWait, in that order.
    """
    pilot = led(actor, pilot_id, at=at)
    if pilot.state != State.ACCEPTED:
        raise errors.NotInThisState
    if lessons_waiting(pilot, on=day_of(at)).exists():
        raise errors.LessonsWait
    Pilot.objects.filter(pk=pilot.pk).update(state=State.RUNNING, started_on=day_of(at))
    changed(actor, pilot, at=at, why="started")


@transaction.atomic
def publish_pilot(actor: Actor, pilot_id: int, *, shown: bool, at: datetime) -> None:
    """Show the pilot to everyone, or no longer. Raises NotFound, NotAllowed, NotInThisState."""
    pilot = led(actor, pilot_id, at=at)
    if pilot.state in (State.PROPOSED, State.DECLINED):
        raise errors.NotInThisState
    Pilot.objects.filter(pk=pilot.pk).update(is_public=shown)
    why = "published" if shown else "hidden"
    changed(actor, pilot, Deed.PUBLISHED, at=at, why=why, new_rules=True)


@transaction.atomic
def close_pilot(actor: Actor, pilot_id: int, *, at: datetime) -> None:
    """End a running pilot today; its pages stay. Raises NotFound, NotAllowed, NotInThisState."""
    pilot = led(actor, pilot_id, at=at)
    if pilot.state != State.RUNNING:
        raise errors.NotInThisState
    Pilot.objects.filter(pk=pilot.pk).update(state=State.CLOSED, closed_on=day_of(at))
    changed(actor, pilot, at=at, why="closed")
