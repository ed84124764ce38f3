"""Opening a circle: the home, the people in it, and who decides about the children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.circle import rules
from smartstart.circle.errors import (
    BirthDateDoesNotFit,
    CircleRuns,
    CoordinatorIsMissing,
    NameIsMissing,
)
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import (
    at_home,
    circle_seen,
    folder_ids,
    home_folders,
    me,
    running,
)
from smartstart.circle.models import Address, Authority, Circle, Family, Ground, Member, Part, Seat
from smartstart.circle.operations_authority import (
    DECIDING,
    childs_part,
    make_authority,
    must_decide,
    who_says,
)
from smartstart.circle.operations_deciding import ASKED_KINDS, born_of
from smartstart.circle.operations_grounds import basis_of, end_grounds, law_ground
from smartstart.circle.operations_passing import give_back_lost
from smartstart.circle.operations_seats import new_seat_code
from smartstart.circle.queries_opening import is_a_childs
from smartstart.circle.states import AuthorityKind, GroundKind, SeatKind
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class Opened:
    """A circle, and the seat that waits for a parent when a professional opened it for them."""

    circle: Circle
    seat: Seat | None


@transaction.atomic
def open_circle(
    actor: Actor,
    *,
    called: str,
    own_name: str,
    coordinator: UUID,
    at: datetime,
    ref: UUID | None = None,
) -> Opened:
    """Open the circle of one home; ``called`` is the family's own word for itself.

    A parent opens it for themself (``own_name`` is theirs) and lives there from then on. A
    professional opens it beside a parent: ``own_name`` is the parent's, whose seat waits (give it
    a code with ``make_seat_code``); the professional reads nothing of it. ``coordinator`` is a
    function with somebody in it. The same ``ref`` again gives what is there. Raises NotAllowed,
    SentBefore, NameIsMissing, CoordinatorIsMissing, BasisIsMissing or TooLong.
    """
    require(actor, Permission.CIRCLE_OPEN)
    by = me(actor)
    made = first_made(Circle.objects, ref, opened_by=by)
    if made is not None:
        return Opened(made, Seat.objects.filter(folder=made.folder, who=None).first())
    if actor.role is Role.PROFESSIONAL:
        basis_of(by, on=day_of(at))
    circle = _new_circle(Family.objects.create(), called, coordinator, by=by, at=at, ref=ref)
    person = actor.person if actor.role in FAMILY_ROLES else None
    member = _new_adult(circle, own_name, person=person, by=by, at=at)
    seat = _family_seat(circle, member, own_name, who=person, by=by, at=at)
    folders = folder_ids(circle)
    note(actor, Deed.MADE, folders=folders, at=at, on=[circle.ref], rules_changed=folders)
    return Opened(circle, None if person else seat)


def _new_circle(
    family: Family, called: str, coordinator: UUID, *, by: UUID, at: datetime, ref: UUID | None
) -> Circle:
    if not Position.objects.filter(ref=coordinator, occupant__isnull=False).exists():
        raise CoordinatorIsMissing
    circle = Circle(
        ref=ref or uuid4(),
        family=family,
        folder=open_folder(FolderKind.HOUSEHOLD, at=at),
        coordinator=coordinator,
        opened_by=by,
        opened_at=at,
    )
    circle.put(called=_name(called))
    circle.save(force_insert=True)
    household = Part(family=family, circle=circle, folder=circle.folder)
    household.put(called=_name(called))
    household.save(force_insert=True)
    return circle


def _name(typed: str) -> str:
    if not typed.strip():
        raise NameIsMissing
    return typed.strip()


def _new_part(
    member: Member,
    circle: Circle | None,
    called: str,
    *,
    at: datetime,
    born: date | None = None,
    shared_by: UUID | None = None,
) -> Part:
    folder = open_folder(FolderKind.PERSON, at=at)
    part = Part(family=member.family, circle=circle, member=member, folder=folder)
    part.coordinator = shared_by
    part.put(called=_name(called), born=born.isoformat() if born else None)
    part.save(force_insert=True)
    return part


def _new_adult(
    circle: Circle,
    called: str,
    *,
    person: UUID | None,
    by: UUID,
    at: datetime,
    ref: UUID | None = None,
) -> Member:
    """Make an adult and their own part; without a person they live here once they took a seat."""
    member = Member.objects.create(
        ref=ref or uuid4(), family=circle.family, person=person or uuid4(), is_child=False
    )
    part = _new_part(member, circle, called, at=at)
    law_ground(part.folder_id, member.person, GroundKind.OWN, given_by=by, at=at)
    if person is not None:
        law_ground(circle.folder_id, person, GroundKind.HOME, given_by=by, at=at)
    return member


def _family_seat(
    circle: Circle, member: Member, called: str, *, who: UUID | None, by: UUID, at: datetime
) -> Seat:
    """Keep a place in the household for a member of the family."""
    seat = Seat(
        folder=circle.folder,
        kind=SeatKind.FAMILY,
        who=who,
        member=member,
        from_day=day_of(at),
        made_by=by,
    )
    seat.put(called=_name(called))
    seat.save(force_insert=True)
    return seat


@transaction.atomic
def add_child(
    actor: Actor,
    circle_ref: UUID,
    *,
    called: str,
    born: date,
    at: datetime,
    mine: AuthorityKind | None = AuthorityKind.PARENT,
    is_able: bool = True,
    ref: UUID | None = None,
) -> Member:
    """Add a child to the home; ``mine`` is what the adder says about their own authority.

    Opens the child's own folder. The child reads it, and the household, from its 12th birthday;
    who has authority until the day before its 16th. The child gets a place of its own with
    ``offer_own_seat``. The same ``ref`` again gives what is there. Raises NotFound, NotAllowed,
    CircleIsClosed, SentBefore, NameIsMissing or BirthDateDoesNotFit.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    adder = at_home(actor, circle, on=today)
    running(circle)
    made = first_made(Member.objects, ref, family_id=circle.family_id, is_child=True)
    if made is not None:
        return made
    if not is_a_childs(born, on=today):
        raise BirthDateDoesNotFit
    member = Member.objects.create(
        ref=ref or uuid4(), family=circle.family, person=uuid4(), is_child=True, is_able=is_able
    )
    part = _new_part(member, circle, called, at=at, born=born)
    _let_child_read(part, circle, born, by=adder.person, at=at)
    if mine is not None:
        make_authority(part, adder.person, mine, by=adder.person, at=at)
    folders = [part.folder_id, *home_folders(circle)]
    note(actor, Deed.MADE, folders=folders, at=at, on=[member.ref], rules_changed=folders)
    return member


