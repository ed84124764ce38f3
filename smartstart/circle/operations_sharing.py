"""Sharing: the organisation's lock, asking the family, and what each who decides says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import rules
from smartstart.circle.errors import DayIsOver, GroundIsOver, LawIsNotKnown, ThisMust
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import (
    at_ref,
    hold_family,
    me,
    only_one,
    part_of,
    part_seen,
    reads_by_law,
    running,
)
from smartstart.circle.models import Basis, ConsentAnswer, Ground, Part, Question
from smartstart.circle.operations_apart import tell_apart
from smartstart.circle.operations_deciding import ASKED_KINDS, OPENS, born_of, current
from smartstart.circle.operations_from_consult import decided
from smartstart.circle.operations_grounds import basis_of, make_ground, put_state, seat_of
from smartstart.circle.operations_passing import give_back_lost
from smartstart.circle.regimes import ADULT, MUSTS, Regime
from smartstart.circle.rules import NO_END
from smartstart.circle.states import Answer, GroundKind, GroundState
from smartstart.people.models import Organisation


@transaction.atomic
def set_basis(
    actor: Actor,
    organisation: UUID,
    *,
    regime: Regime,
    article: str,
    agreement: str,
    at: datetime,
    from_day: date | None = None,
    last_day: date = NO_END,
) -> Basis:
    """Say on what an organisation takes part: its lock, once. The one before ends.

    Grounds that stood on the one before stand no longer; they are asked anew. The administrator
    of the organisation or the privacy officer says it. Raises NotAllowed, NotFound, DayIsOver.
    """
    require(actor, Permission.BASIS_SET, within=organisation)
    there = Organisation.objects.filter(ref=organisation).first()
    if there is None:
        raise NotFound
    from_day = from_day or day_of(at)
    if last_day < from_day:
        raise DayIsOver
    changed = _end_bases(organisation, at=at)
    basis = Basis.objects.create(
        organisation=organisation,
        regime=regime.value,
        article=article,
        agreement=agreement,
        from_day=from_day,
        last_day=last_day,
    )
    folders, on = [there.folder_id], [basis.ref]
    note(actor, Deed.MADE, folders=folders, at=at, on=on, rules_changed=changed)
    return basis


@transaction.atomic
def end_basis(actor: Actor, basis_ref: UUID, *, at: datetime) -> Basis:
    """End on what an organisation takes part: everybody who works there stops reading now.

    Raises NotFound, NotAllowed.
    """
    basis = at_ref(Basis.objects.visible_to(actor, on=day_of(at)), basis_ref)
    require(actor, Permission.BASIS_SET, within=basis.organisation)
    changed = _end_bases(basis.organisation, at=at)
    folder = Organisation.objects.get(ref=basis.organisation).folder_id
    note(actor, Deed.REMOVED, folders=[folder], at=at, on=[basis.ref], rules_changed=changed)
    basis.refresh_from_db()
    return basis


def _end_bases(organisation: UUID, *, at: datetime) -> list[int]:
    """End what runs; return the folders that somebody read by it."""
    running_now = Basis.objects.filter(organisation=organisation, ended_at=None)
    grounds = Ground.objects.filter(basis__in=running_now, state__in=OPENS)
    live = grounds.filter(last_day__gte=day_of(at))
    changed = list(live.values_list("folder_id", flat=True).distinct())
    running_now.update(ended_at=at)
    return changed


@transaction.atomic
def ask_ground(
    actor: Actor,
    part_ref: UUID,
    *,
    receiver: UUID,
    purpose: str,
    at: datetime,
    topic: str = "",
    question: Question | None = None,
    until: date | None = None,
    with_cover: bool = False,
    ref: UUID | None = None,
) -> Ground:
    """Ask the family whether this receiver may read a folder, one topic of it or one question.

    ``receiver`` is a function or person with a seat here. Who decides and asks says yes by asking:
    when nobody else decides it opens at once. ``until`` is never later than the next edge of age,
    the end of the seat or of somebody's authority. ``question`` lies in this part and was found
    through the caller's own door. An operation of a question that writes its own line calls
    ``operations_grounds.make_ground``. The same ``ref`` again gives what is there. Raises NotFound,
    NotAllowed, SentBefore, and what ``make_ground`` raises.
    """
    today = day_of(at)
    part = part_seen(actor, part_ref, on=today)
    require(actor, Permission.CIRCLE_TAKE_PART)
    by = me(actor)
    if not _may_ask(actor, part, on=today):
        raise NotAllowed
    if question is not None and question.folder_id != part.folder_id:
        raise NotFound
    made = first_made(Ground.objects, ref, folder_id=part.folder_id, receiver=receiver)
    if made is not None:
        return made
    ground = make_ground(
        part,
        asked_by=by,
        receiver=receiver,
        purpose=purpose,
        at=at,
        until=until,
        topic=topic,
        question=question,
        with_cover=with_cover,
        ref=ref,
    )
    _line(actor, ground, Deed.CONSENT_GIVEN if ground.state in OPENS else Deed.MADE, at=at)
    return ground


def _may_ask(actor: Actor, part: Part, *, on: date) -> bool:
    """Whether somebody who sees this part may ask to share it: family by law, professionals."""
    if actor.role in FAMILY_ROLES:
        return reads_by_law(actor, part, on=on)
    return actor.role is Role.PROFESSIONAL


def _line(actor: Actor, ground: Ground, deed: Deed, *, at: datetime, was: bool = False) -> None:
    """Write the line; who may read changed when it opened or closed."""
    changed = [ground.folder_id] if was != (ground.state in OPENS) else []
    folders = [ground.folder_id]
    note(actor, deed, folders=folders, at=at, on=[ground.ref], rules_changed=changed)


@transaction.atomic
def say_yes(actor: Actor, ground_ref: UUID, *, at: datetime) -> Ground:
    """Say yes; it opens when everybody who decides has. Raises as ``say_no``."""
    return _say(actor, ground_ref, Answer.YES, Deed.CONSENT_GIVEN, at=at)


@transaction.atomic
def say_no(actor: Actor, ground_ref: UUID, *, at: datetime) -> Ground:
    """Say no: one no outweighs every yes, and it is closed at once.

    Two who decide and do not agree get one question about it, that the coordinator holds.

    Raises NotFound, ThisMust, NotAllowed (who does not decide), GroundIsOver, CircleIsClosed.
    """
    return _say(actor, ground_ref, Answer.NO, Deed.CONSENT_CHANGED, at=at)


@transaction.atomic
def take_back(actor: Actor, ground_ref: UUID, *, at: datetime) -> Ground:
    """Take back one's yes: the next read is refused, also one that is being made now.

    Raises as ``say_no``.
    """
    return _say(actor, ground_ref, Answer.WITHDRAWN, Deed.CONSENT_WITHDRAWN, at=at)


def _say(actor: Actor, ground_ref: UUID, answer: Answer, deed: Deed, *, at: datetime) -> Ground:
    ground, part = _ground_seen(actor, ground_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    if ground.must:
        raise ThisMust
    said, mine = current(ground), me(actor)
    if mine not in said:
        raise NotAllowed
    if ground.last_day < day_of(at) or ground.kind not in ASKED_KINDS:
        raise GroundIsOver
    if answer is Answer.YES:
        running(part.circle)
        _require_near(ground, part, on=day_of(at))
    was = ground.state in OPENS
    _settle(ground, said | {mine: answer.value}, mine, at=at)
    decided(ground, at=at)
    given = give_back_lost(actor, [ground.folder_id], at=at)
    tell_apart(actor, ground, part, at=at)
    _line(actor, ground, deed, at=at, was=was or bool(given))
    return ground


def _require_near(ground: Ground, part: Part, *, on: date) -> None:
    """Let only somebody with a seat be said yes to, or who holds the question it is about."""
    question = ground.question
    if question is None or ground.receiver not in {question.holder, question.coordinator}:
        seat_of(part, ground.receiver, on=on)


def _settle(ground: Ground, said: dict[UUID, str], who: UUID, *, at: datetime) -> None:
    """Write one answer and what follows from all: a lock closes first and opens last."""
    state = rules.state_of(said.values())
    if state not in OPENS:
        put_state(ground, state, at=at)
    mine = ConsentAnswer.objects.filter(ground=ground, person=who, ended_at=None)
    mine.update(answer=said[who], answered_at=at)
    if state in OPENS:
        put_state(ground, state, at=at)


def _ground_seen(actor: Actor, ref: UUID, *, on: date) -> tuple[Ground, Part]:
    """Return a ground that this actor sees and its part, the family held."""
    folder = only_one(_grounds, actor, on=on, ref=ref).folder_id
    hold_family(part_of(folder).family_id)
    return only_one(_grounds, actor, on=on, ref=ref), part_of(folder)


def _grounds(actor: Actor, *, on: date, ref: UUID) -> QuerySet[Ground]:
    seen = Ground.objects.visible_to(actor, on=on).select_related("folder", "question")
    return seen.filter(ref=ref)


@transaction.atomic
def inform(
    actor: Actor,
    part_ref: UUID,
    *,
    receiver: UUID,
    law: str,
    at: datetime,
    topic: str = "",
    question: Question | None = None,
    until: date | None = None,
) -> Ground:
    """Tell the family that somebody must be let in, by a law of the list: no yes or no.

    A professional says it, about what they read themselves and no more: the whole folder, or a
    topic. Raises NotFound, NotAllowed, CircleIsClosed, LawIsNotKnown, NotOfThisHome,
    BasisIsMissing, DayIsOver.
    """
    today = day_of(at)
    part = part_seen(actor, part_ref, on=today)
    require(actor, Permission.CIRCLE_TAKE_PART)
    by = me(actor)
    if actor.role is not Role.PROFESSIONAL or by == receiver:
        raise NotAllowed
    if not _reads(actor, part, topic, on=today):
        raise NotAllowed
    running(part.circle)
    if law not in {one.slug for one in MUSTS if one.since <= today}:
        raise LawIsNotKnown
    last_day = min(until or NO_END, seat_of(part, receiver, on=today).last_day, _childhood(part))
    if last_day < today:
        raise DayIsOver
    ground = Ground.objects.create(
        folder_id=part.folder_id,
        receiver=receiver,
        kind=GroundKind.QUESTION if question else GroundKind.SEAT,
        topic=topic,
        question=question,
        basis=basis_of(receiver, on=today),
        purpose=law,
        from_day=today,
        last_day=last_day,
        state=GroundState.INFORMED,
        must=True,
        given_by=by,
        made_at=at,
        changed_at=at,
    )
    _line(actor, ground, Deed.MADE, at=at)
    return ground


def _reads(actor: Actor, part: Part, topic: str, *, on: date) -> bool:
    """Whether the actor reads this topic of the part, or all of it."""
    grounds = Ground.objects.standing_on(on).filter(
        folder=part.folder_id, receiver=me(actor), question=None
    )
    return grounds.filter(topic__in={"", topic}).exists()


def _childhood(part: Part) -> date:
    """Return the last day before somebody is 18; no end for adults and the household."""
    if part.member is None or not part.member.is_child:
        return NO_END
    return rules.last_day_before(born_of(part), ADULT)
