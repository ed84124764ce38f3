"""Seats: offered by the family, taken with a code, left or ended. A seat alone reads nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet

from smartstart.access.actor import VISITOR, Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import erase_folder
from smartstart.access.permissions import Permission, Role
from smartstart.base import codes
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed
from smartstart.circle.errors import (
    DayIsOver,
    LastAtHome,
    NameIsMissing,
    SeatCodeDoesNotFit,
    SeatIsForSomebodyElse,
    SeatIsOver,
    SeatIsTaken,
    SeatNeedsAnEnd,
)
from smartstart.circle.home import (
    adults_at_home,
    at_home,
    hold_family,
    home_folders,
    me,
    only_one,
    part_of,
    part_seen,
    reads_by_law,
    running,
)
from smartstart.circle.models import (
    Authority,
    Circle,
    ConsentAnswer,
    Ground,
    Member,
    Part,
    Seat,
    SeatCode,
)
from smartstart.circle.operations_authority import childs_part, finish_authority, who_says
from smartstart.circle.operations_deciding import ASKED_KINDS, decide_again
from smartstart.circle.operations_grounds import basis_of, end_grounds, law_ground
from smartstart.circle.operations_passing import give_back_lost
from smartstart.circle.rules import NO_END
from smartstart.circle.states import GroundKind, SeatKind
from smartstart.people.models import Position

CODE_LASTS: Final = timedelta(days=14)
MOST_TRIES: Final = 10
BESIDE: Final = frozenset({SeatKind.INFORMAL, SeatKind.INTERPRETER, SeatKind.CONFIDANT})
WITH_END: Final = frozenset({SeatKind.INTERPRETER, SeatKind.CONFIDANT})


@dataclass(frozen=True, slots=True)
class Place:
    """What the family sees of a seat: name, organisation, work in a plain word, phone, doing."""

    called: str
    works_at: str = ""
    work: str = ""
    phone: str = ""
    doing: str = ""
    side: str = ""
    domain: str = ""
    face: str = ""
    organisation: UUID | None = None
    shown_by_function: bool = False


@transaction.atomic
def offer_seat(
    actor: Actor,
    part_ref: UUID,
    *,
    kind: SeatKind,
    place: Place,
    at: datetime,
    last_day: date = NO_END,
    who: UUID | None = None,
    ref: UUID | None = None,
) -> Seat:
    """Give somebody a place around a person or the household; the seat reads nothing by itself.

    Without ``who`` (a function that the family picked from the list) it is only a name, until it
    is taken with a code (``make_seat_code``). Who it is about, who decides about the child, or who
    lives there offers it. The same ``ref`` again gives what is there. Raises NotFound,
    NotAllowed, CircleIsClosed, SentBefore, NameIsMissing, SeatNeedsAnEnd, DayIsOver,
    BasisIsMissing, SeatIsTaken or TooLong.
    """
    today = day_of(at)
    part = part_seen(actor, part_ref, on=today)
    require(actor, Permission.CIRCLE_DECIDE)
    by = me(actor)
    if kind is SeatKind.FAMILY or not reads_by_law(actor, part, on=today):
        raise NotAllowed
    running(part.circle)
    made = first_made(Seat.objects, ref, folder_id=part.folder_id, made_by=by)
    if made is not None:
        return made
    _can_be_offered(part, kind, last_day, who, on=today)
    seat = Seat(
        ref=ref or uuid4(),
        folder=part.folder,
        kind=kind,
        who=who,
        from_day=today,
        last_day=last_day,
        made_by=by,
    )
    _put(seat, place)
    seat.save(force_insert=True)
    note(actor, Deed.MADE, folders=[part.folder_id], at=at, on=[seat.ref])
    return seat


def _can_be_offered(
    part: Part, kind: SeatKind, last_day: date, who: UUID | None, *, on: date
) -> None:
    if kind in WITH_END and last_day == NO_END:
        raise SeatNeedsAnEnd
    if last_day < on:
        raise DayIsOver
    if who is None:
        return
    if not Position.objects.filter(ref=who).exists():
        raise SeatIsForSomebodyElse
    basis_of(who, on=on)
    if Seat.objects.filter(folder=part.folder, who=who, ended_at=None).exists():
        raise SeatIsTaken


def _put(seat: Seat, place: Place) -> None:
    if not place.called.strip():
        raise NameIsMissing
    seat.side, seat.domain, seat.face = place.side, place.domain, place.face
    seat.organisation, seat.shown_by_function = place.organisation, place.shown_by_function
    seat.put(
        called=place.called.strip(),
        works_at=place.works_at,
        work=place.work,
        phone=place.phone,
        doing=place.doing,
    )


@transaction.atomic
def change_seat(actor: Actor, seat_ref: UUID, *, place: Place, at: datetime) -> Seat:
    """Write anew what the family sees of a seat. Raises NotFound, NotAllowed, SeatIsOver."""
    today = day_of(at)
    seat, part = _seat_seen(actor, seat_ref, on=today)
    if seat.who != me(actor) and not reads_by_law(actor, part, on=today):
        raise NotAllowed
    _put(seat, place)
    seat.save()
    note(actor, Deed.CHANGED, folders=[seat.folder_id], at=at, on=[seat.ref])
    return seat


@transaction.atomic
def make_seat_code(actor: Actor, seat_ref: UUID, *, at: datetime) -> tuple[SeatCode, str]:
    """Make a code for a seat that nobody took; return it and its text, shown once.

    An earlier code of this seat ends. Who reads the folder by law, or offered the seat, may; for a
    child's place only who may keep that place, as who has the code comes in as that child. Raises
    NotFound, SeatIsOver, NotAllowed, SeatIsTaken.
    """
    today = day_of(at)
    seat, part = _seat_seen(actor, seat_ref, on=today)
    if seat.kind == SeatKind.FAMILY and seat.who is None:
        _gives_place_at_home(actor, seat, part, on=today)
    elif seat.made_by != me(actor) and not reads_by_law(actor, part, on=today):
        raise NotAllowed
    if seat.who is not None:
        raise SeatIsTaken
    made = new_seat_code(seat, at=at)
    note(actor, Deed.MADE, folders=[seat.folder_id], at=at, on=[seat.ref], why="seat_code")
    return made


def _gives_place_at_home(actor: Actor, seat: Seat, part: Part, *, on: date) -> None:
    """Let somebody through who may hand over this place of a family. Raises NotAllowed."""
    assert seat.member is not None  # noqa: S101 - a family's seat
    assert part.circle is not None  # noqa: S101 - in a household
    if seat.member.is_child:
        who_says(actor, childs_part(seat.member.ref, part.circle.pk), on=on)
    elif seat.made_by != me(actor):
        at_home(actor, part.circle, on=on)


def new_seat_code(seat: Seat, *, at: datetime) -> tuple[SeatCode, str]:
    """Make it inside the caller's transaction, and end the one before."""
    SeatCode.objects.filter(seat=seat, used_at=None, ended_at=None).update(ended_at=at)
    code = codes.new_code()
    made = SeatCode.objects.create(
        seat=seat,
        number=codes.new_code(codes.NUMBER_LETTERS),
        hash=make_password(code),
        made_at=at,
        until=at + CODE_LASTS,
    )
    return made, f"{made.number}-{codes.shown(code)}"