def _let_child_read(part: Part, circle: Circle, born: date, *, by: UUID, at: datetime) -> None:
    assert part.member is not None  # noqa: S101 - a child's part
    child, home = part.member.person, rules.lives_at_home(born)
    own = rules.child_reads(born)
    law_ground(part.folder_id, child, GroundKind.OWN, given_by=by, at=at, span=own)
    for folder in home_folders(circle):
        law_ground(folder, child, GroundKind.HOME, given_by=by, at=at, span=home)


@transaction.atomic
def add_adult(
    actor: Actor, circle_ref: UUID, *, called: str, at: datetime, ref: UUID | None = None
) -> Seat:
    """Let another adult into the home; their seat waits until they take it with a code.

    They read the household from then on, and of a child only when somebody says that they decide
    about it (``state_authority`` with the person of ``seat.member``). The same ``ref`` again gives
    what is there. Raises NotFound, NotAllowed, CircleIsClosed, SentBefore or NameIsMissing.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    adder = at_home(actor, circle, on=today)
    running(circle)
    made = first_made(Member.objects, ref, family_id=circle.family_id, is_child=False)
    if made is not None:
        return made.seats.get(folder=circle.folder)
    member = _new_adult(circle, called, person=None, by=adder.person, at=at, ref=ref)
    seat = _family_seat(circle, member, called, who=None, by=adder.person, at=at)
    note(actor, Deed.MADE, folders=[circle.folder_id], at=at, on=[seat.ref, member.ref])
    return seat


@transaction.atomic
def open_other_home(
    actor: Actor,
    circle_ref: UUID,
    *,
    children: Collection[UUID],
    called: str,
    own_name: str,
    theirs: AuthorityKind,
    at: datetime,
) -> str:
    """Open the circle of the other home of these children, for the parent who lives there.

    Returns the code for that parent, shown once; whoever opened it sees nothing of that home, not
    even whether the code was used. ``theirs`` is what the other parent is of the children. Each
    child gets an empty folder there, unless ``theirs`` reads nothing, and one folder for what
    concerns both homes, empty too. Raises NotFound, NotAllowed (who does not decide about all of
    them), CircleIsClosed or NameIsMissing.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    opener = at_home(actor, circle, on=today)
    running(circle)
    parts = [_part_of(actor, circle, child, on=today) for child in children]
    for part in parts:
        must_decide(actor, part, on=today)
    there = _new_circle(
        circle.family, called, circle.coordinator, by=circle.coordinator, at=at, ref=None
    )
    adult = _new_adult(there, own_name, person=None, by=opener.person, at=at)
    seat = _family_seat(there, adult, own_name, who=None, by=circle.coordinator, at=at)
    shared = [_second_home(part, there, adult, theirs, by=opener.person, at=at) for part in parts]
    folders = sorted({*folder_ids(there), *(one.folder_id for one in shared)})
    note(actor, Deed.MADE, folders=folders, at=at, on=[there.ref], rules_changed=folders)
    return new_seat_code(seat, at=at)[1]


