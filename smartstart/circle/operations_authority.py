"""Who decides about a child: said, seen on paper, doubted and ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import rules
from smartstart.circle.errors import (
    AuthorityIsOver,
    AuthorityStated,
    DayIsOver,
    NotOfThisHome,
)
from smartstart.circle.home import (
    circle_seen,
    hold_family,
    me,
    only_one,
    part_seen,
    running,
)
from smartstart.circle.models import Authority, Ground, Member, Part
from smartstart.circle.operations_apart import ask_coordinator
from smartstart.circle.operations_deciding import born_of, decide_again, parts_of_child
from smartstart.circle.operations_grounds import end_grounds, law_ground
from smartstart.circle.operations_passing import give_back_lost
from smartstart.circle.rules import NO_END
from smartstart.circle.states import AuthorityKind, AuthorityState, GroundKind, Paper
from smartstart.people.models import Position

DECIDING: Final = frozenset({AuthorityKind.PARENT, AuthorityKind.GUARDIAN})
OF_INSTITUTION: Final = frozenset({AuthorityKind.GUARDIAN, AuthorityKind.SUPERVISION})


@transaction.atomic
def state_authority(
    actor: Actor,
    circle_ref: UUID,
    child_ref: UUID,
    *,
    who: UUID,
    kind: AuthorityKind,
    at: datetime,
    from_day: date | None = None,
    last_day: date = NO_END,
) -> Authority:
    """Say who decides about a child of this home, and as what.

    ``who`` is the person of an adult of this home, or for a guardian or a supervision order the
    function at the institution. Only who decides about the child says it, or any adult of the
    home while nobody does. A parent or guardian reads the child's folder from then on, until the
    day before its 16th birthday; everything that was agreed about it is asked of them too. The
    other kinds read nothing by themselves. Raises NotFound, NotAllowed, CircleIsClosed,
    NotOfThisHome, BasisIsMissing, DayIsOver or AuthorityStated.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    part = childs_part(child_ref, circle.pk)
    require(actor, Permission.CIRCLE_DECIDE)
    by = who_says(actor, part, on=today)
    running(circle)
    _fits(part, who, kind)
    from_day = from_day or today
    if last_day < max(from_day, today):
        raise DayIsOver
    if Authority.objects.filter(child=part.member, circle=circle, who=who, ended_at=None).exists():
        raise AuthorityStated
    authority = make_authority(part, who, kind, by=by, at=at, from_day=from_day, last_day=last_day)
    on, changed = [authority.ref], _folders(authority)
    note(actor, Deed.MADE, folders=[part.folder_id], at=at, on=on, rules_changed=changed)
    return authority


def _folders(authority: Authority) -> list[int]:
    """Return what authority is about: the child's folder in this home and the shared one."""
    parts = parts_of_child(authority.child_id, authority.circle)
    return [part.folder_id for part in parts]


def childs_part(child_ref: UUID, circle_id: int) -> Part:
    """Return the part of a child in one home, for who was let into that home. Raises NotFound."""
    parts = Part.objects.filter(circle=circle_id, member__ref=child_ref, member__is_child=True)
    part = parts.select_related("folder", "circle", "member").first()
    if part is None:
        raise NotFound
    return part


def who_says(actor: Actor, part: Part, *, on: date) -> UUID:
    """Return as whom the actor says who decides. Raises NotAllowed."""
    by, circle = me(actor), part.circle
    rows = Authority.objects.filter(child=part.member, circle=circle).deciding().standing_on(on)
    deciding = set(rows.values_list("who", flat=True))
    if deciding and by not in deciding:
        raise NotAllowed
    if not deciding:
        home = Ground.objects.standing_on(on).filter(kind=GroundKind.HOME, receiver=by)
        if circle is None or not home.filter(folder=circle.folder_id).exists():
            raise NotAllowed
        if Member.objects.filter(family=part.family_id, person=by, is_child=True).exists():
            raise NotAllowed
    return by