def number_and_code(typed: str) -> tuple[str, str]:
    """Return the two halves of what somebody typed over or opened as a link."""
    tidy = codes.tidy(typed)
    return tidy[: codes.NUMBER_LETTERS], tidy[codes.NUMBER_LETTERS :]


def seat_of_code(number: str, code: str, *, at: datetime) -> Seat:
    """Return the seat that this code is for; uses up nothing but a try.

    The same work whether it exists or not. Raises SeatCodeDoesNotFit.
    """
    rows = SeatCode.objects.filter(number=number, used_at=None, ended_at=None, until__gt=at)
    counted = rows.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    found = rows.select_related("seat__folder").first()
    if found is None or not counted:
        make_password(code)
        raise SeatCodeDoesNotFit
    if not check_password(code, found.hash):
        raise SeatCodeDoesNotFit
    rows.update(tries=0)
    return found.seat


def take_seat(actor: Actor, number: str, code: str, *, at: datetime) -> Seat:
    """Take the seat that this code is for, as who is signed in now: once.

    A family's seat is taken as parent or young person, a place close by as anybody of a family, any
    other as a professional with a function whose organisation takes part. Counts the try first,
    outside of any transaction of the taking. Raises SeatCodeDoesNotFit, NotAllowed,
    SeatIsForSomebodyElse, BasisIsMissing, SeatIsTaken.
    """
    return _take(actor, seat_of_code(number, code, at=at), number, at=at)


