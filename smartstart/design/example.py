"""Two sessions of the example region: one that has been and one that comes. Nobody in it exists."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.operations import house_folder
from smartstart.base.clock import HERE
from smartstart.design import (
    example_boards,
    example_found,
    operations,
    operations_evening,
    operations_guests,
    operations_money,
)
from smartstart.design.example_found import Evening
from smartstart.design.models import DesignSession
from smartstart.design.operations import Plan
from smartstart.design.operations_guests import Invited, Told
from smartstart.design.roles import ParticipantRole as Role
from smartstart.design.states import AllowanceForm, Answer, Step
from smartstart.people.models import Hat
from smartstart.people.queries import actor_of
from smartstart.programme.example import FOOD_BANK
from smartstart.programme.models import Pilot

LEADER, FACILITATORS = "yara", ("omar", "lin")
PLACE: Final = "Buurthuis De Linde (voorbeeld), Dorpsstraat 1"
WAY_THERE: Final = "Bus 4 stopt voor de deur. Geen drempel."
CENTS: Final = 2_500
# Whom one invites: role, how many, by which way; and how many of them came.
GUESTS: Final = (
    (Role.PARENT, 8, "via de vrijwilligers van de voedselbank", 6),
    (Role.YOUNG_PERSON, 5, "via de jongerenwerker", 4),
    (Role.PROFESSIONAL, 4, "via het wijkteam", 4),
    (Role.REPRESENTATIVE, 1, "via de raad van ouders", 1),
)
NAMED: Final = Invited(
    Role.PARENT, contact="Moeder van Bo (voorbeeld)", reach="06 0000 0190 (voorbeeld)"
)
PAID: Final = (
    ("Bo (voorbeeld)", AllowanceForm.MONEY),
    ("Sam (voorbeeld)", AllowanceForm.VOUCHER),
)
NEED: Final = "Leest niet graag. Lees de vragen voor. (voorbeeld)"


@transaction.atomic
def load(*, at: datetime) -> None:
    """Plan two sessions for the food bank; a second time changes nothing."""
    pilot = Pilot.objects.get(slug=FOOD_BANK, is_example=True)
    if DesignSession.objects.filter(pilot=pilot).exists():
        return
    evening = _has_been(pilot, _evening(at, days=-21), at=at)
    comes = _comes(pilot, _evening(at, days=9), at=at)
    yara, lin = _actor(pilot, LEADER, at=at), _actor(pilot, "lin", at=at)
    example_found.found(yara, lin, pilot, evening, comes, at=at)


def _has_been(pilot: Pilot, starts_at: datetime, *, at: datetime) -> Evening:
    """Write one down that was held; by whose roles began today, so all of it is written today."""
    session = _session(pilot, Step.EMPATHISE, "Rondkomen met kinderen: hoe is dat?", starts_at, at)
    lin, number = _actor(pilot, "lin", at=at), 0
    came = []
    for role, places, way, there in GUESTS:
        operations_guests.invite(lin, session.pk, Invited(role, places, way), at=at)
        came += list(range(number + 1, number + 1 + there))
        number += places
    operations_evening.begin(lin, session.pk, at=at)
    for place in came:
        operations_evening.tap(lin, session.pk, place, came=True, at=at)
    for part in session.parts.order_by("number"):
        operations_evening.begin_part(lin, session.pk, part.number, at=at)
    evening = example_found.write_boards(lin, session, at=at)
    operations_evening.close(lin, session.pk, at=at)
    _paid(_actor(pilot, LEADER, at=at), session, at=at)
    return evening


def _paid(yara: Actor, session: DesignSession, *, at: datetime) -> None:
    for name, form in PAID:
        how = "In een envelop, op de avond"
        row = operations_money.write_allowance(
            yara, session.pk, name=name, how=how, form=form, at=at
        )
        operations_money.mark_paid(yara, session.pk, row.number, at=at)


def _comes(pilot: Pilot, starts_at: datetime, *, at: datetime) -> DesignSession:
    session = _session(pilot, Step.IDEATE, "Wat helpt op een krappe dag?", starts_at, at)
    lin = _actor(pilot, "lin", at=at)
    for role, places, way, _came in GUESTS:
        operations_guests.invite(lin, session.pk, Invited(role, places, way), at=at)
    operations_guests.invite(lin, session.pk, NAMED, at=at)
    last = sum(places for _, places, *_ in GUESTS) + 1
    told = Told("Moeder van Bo (voorbeeld)", Answer.YES, children=2, need=NEED)
    operations_guests.write_down(lin, session.pk, last, told, at=at)
    for number in (1, 2, 3, 9):
        operations_guests.write_down(lin, session.pk, number, Told("", Answer.YES), at=at)
    example_boards.make_board(lin, session, at=at)
    return session


def _session(
    pilot: Pilot, step: Step, title: str, starts_at: datetime, at: datetime
) -> DesignSession:
    hats = Hat.objects.filter(account__username__in=FACILITATORS, within=pilot.ref)
    return operations.plan_session(
        _actor(pilot, LEADER, at=at),
        pilot.pk,
        step,
        Plan(
            title=title,
            starts_at=starts_at,
            place=PLACE,
            way_there=WAY_THERE,
            childcare=True,
            travel_paid=True,
            allowance_cents=CENTS,
        ),
        led_by=[hat.ref for hat in hats.order_by("account__username")],
        at=at,
    )


def _evening(at: datetime, *, days: int) -> datetime:
    """Return half past seven in the evening, so many days from this moment."""
    day = (at + timedelta(days=days)).astimezone(HERE)
    return day.replace(hour=19, minute=30, second=0, microsecond=0)


def _actor(pilot: Pilot, username: str, *, at: datetime) -> Actor:
    hat = Hat.objects.select_related("account", "organisation__folder", "position").get(
        account__username=username, within=pilot.ref
    )
    return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)
