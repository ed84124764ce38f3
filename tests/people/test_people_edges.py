"""Edges of people: what is sent twice, whose it is, and who is nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from smartstart.access.actor import VISITOR
from smartstart.access.models import Line
from smartstart.access.permissions import Role
from smartstart.base.once import SentBefore
from smartstart.base.refusals import NotFound
from smartstart.people import errors, keys, operations, queries
from smartstart.people.models import (
    Account,
    Domain,
    Hat,
    Invitation,
    Organisation,
    Position,
    SignIn,
)
from tests.cast import Cast
from tests.people.test_operations import invite, school, take


def lines(cast: Cast) -> int:
    return Line.objects.filter(folder=school(cast).folder).count()


# Offers


def test_an_offer_sent_twice_is_one_with_a_code_that_was_seen(cast: Cast) -> None:
    ref = uuid4()
    first, lost = invite(cast, ref=ref)
    again, code = invite(cast, ref=ref)

    assert (again.pk, Invitation.objects.count()) == (first.pk, 1)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.invitation_of(lost, at=cast.now)
    assert operations.invitation_of(code, at=cast.now) == first
    assert lines(cast) == 2


def test_a_role_that_would_end_before_it_begins_is_not_offered(cast: Cast) -> None:
    yesterday = cast.today - timedelta(days=1)
    with pytest.raises(errors.LastDayHasPassed):
        invite(cast, hat_until=yesterday)
    assert not Invitation.objects.exists()
    _offer, code = invite(cast, hat_until=cast.today)
    assert take(cast, code).hat.last_day == cast.today


def test_an_offer_whose_last_day_passed_asks_for_a_new_one(cast: Cast) -> None:
    _offer, code = invite(cast, hat_until=cast.today)
    offer = operations.invitation_of(code, at=cast.now)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.take_invitation(
            offer,
            at=cast.now + timedelta(days=1),
            today=cast.today + timedelta(days=1),
            username="laat",
        )
    assert not Account.objects.filter(username="laat").exists()


def test_guesses_at_the_lost_code_do_not_count_for_the_new_one(cast: Cast) -> None:
    ref = uuid4()
    offer, _lost = invite(cast, ref=ref)
    Invitation.objects.filter(pk=offer.pk).update(tries=9)
    _again, code = invite(cast, ref=ref)

    for _ in range(3):
        with pytest.raises(errors.InvitationDoesNotFit):
            operations.invitation_of(code[:-1] + ("B" if code[-1] != "B" else "C"), at=cast.now)
    assert operations.invitation_of(code, at=cast.now) == offer


def test_an_offer_is_given_again_only_to_who_made_it_while_it_waits(cast: Cast) -> None:
    ref = uuid4()
    _first, code = invite(cast, ref=ref)
    other = Hat.objects.create(
        account=cast.account("bram"),
        role=Role.ADMINISTRATOR.value,
        organisation=school(cast),
        called="beheerder",
        from_day=cast.today,
    )
    bram = queries.actor_of(cast.account("bram"), other, assurance=2, house_folder=None)
    told: dict[str, Any] = {"role": Role.PROFESSIONAL, "called": "x", "shown_as": "Fatima"}
    with pytest.raises(NotFound):
        operations.invite(bram, ref=ref, at=cast.now, **told)
    take(cast, code)
    with pytest.raises(errors.InvitationDoesNotFit):
        invite(cast, ref=ref)


def test_an_offer_names_a_function_of_this_organisation_and_fills_it_once(cast: Cast) -> None:
    seat = Position.objects.create(organisation=school(cast), called="gedragscoach")
    _offer, code = invite(cast, position_id=seat.pk)
    _other, later = invite(cast, position_id=seat.pk)
    first = take(cast, code).account
    take(cast, later, username="later")

    seat.refresh_from_db()
    assert seat.occupant == first
    elsewhere = Organisation.objects.create(
        name="Elders", domain=Domain.HEALTH, folder=cast.pilot_b.folder
    )
    foreign = Position.objects.create(organisation=elsewhere, called="arts")
    with pytest.raises(NotFound):
        invite(cast, position_id=foreign.pk)


def test_who_covers_a_function_does_not_occupy_it_by_an_offer(cast: Cast) -> None:
    bram = cast.account("bram")
    seat = Position.objects.create(organisation=school(cast), called="coach", cover=bram)
    _offer, code = invite(cast, position_id=seat.pk)
    offer = operations.invitation_of(code, at=cast.now)
    operations.take_invitation(offer, at=cast.now, today=cast.today, account=bram)

    seat.refresh_from_db()
    assert (seat.occupant, seat.cover) == (None, bram)


def test_an_offer_is_made_by_somebody(cast: Cast) -> None:
    nobody = replace(cast.actor("ada"), account=None)
    with pytest.raises(NotFound):
        operations.invite(
            nobody, role=Role.PROFESSIONAL, called="x", shown_as="Fatima", at=cast.now
        )
    assert not Invitation.objects.exists()


# Functions, cards and leaving


def test_a_function_sent_twice_is_one(cast: Cast) -> None:
    ref, ada = uuid4(), cast.actor("ada")
    first = operations.make_position(ada, called="arts", phone="", at=cast.now, ref=ref)

    assert operations.make_position(ada, called="arts", phone="", at=cast.now, ref=ref) == first
    assert (Position.objects.count(), lines(cast)) == (1, 1)
    Position.objects.update(
        organisation=Organisation.objects.create(
            name="Elders", domain=Domain.HEALTH, folder=cast.pilot_b.folder
        )
    )
    with pytest.raises(SentBefore):
        operations.make_position(ada, called="arts", phone="", at=cast.now, ref=ref)


def test_nobody_gives_a_card_to_themself(cast: Cast) -> None:
    ada = cast.account("ada")
    ada.set_unusable_password()
    ada.save()
    with pytest.raises(errors.NotYourself):
        operations.new_card(cast.actor("ada"), ada.pk, at=cast.now, today=cast.today)


def test_who_keeps_a_hat_here_keeps_the_function(cast: Cast) -> None:
    bram = cast.account("bram")
    second = Hat.objects.create(
        account=bram,
        role=Role.PROFESSIONAL.value,
        organisation=school(cast),
        called="leerkracht",
        from_day=cast.today,
    )
    seat = Position.objects.create(organisation=school(cast), called="coach", occupant=bram)
    told: dict[str, Any] = {"at": cast.now, "today": cast.today}
    operations.end_hat(cast.actor("ada"), cast.hats["bram"].pk, **told)
    seat.refresh_from_db()
    assert seat.occupant == bram

    operations.end_hat(cast.actor("ada"), second.pk, **told)
    seat.refresh_from_db()
    assert not seat.occupant_id
    assert not Account.objects.get(pk=bram.pk).is_active


# What pages ask


def test_a_user_name_is_taken_whatever_its_capitals(cast: Cast) -> None:
    assert [queries.is_taken(name) for name in ("nadia", "NaDia", "nobody")] == [True, True, False]


@pytest.mark.parametrize(
    ("amr", "acr", "factors"), [([], "", 1), (["pwd", "otp"], "", 2), ([], "high", 2)]
)
def test_an_organisation_says_how_many_factors_it_asked(
    amr: list[str], acr: str, factors: int
) -> None:
    assert queries.factors_said(amr, acr, strong_acr=["high"]) == factors


def test_an_invented_person_has_two_factors_in_the_example_only(cast: Cast, settings: Any) -> None:
    nadia = cast.account("nadia")
    nadia.is_example = True
    assert queries.assurance_of({}, nadia) == 1
    settings.SMARTSTART_EXAMPLE = True
    assert queries.assurance_of({}, nadia) == 2
    assert queries.assurance_of({}, cast.account("bram")) == 1


def test_a_form_goes_back_to_who_had_it_open_last(cast: Cast) -> None:
    for number, name in enumerate(["bram", "nadia"]):
        keys.begin_sign_in(
            cast.account(name),
            session_key=f"session {name}",
            form_secret="",
            device="",
            at=cast.now + timedelta(minutes=number),
        )
    mark = "f" * 32
    assert queries.account_of_form(mark) is None
    SignIn.objects.update(form_mark=mark)
    assert queries.account_of_form(mark) == cast.account("nadia").ref


def test_a_visitor_confirms_nobody(cast: Cast) -> None:
    visitor = replace(VISITOR, organisation=school(cast).ref)
    assert queries.restores_to_confirm(visitor, today=cast.today, now=cast.now) == []
    assert queries.restores_to_confirm(cast.actor("bram"), today=cast.today, now=cast.now) == []