@transaction.atomic
def _take(actor: Actor, seat: Seat, number: str, *, at: datetime) -> Seat:
    today, who = day_of(at), me(actor)
    require(actor, Permission.CIRCLE_TAKE_PART)
    part = _part_of(seat)
    hold_family(part.family_id)
    if not _suits(actor, seat):
        raise SeatIsForSomebodyElse
    basis_of(who, on=today)
    if Seat.objects.filter(folder=seat.folder, who=who, ended_at=None).exists():
        raise SeatIsTaken
    waiting = SeatCode.objects.filter(number=number, used_at=None, ended_at=None, until__gt=at)
    free = Seat.objects.held_on(today).filter(pk=seat.pk, who=None)
    if not waiting.update(used_at=at) or not free.update(who=who, organisation=actor.organisation):
        raise SeatCodeDoesNotFit
    seat.refresh_from_db()
    changed = _settle_in(seat, part, who, at=at) if seat.kind == SeatKind.FAMILY else []
    note(
        actor, Deed.HAT_GIVEN, folders=[seat.folder_id], at=at, on=[seat.ref], rules_changed=changed
    )
    return seat


def _suits(actor: Actor, seat: Seat) -> bool:
    """Whether somebody in this role can have this seat."""
    if seat.kind == SeatKind.FAMILY:
        child = seat.member is not None and seat.member.is_child
        return actor.role is (Role.YOUNG_PERSON if child else Role.PARENT)
    if seat.kind in BESIDE:
        return actor.role in {Role.SUPPORTER, Role.PARENT, Role.PROFESSIONAL}
    return actor.role is Role.PROFESSIONAL


def _settle_in(seat: Seat, part: Part, person: UUID, *, at: datetime) -> list[int]:
    """Make the member whose seat was taken this person; return where who may read changed."""
    member, circle = seat.member, part.circle
    assert member is not None  # noqa: S101 - a family's seat
    assert circle is not None  # noqa: S101 - in a household
    _become(member, circle, person, at=at)
    changed = list(Ground.objects.filter(receiver=person).values_list("folder_id", flat=True))
    mine = set(Part.objects.filter(family=part.family).values_list("folder_id", flat=True))
    if not member.is_child:
        for folder in home_folders(circle):
            law_ground(folder, person, GroundKind.HOME, given_by=seat.made_by, at=at)
        decide_again([part], at=at)
    return sorted({*(mine & set(changed)), *home_folders(circle)})


def _become(member: Member, circle: Circle, person: UUID, *, at: datetime) -> None:
    """Put the person in every place where only a name was kept."""
    kept = member.person
    known = Member.objects.filter(family=member.family_id, person=person).first()
    if known is not None and known.parts.filter(circle=circle).exists():
        _leave_the_new_part(member, circle, at=at)
    Ground.objects.filter(receiver=kept).update(receiver=person, changed_at=at)
    ConsentAnswer.objects.filter(person=kept).update(person=person)
    Authority.objects.filter(who=kept).update(who=person)
    if known is None:
        Member.objects.filter(pk=member.pk).update(person=person)
        return
    Part.objects.filter(member=member).update(member=known)
    Seat.objects.filter(member=member).update(member=known)


def _leave_the_new_part(member: Member, circle: Circle, *, at: datetime) -> None:
    """Take away the part made for somebody who lived here before: theirs is there, with its words.

    Until a seat is taken nobody reads that part, so nothing stands in it.
    """
    part = Part.objects.select_related("folder").get(member=member, circle=circle)
    end_grounds([part.folder_id], at=at, kinds=list(GroundKind))
    part.delete()
    erase_folder(VISITOR, part.folder, at=at)