def must_decide(actor: Actor, part: Part, *, on: date) -> None:
    """Let somebody through who decides about this child in this home. Raises NotAllowed."""
    rows = Authority.objects.filter(child=part.member, circle=part.circle).deciding()
    if not rows.standing_on(on).filter(who=me(actor)).exists():
        raise NotAllowed


def _fits(part: Part, who: UUID, kind: AuthorityKind) -> None:
    """Raise NotOfThisHome when this is nobody who can have this authority here."""
    if kind in OF_INSTITUTION and Position.objects.filter(ref=who).exists():
        return
    adults = Part.objects.filter(circle=part.circle, member__is_child=False)
    if not adults.filter(member__person=who).exists():
        raise NotOfThisHome


def make_authority(
    part: Part,
    who: UUID,
    kind: AuthorityKind,
    *,
    by: UUID,
    at: datetime,
    from_day: date | None = None,
    last_day: date = NO_END,
) -> Authority:
    """Make it and what follows from it, inside the caller's transaction; writes no line."""
    assert part.circle is not None  # noqa: S101 - said in one home
    assert part.member is not None  # noqa: S101 - about a child
    authority = Authority.objects.create(
        child=part.member,
        circle=part.circle,
        who=who,
        kind=kind,
        from_day=from_day or day_of(at),
        last_day=last_day,
    )
    parts = parts_of_child(part.member.pk, part.circle)
    if kind in DECIDING:
        for one in parts:
            _let_read(one, authority, by=by, at=at)
        decide_again(parts, at=at)
    return authority


def _let_read(part: Part, authority: Authority, *, by: UUID, at: datetime) -> None:
    """Let who decides read a child's part, as long as the law lets parents read it."""
    law_ground(
        part.folder_id,
        authority.who,
        GroundKind.AUTHORITY,
        given_by=by,
        at=at,
        span=rules.parents_read(born_of(part), is_able=authority.child.is_able),
        from_day=max(authority.from_day, day_of(at)),
        last_day=authority.last_day,
    )


@transaction.atomic
def say_able(actor: Actor, part_ref: UUID, *, is_able: bool, at: datetime) -> Member:
    """Say, as a professional who reads a child's folder, whether it can weigh a decision.

    A child that cannot does not decide; its parents read and decide until it is 18. Counts in
    both homes, and opens nothing that was asked. Raises NotFound, NotAllowed, CircleIsClosed.
    """
    today = day_of(at)
    part = part_seen(actor, part_ref, on=today)
    require(actor, Permission.CIRCLE_TAKE_PART)
    member, by = part.member, me(actor)
    whole = Ground.objects.standing_on(today).filter(folder=part.folder_id, topic="", question=None)
    reads = actor.role is Role.PROFESSIONAL and whole.filter(receiver=by).exists()
    if member is None or not member.is_child or not reads:
        raise NotAllowed
    running(part.circle)
    member.is_able = is_able
    member.save(update_fields=["is_able"])
    parts = list(Part.objects.filter(member=member).select_related("folder", "circle", "member"))
    for one in parts:
        _read_anew(one, by=by, at=at)
    decide_again(parts, at=at)
    changed = [one.folder_id for one in parts]
    give_back_lost(actor, changed, at=at)
    folders, on = [part.folder_id], [member.ref]
    note(actor, Deed.CHANGED, folders=folders, at=at, on=on, why="able", rules_changed=changed)
    return member


def _read_anew(part: Part, *, by: UUID, at: datetime) -> None:
    """Let everybody who decides about a child read its part for as long as the law says now."""
    end_grounds([part.folder_id], at=at, kinds=[GroundKind.AUTHORITY])
    rows = Authority.objects.filter(child=part.member, ended_at=None).deciding()
    if part.circle is not None:
        rows = rows.filter(circle=part.circle)
    for authority in rows.filter(last_day__gte=day_of(at)).select_related("child"):
        _let_read(part, authority, by=by, at=at)