def _second_home(
    part: Part, there: Circle, adult: Member, theirs: AuthorityKind, *, by: UUID, at: datetime
) -> Part:
    """Give a child its place in a second home, and what both homes share. Returns the latter."""
    assert part.member is not None  # noqa: S101 - a child's part
    child, born, called = part.member, born_of(part), _called(part)
    shared = Part.objects.filter(member=child, circle=None).select_related("folder").first()
    if shared is None:
        looks_after = part.looked_after_by
        shared = _new_part(child, None, called, at=at, born=born, shared_by=looks_after)
        _let_read_shared(shared, child, born, by=by, at=at)
    if theirs in DECIDING:
        own = _new_part(child, there, called, at=at, born=born)
        _let_child_read(own, there, born, by=by, at=at)
        make_authority(own, adult.person, theirs, by=by, at=at)
    return shared


def _let_read_shared(shared: Part, child: Member, born: date, *, by: UUID, at: datetime) -> None:
    """Let the child, by age, and everybody who decides about it read what both homes share."""
    law_ground(
        shared.folder_id,
        child.person,
        GroundKind.OWN,
        given_by=by,
        at=at,
        span=rules.child_reads(born),
    )
    standing = Authority.objects.filter(child=child, ended_at=None).deciding()
    for authority in standing.filter(last_day__gte=day_of(at)):
        law_ground(
            shared.folder_id,
            authority.who,
            GroundKind.AUTHORITY,
            given_by=by,
            at=at,
            span=rules.parents_read(born, is_able=child.is_able),
            from_day=max(authority.from_day, day_of(at)),
            last_day=authority.last_day,
        )


def _part_of(actor: Actor, circle: Circle, member_ref: UUID, *, on: date) -> Part:
    """Return the part of a child of this home that the actor reads. Raises NotFound."""
    rows = Part.objects.visible_to(actor, on=on).select_related("folder", "circle", "member")
    part = rows.filter(circle=circle, member__ref=member_ref, member__is_child=True).first()
    if part is None:
        raise NotFound
    return part