@transaction.atomic
def end_seat(actor: Actor, seat_ref: UUID, *, at: datetime) -> Seat:
    """End somebody's seat: they read nothing here from now on.

    Who reads the folder by law, or offered the seat, may; a family member who took their seat
    leaves by themself (``step_out``). Raises NotFound, SeatIsOver, NotAllowed.
    """
    today = day_of(at)
    seat, part = _seat_seen(actor, seat_ref, on=today)
    taken = seat.kind == SeatKind.FAMILY and seat.who is not None
    if taken or (seat.made_by != me(actor) and not reads_by_law(actor, part, on=today)):
        raise NotAllowed
    _end(actor, seat, at=at)
    return seat


@transaction.atomic
def step_out(actor: Actor, seat_ref: UUID, *, at: datetime) -> Seat:
    """Leave a circle oneself. Of a family: no longer live in this home, nor decide there.

    Raises NotFound, SeatIsOver, NotAllowed, LastAtHome.
    """
    today = day_of(at)
    seat, part = _seat_seen(actor, seat_ref, on=today)
    if seat.who is None or seat.who != me(actor):
        raise NotAllowed
    if seat.kind == SeatKind.FAMILY and part.circle is not None:
        others = adults_at_home(part.circle, on=today).exclude(person=seat.who)
        if not others.exists():
            raise LastAtHome
    _end(actor, seat, at=at)
    return seat


def _end(actor: Actor, seat: Seat, *, at: datetime) -> None:
    """End a seat and what was read by it, and write the line."""
    changed = end_place(actor, seat, at=at)
    folders = [seat.folder_id]
    note(actor, Deed.REMOVED, folders=folders, at=at, on=[seat.ref], rules_changed=changed)


def end_place(actor: Actor, seat: Seat, *, at: datetime) -> list[int]:
    """End a seat and what was read by it, inside the caller's transaction; writes no line.

    Returns the folders of which who may read changed.
    """
    part = _part_of(seat)
    seat.ended_at = at
    seat.save(update_fields=["ended_at"])
    SeatCode.objects.filter(seat=seat, used_at=None, ended_at=None).update(ended_at=at)
    changed = _stop_reading(seat, part, at=at) if seat.who is not None else []
    given = give_back_lost(actor, {*_near(part), *changed}, at=at)
    return [*changed, *(one.folder_id for one in given)]


def _stop_reading(seat: Seat, part: Part, *, at: datetime) -> list[int]:
    """End what somebody read by a seat, unless by another seat here; return the folders."""
    assert seat.who is not None  # noqa: S101 - taken
    folders = _near(part)
    others = Seat.objects.held_on(day_of(at)).filter(folder_id__in=folders, who=seat.who)
    changed: list[int] = []
    if seat.kind == SeatKind.FAMILY and part.circle is not None:
        changed += _move_out(part, part.circle, seat.who, at=at)
    if not others.exists():
        changed += end_grounds(folders, at=at, kinds=ASKED_KINDS, who=seat.who)
    return changed


def _near(part: Part) -> Collection[int]:
    """Return the folders for which a seat in this part counts: those of the home, or just this."""
    if part.circle is None:
        return [part.folder_id]
    return list(Part.objects.filter(circle=part.circle).values_list("folder_id", flat=True))


def _move_out(part: Part, circle: Circle, person: UUID, *, at: datetime) -> list[int]:
    """End that somebody lives here and decides here; what is about them they go on reading."""
    yesterday = day_of(at) - timedelta(days=1)
    changed = end_grounds(home_folders(circle), at=at, kinds=[GroundKind.HOME], who=person)
    rows = Authority.objects.filter(circle=circle, who=person, ended_at=None)
    for authority in rows.select_related("circle"):
        changed += finish_authority(authority, last_day=yesterday, at=at)
    return changed + decide_again([part], at=at)


def _part_of(seat: Seat) -> Part:
    return part_of(seat.folder_id)


def _seat_seen(actor: Actor, ref: UUID, *, on: date) -> tuple[Seat, Part]:
    """Return a seat that this actor sees and that has not ended, its family held."""
    hold_family(_part_of(only_one(_seats, actor, on=on, ref=ref)).family_id)
    seat: Seat = only_one(_seats, actor, on=on, ref=ref)
    if seat.ended_at is not None:
        raise SeatIsOver
    return seat, _part_of(seat)


def _seats(actor: Actor, *, on: date, ref: UUID) -> QuerySet[Seat]:
    return Seat.objects.visible_to(actor, on=on).select_related("folder", "member").filter(ref=ref)