def _found(actor: Actor, authority_ref: UUID, *, on: date) -> tuple[Authority, Part]:
    """Return authority that this actor sees and that has not ended, its family held."""
    hold_family(only_one(_authority, actor, on=on, ref=authority_ref).child.family_id)
    authority: Authority = only_one(_authority, actor, on=on, ref=authority_ref)
    if authority.ended_at is not None:
        raise AuthorityIsOver
    return authority, childs_part(authority.child.ref, authority.circle_id)


def _authority(actor: Actor, *, on: date, ref: UUID) -> QuerySet[Authority]:
    rows = Authority.objects.visible_to(actor, on=on).select_related("child", "circle")
    return rows.filter(ref=ref)


@transaction.atomic
def see_authority(actor: Actor, authority_ref: UUID, *, paper: Paper, at: datetime) -> Authority:
    """Say, as a professional who reads this child's folder, that one saw it on paper.

    No copy is kept. Ends a doubt. Raises NotFound, AuthorityIsOver, NotAllowed.
    """
    authority, part = _found(actor, authority_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    if actor.role is not Role.PROFESSIONAL or actor.position == authority.who:
        raise NotAllowed
    authority.state, authority.paper = AuthorityState.SEEN, paper
    authority.seen_by, authority.seen_on = actor.position, day_of(at)
    authority.save(update_fields=["state", "paper", "seen_by", "seen_on"])
    note(actor, Deed.CONFIRMED, folders=[part.folder_id], at=at, on=[authority.ref], why="seen")
    return authority


@transaction.atomic
def dispute_authority(actor: Actor, authority_ref: UUID, *, at: datetime) -> Authority:
    """Say that one doubts it. A doubt takes nothing from anybody: first the paper is looked at.

    Who is doubted still reads and is still asked. The coordinator gets a question about it. Doubted
    twice is doubted once. Raises NotFound, AuthorityIsOver, NotAllowed.
    """
    authority, part = _found(actor, authority_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    if actor.role is Role.SUPPORTER:
        raise NotAllowed
    if authority.state == AuthorityState.DISPUTED:
        return authority
    title = _("Who decides about this child?")
    words = _("Somebody doubts what was said about it. Look at the paper together.")
    ask_coordinator(actor, part, title=title, words=words, at=at)
    authority.state = AuthorityState.DISPUTED
    authority.save(update_fields=["state"])
    note(actor, Deed.CHANGED, folders=[part.folder_id], at=at, on=[authority.ref], why="disputed")
    return authority


@transaction.atomic
def end_authority(actor: Actor, authority_ref: UUID, *, last_day: date, at: datetime) -> Authority:
    """End authority with a day: one's own, or as a professional who saw the decision of a court.

    A last day before today ends it at once. Who it was reads the child's folder no longer, and
    decides no longer; nothing opens by it. Raises NotFound, AuthorityIsOver, NotAllowed.
    """
    today = day_of(at)
    authority, part = _found(actor, authority_ref, on=today)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if actor.role is not Role.PROFESSIONAL and authority.who != me(actor):
        raise NotAllowed
    changed = finish_authority(authority, last_day=last_day, at=at)
    give_back_lost(actor, changed, at=at)
    on = [authority.ref]
    note(actor, Deed.CHANGED, folders=[part.folder_id], at=at, on=on, rules_changed=changed)
    return authority


def finish_authority(authority: Authority, *, last_day: date, at: datetime) -> list[int]:
    """End it and what followed from it, inside the caller's transaction; writes no line.

    Returns the folders of which who may read changed.
    """
    parts = parts_of_child(authority.child_id, authority.circle)
    folders = [part.folder_id for part in parts]
    if last_day < max(day_of(at), authority.from_day):
        authority.ended_at = at
        end_grounds(folders, at=at, kinds=[GroundKind.AUTHORITY], who=authority.who)
    else:
        authority.last_day = min(authority.last_day, last_day)
        mine = Ground.objects.filter(folder_id__in=folders, receiver=authority.who)
        mine = mine.filter(kind=GroundKind.AUTHORITY, from_day__lte=last_day)
        mine.filter(last_day__gt=last_day).update(last_day=last_day, changed_at=at)
    authority.save(update_fields=["ended_at", "last_day"])
    decide_again(parts, at=at)
    return folders