def _called(part: Part) -> str:
    return open_for_deed(part, "called")


@transaction.atomic
def offer_own_seat(actor: Actor, circle_ref: UUID, member_ref: UUID, *, at: datetime) -> Seat:
    """Keep a place for a child of this home, to take with a code; the same place when it waits.

    Who decides about the child offers it; while nobody does, any adult of the home. Raises
    NotFound, NotAllowed, CircleIsClosed.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    part = childs_part(member_ref, circle.pk)
    by = who_says(actor, part, on=today)
    running(circle)
    assert part.member is not None  # noqa: S101 - found by it
    kept = Seat.objects.held_on(today).filter(folder=circle.folder, member=part.member).first()
    if kept is not None:
        return kept
    called = _called(part)
    seat = _family_seat(circle, part.member, called, who=None, by=by, at=at)
    note(actor, Deed.MADE, folders=[circle.folder_id], at=at, on=[seat.ref])
    return seat


@transaction.atomic
def set_address(
    actor: Actor, circle_ref: UUID, *, words: str, is_secret: bool, at: datetime
) -> Address:
    """Write where the home is, for those who live there and for nobody else.

    Raises NotFound, NotAllowed, CircleIsClosed or TooLong.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    adder = at_home(actor, circle, on=today)
    running(circle)
    address = Address.objects.filter(circle=circle).select_related("folder").first()
    new = address is None
    if address is None:
        address = Address(circle=circle, folder=open_folder(FolderKind.HOUSEHOLD, at=at))
    address.put(words=words)
    address.is_secret = is_secret
    address.save()
    if new:
        _let_home_read(circle, address, by=adder.person, at=at)
    folders = [address.folder_id]
    changed = folders if new else []
    note(actor, Deed.CHANGED, folders=folders, at=at, on=[address.ref], rules_changed=changed)
    return address


def _let_home_read(circle: Circle, address: Address, *, by: UUID, at: datetime) -> None:
    """Give the address the same readers, on the same days, as live in the home."""
    there = Ground.objects.filter(
        folder=circle.folder, kind=GroundKind.HOME, last_day__gte=day_of(at), state="granted"
    )
    for ground in there:
        span = rules.ReadingSpan(ground.from_day, ground.last_day)
        folder, who = address.folder_id, ground.receiver
        law_ground(folder, who, GroundKind.HOME, given_by=by, at=at, span=span)


@transaction.atomic
def close_circle(actor: Actor, circle_ref: UUID, *, at: datetime) -> Circle:
    """End a circle: everybody outside the family stops reading now; it is erased a year later.

    The family reads on until then. Raises NotFound, NotAllowed, CircleIsClosed.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    at_home(actor, circle, on=today)
    running(circle)
    folders = folder_ids(circle)
    circle.closed_on, circle.erase_on = (
        today,
        today + timedelta(days=settings.SMARTSTART_CIRCLE_KEPT_DAYS),
    )
    circle.save(update_fields=["closed_on", "erase_on"])
    seats = Seat.objects.filter(folder_id__in=folders, ended_at=None)
    seats.exclude(kind=SeatKind.FAMILY).update(ended_at=at)
    end_grounds(folders, at=at, kinds=ASKED_KINDS)
    give_back_lost(actor, folders, at=at)
    note(actor, Deed.CHANGED, folders=folders, at=at, on=[circle.ref], rules_changed=folders)
    return circle


@transaction.atomic
def reopen_circle(actor: Actor, circle_ref: UUID, *, at: datetime) -> Circle:
    """Open a closed circle again; whoever stopped reading is asked anew. Raises CircleRuns."""
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    at_home(actor, circle, on=today)
    if circle.closed_on is None:
        raise CircleRuns
    circle.closed_on = circle.erase_on = None
    circle.save(update_fields=["closed_on", "erase_on"])
    note(actor, Deed.CHANGED, folders=[circle.folder_id], at=at, on=[circle.ref])
    return circle
