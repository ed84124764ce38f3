"""Coming in with a code but no account: an account, a role, a card and the seat, at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.circle.errors import SeatIsForSomebodyElse
from smartstart.circle.models import Seat
from smartstart.circle.operations_seats import BESIDE, seat_of_code, take_seat
from smartstart.circle.states import SeatKind
from smartstart.people.errors import NameIsTaken
from smartstart.people.keys import give_card
from smartstart.people.models import Account, Hat
from smartstart.people.operations import give_hat
from smartstart.people.queries import actor_of

CALLED: Final = {
    SeatKind.INFORMAL: "helper",
    SeatKind.INTERPRETER: "tolk",
    SeatKind.CONFIDANT: "vertrouwenspersoon",
}


@dataclass(frozen=True, slots=True)
class Joined:
    """What a code became; ``card`` is shown once, and only to who chose no password."""

    account: Account
    hat: Hat
    seat: Seat
    card: str


def join(number: str, code: str, *, username: str, password: str | None, at: datetime) -> Joined:
    """Make an account for who holds this code, with the role that the seat is for, and take it.

    A seat for an organisation is taken by who works there already. Raises SeatCodeDoesNotFit,
    SeatIsForSomebodyElse, NameIsTaken, and what ``take_seat`` raises.
    """
    seat = seat_of_code(number, code, at=at)
    return _join(seat, number, code, username, password, at=at)


@transaction.atomic
def _join(
    seat: Seat, number: str, code: str, username: str, password: str | None, *, at: datetime
) -> Joined:
    role, called = _role(seat)
    account = _new_account(username, open_for_deed(seat, "called"), password)
    hat = give_hat(account, role, called=called, from_day=day_of(at))
    actor = actor_of(account, hat, assurance=1, house_folder=house_folder(at=at).pk)
    card = give_card(account, at=at) if password is None else ""
    return Joined(account, hat, take_seat(actor, number, code, at=at), card)


def _role(seat: Seat) -> tuple[Role, str]:
    """Return in which role somebody takes this seat, and what their role is called."""
    if seat.kind in BESIDE:
        return Role.SUPPORTER, CALLED[SeatKind(seat.kind)]
    if seat.kind != SeatKind.FAMILY or seat.member is None:
        raise SeatIsForSomebodyElse
    if seat.member.is_child:
        return Role.YOUNG_PERSON, open_for_deed(seat, "called")
    return Role.PARENT, "ouder"


def _new_account(username: str, shown_as: str, password: str | None) -> Account:
    try:
        with transaction.atomic():
            made: Account = Account.objects.create_user(username, password, shown_as=shown_as)
    except IntegrityError:
        raise NameIsTaken from None
    return made
