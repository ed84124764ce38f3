"""Inviting, ending, replacing, covering and restoring: every effect and every refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.people import errors, keys, operations, queries, running
from smartstart.people.models import (
    OWN_ROLES,
    Account,
    Code,
    Domain,
    Hat,
    Invitation,
    Organisation,
    Position,
    Restore,
)
from tests.cast import Cast
from tests.web.people_cases import phone

CALLED = {"called": "gedragscoach", "phone": "013 000 0100"}


def school(cast: Cast) -> Organisation:
    found = cast.hats["ada"].organisation
    assert found is not None
    return found


def invite(cast: Cast, **more: Any) -> tuple[Invitation, str]:
    fields = {"role": Role.PROFESSIONAL, "called": "gedragscoach", "shown_as": "Fatima"} | more
    return operations.invite(cast.actor("ada"), at=cast.now, **fields)


def take(cast: Cast, code: str, **more: Any) -> operations.Taken:
    offer = operations.invitation_of(code, at=cast.now)
    fields = {"username": "fatima", "password": "een lang geheim"} | more
    return operations.take_invitation(offer, at=cast.now, today=cast.today, **fields)


def lines_of(folder: Folder) -> list[dict[str, Any]]:
    rows = Line.objects.filter(folder=folder).order_by("number")
    return [json.loads(bytes(row.body)) for row in rows]


def rules_of(folder: Folder) -> int:
    return Folder.objects.get(pk=folder.pk).rules_version


def test_an_invitation_becomes_an_account_with_one_hat_here(cast: Cast) -> None:
    offer, code = invite(cast, hat_until=cast.in_days(90))
    taken = take(cast, code)

    hat = Hat.objects.get(account=taken.account)
    assert (hat.role, hat.organisation, hat.called, hat.last_day) == (
        "professional",
        school(cast),
        "gedragscoach",
        cast.in_days(90),
    )
    assert taken.account.check_password("een lang geheim")
    assert (taken.card, taken.account.shown_as) == ("", "Fatima")
    assert code.replace("-", "") not in Invitation.objects.get(pk=offer.pk).hash
    assert [line["deed"] for line in lines_of(school(cast).folder)] == ["made", "hat_given"]


def test_without_a_password_the_account_gets_a_card(cast: Cast) -> None:
    _offer, code = invite(cast)
    taken = take(cast, code, password=None)
    assert not taken.account.has_usable_password()
    assert keys.account_with_code("fatima", taken.card, at=cast.now)[0] == taken.account


def test_who_has_an_account_gets_one_more_hat(cast: Cast) -> None:
    _offer, code = invite(cast)
    taken = take(cast, code, account=cast.account("anouk"))
    roles = {hat.role for hat in queries.hats_of(taken.account, on=cast.today)}
    assert roles == {"parent", "professional"}


def test_an_invitation_works_once(cast: Cast) -> None:
    _offer, code = invite(cast)
    offer = operations.invitation_of(code, at=cast.now)
    take(cast, code)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.invitation_of(code, at=cast.now)
    with pytest.raises(errors.InvitationDoesNotFit), transaction.atomic():
        operations.take_invitation(offer, at=cast.now, today=cast.today, username="tweede")
    assert not Account.objects.filter(username="tweede").exists()


def test_an_invitation_ends_by_hand_and_by_the_clock(cast: Cast) -> None:
    offer, code = invite(cast)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.invitation_of(code, at=cast.now + timedelta(days=14))
    operations.end_invitation(cast.actor("ada"), offer.pk, at=cast.now, today=cast.today)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.invitation_of(code, at=cast.now)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.end_invitation(cast.actor("ada"), offer.pk, at=cast.now, today=cast.today)


def test_guessing_stops_after_ten_tries(cast: Cast) -> None:
    offer, code = invite(cast)
    for _ in range(10):
        with pytest.raises(errors.InvitationDoesNotFit):
            operations.invitation_of(f"{offer.number}AAAA", at=cast.now)
    with pytest.raises(errors.InvitationDoesNotFit):
        operations.invitation_of(code, at=cast.now)


def test_a_taken_name_costs_nothing(cast: Cast) -> None:
    _offer, code = invite(cast)
    with pytest.raises(errors.NameIsTaken):
        take(cast, code, username="Nadia")
    assert take(cast, code).hat.role == "professional"


def test_an_organisation_gives_only_its_own_roles(cast: Cast) -> None:
    for role in set(Role) - OWN_ROLES:
        with pytest.raises(errors.RoleIsNotYoursToGive):
            invite(cast, role=role)
    offer, _code = invite(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=offer.pk).update(role="programme_office")


@pytest.mark.parametrize("name", ["nadia", "bram", "els", "petra", "anouk", "sam"])
def test_only_administrators_look_after_people(cast: Cast, name: str) -> None:
    with pytest.raises(NotFound):
        operations.own_organisation(cast.actor(name))
    house = queries.house_of(cast.actor(name), today=cast.today, now=cast.now)
    assert (house.people, house.positions, house.invitations) == ([], [], [])


def test_an_administrator_needs_two_keys(cast: Cast) -> None:
    with pytest.raises(SecondFactorNeeded):
        operations.own_organisation(cast.actor("ada", assurance=1))


def elsewhere(cast: Cast) -> Hat:
    other = Organisation.objects.create(
        name="Voedselbank",
        domain=Domain.WELFARE,
        folder=open_folder(FolderKind.ORGANISATION, at=cast.now),
    )
    account = Account.objects.create_user("daan", None, shown_as="Daan")
    return Hat.objects.create(
        account=account, role="professional", organisation=other, called="x", from_day=cast.today
    )


def test_people_of_another_organisation_do_not_exist(cast: Cast) -> None:
    hat = elsewhere(cast)
    assert hat.organisation is not None
    seat = Position.objects.create(organisation=hat.organisation, called="baas")
    ada, at, today = cast.actor("ada"), cast.now, cast.today
    tries: list[Any] = [
        lambda: operations.end_hat(ada, hat.pk, at=at, today=today),
        lambda: operations.end_person(ada, hat.account_id, at=at, today=today),
        lambda: operations.new_card(ada, hat.account_id, at=at, today=today),
        lambda: operations.end_card(ada, hat.account_id, at=at, today=today),
        lambda: keys.ask_restore(ada, hat.account_id, at=at, today=today),
        lambda: invite(cast, position_id=seat.pk),
        lambda: operations.change_position(
            ada, seat.pk, **CALLED, occupant_id=None, cover_id=None, at=at, today=today
        ),
    ]
    for one in tries:
        with pytest.raises(NotFound):
            one()


def test_ending_a_hat_works_at_once_and_changes_the_rules(cast: Cast) -> None:
    hat, folder = cast.hats["bram"], school(cast).folder
    before = rules_of(folder)
    version = cast.account("bram").keys_version
    operations.end_hat(cast.actor("ada"), hat.pk, at=cast.now, today=cast.today)

    assert queries.hats_of(hat.account, on=cast.today) == []
    assert rules_of(folder) == before + 1
    account = Account.objects.get(pk=hat.account_id)
    assert account.keys_version == version + 1
    assert not account.is_active
    assert lines_of(folder)[-1]["deed"] == "hat_ended"
    with pytest.raises(errors.HatIsOver):
        operations.end_hat(cast.actor("ada"), hat.pk, at=cast.now, today=cast.today)


def test_who_may_read_the_pilot_changes_with_the_hat_that_was_for_it(cast: Cast) -> None:
    pilot, other = cast.pilot_a.folder, cast.pilot_b.folder
    before = rules_of(pilot), rules_of(other)
    operations.end_hat(cast.actor("ada"), cast.hats["bram"].pk, at=cast.now, today=cast.today)
    assert (rules_of(pilot), rules_of(other)) == (before[0] + 1, before[1])


def test_ending_somebody_at_the_server_ends_what_they_are_reading(cast: Cast) -> None:
    Hat.objects.filter(pk=cast.hats["bram"].pk).update(organisation=None)
    before = rules_of(cast.pilot_a.folder), rules_of(cast.pilot_b.folder)
    assert running.end_everything("bram", at=cast.now, today=cast.today) == 1
    after = rules_of(cast.pilot_a.folder), rules_of(cast.pilot_b.folder)
    assert after == (before[0] + 1, before[1])


def test_who_leaves_keeps_the_hats_of_elsewhere_and_the_account(cast: Cast) -> None:
    parent = Hat.objects.create(
        account=cast.account("bram"), role="parent", called="vader", from_day=cast.today
    )
    operations.end_person(cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today)
    assert queries.hats_of(cast.account("bram"), on=cast.today) == [parent]
    assert Account.objects.get(username="bram").is_active


def test_positions_of_who_leaves_are_empty_and_go_to_the_cover(cast: Cast) -> None:
    seat = Position.objects.create(
        organisation=school(cast),
        called="gedragscoach",
        occupant=cast.account("bram"),
        cover=cast.account("nadia"),
    )
    other = Position.objects.create(
        organisation=school(cast), called="ib'er", cover=cast.account("bram")
    )
    operations.end_person(cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today)
    seat.refresh_from_db()
    other.refresh_from_db()
    assert (seat.occupant, seat.cover) == (None, cast.account("nadia"))
    assert other.cover is None
    house = queries.house_of(cast.actor("ada"), today=cast.today, now=cast.now)
    assert house.without_cover == [other]


def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(errors.LastAdministrator), transaction.atomic():
        operations.end_person(
            cast.actor("ada"), cast.account("ada").pk, at=cast.now, today=cast.today
        )
    assert queries.hats_of(cast.account("ada"), on=cast.today) == [cast.hats["ada"]]


def test_a_seat_has_an_occupant_and_somebody_else_as_cover(cast: Cast) -> None:
    ada = cast.actor("ada")
    seat = operations.make_position(ada, called="gedragscoach", phone="", at=cast.now)
    bram, nadia = cast.account("bram").pk, cast.account("nadia").pk
    with pytest.raises(errors.SamePerson):
        operations.change_position(
            ada, seat.pk, **CALLED, occupant_id=bram, cover_id=bram, at=cast.now, today=cast.today
        )
    filled = operations.change_position(
        ada, seat.pk, **CALLED, occupant_id=bram, cover_id=nadia, at=cast.now, today=cast.today
    )
    assert (filled.occupant_id, filled.cover_id) == (bram, nadia)
    assert (filled.called, filled.phone) == tuple(CALLED.values())
    with pytest.raises(NotFound):
        operations.change_position(
            ada,
            seat.pk,
            **CALLED,
            occupant_id=cast.account("anouk").pk,
            cover_id=None,
            at=cast.now,
            today=cast.today,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=seat.pk).update(cover=bram)


def test_the_first_page_of_an_administrator(cast: Cast) -> None:
    Hat.objects.filter(pk=cast.hats["bram"].pk).update(last_day=cast.in_days(9))
    Hat.objects.filter(pk=cast.hats["nadia"].pk).update(last_day=cast.in_days(60))
    house = queries.house_of(cast.actor("ada"), today=cast.today, now=cast.now)
    assert [hat.account.username for hat in house.leaving] == ["bram"]
    names = [one.account.username for one in house.people]
    assert names == ["ada", "bram", "els", "joke", "nadia", "petra", "sam"]


def test_a_hat_ends_by_its_date_without_anybody_doing_anything(cast: Cast) -> None:
    Hat.objects.filter(pk=cast.hats["bram"].pk).update(last_day=cast.today)
    assert queries.hats_of(cast.account("bram"), on=cast.today) == [cast.hats["bram"]]
    assert queries.hats_of(cast.account("bram"), on=cast.in_days(1)) == []


def test_one_acts_under_exactly_one_hat_and_changing_leaves_a_line(cast: Cast) -> None:
    more = Hat.objects.create(
        account=cast.account("bram"),
        role="professional",
        organisation=school(cast),
        called="leerkracht",
        from_day=cast.today,
    )
    actor, hat = operations.wear_hat(
        cast.account("bram"), more.ref, assurance=2, at=cast.now, today=cast.today
    )
    assert (actor.role, actor.hat, hat) == (Role.PROFESSIONAL, more.ref, more)
    assert lines_of(school(cast).folder)[-1]["deed"] == "entered"
    for other in (cast.hats["nadia"].ref, uuid4()):
        with pytest.raises(errors.HatIsOver):
            operations.wear_hat(
                cast.account("bram"), other, assurance=2, at=cast.now, today=cast.today
            )


def test_the_same_hat_is_not_given_twice(cast: Cast) -> None:
    with pytest.raises(errors.HatAlreadyWorn):
        operations.give_hat(
            cast.account("bram"),
            Role.RESEARCHER,
            called="x",
            from_day=cast.today,
            organisation=school(cast),
            within=cast.hats["bram"].within,
        )


def test_a_lost_phone_is_restored_by_two_people_and_both_names_are_written(cast: Cast) -> None:
    phone(cast.account("bram"))
    asked = keys.ask_restore(
        cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today
    )
    code = keys.confirm_restore(cast.actor("nadia"), asked.pk, at=cast.now, today=cast.today)
    account, _kind = keys.account_with_code("bram", code, at=cast.now)

    assert account == cast.account("bram")
    assert not Authenticator.objects.filter(user=account).exists()
    first, second = lines_of(school(cast).folder)[-2:]
    assert (first["deed"], first["account"]) == ("restored", cast.account("ada").ref.hex)
    assert (second["deed"], second["account"]) == ("restored", cast.account("nadia").ref.hex)
    assert cast.account("bram").ref.hex in first["on"]
    with pytest.raises(errors.CodeDoesNotFit):
        keys.account_with_code("bram", code, at=cast.now)


def test_until_the_code_is_used_the_old_keys_stay(cast: Cast) -> None:
    phone(cast.account("bram"))
    asked = keys.ask_restore(
        cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today
    )
    keys.confirm_restore(cast.actor("nadia"), asked.pk, at=cast.now, today=cast.today)
    assert Authenticator.objects.filter(user=cast.account("bram")).count() == 1


def test_restoring_takes_two_different_people_in_thirty_minutes(cast: Cast) -> None:
    ada, bram = cast.actor("ada"), cast.account("bram").pk
    with pytest.raises(errors.NotYourself):
        keys.ask_restore(ada, cast.account("ada").pk, at=cast.now, today=cast.today)
    with pytest.raises(NotAllowed):
        keys.ask_restore(cast.actor("nadia"), bram, at=cast.now, today=cast.today)
    with pytest.raises(SecondFactorNeeded):
        keys.ask_restore(cast.actor("ada", assurance=1), bram, at=cast.now, today=cast.today)
    asked = keys.ask_restore(ada, bram, at=cast.now, today=cast.today)
    with pytest.raises(errors.SecondPersonNeeded):
        keys.confirm_restore(ada, asked.pk, at=cast.now, today=cast.today)
    with pytest.raises(errors.NotYourself):
        keys.confirm_restore(cast.actor("bram"), asked.pk, at=cast.now, today=cast.today)
    with pytest.raises(NotFound):
        keys.confirm_restore(cast.actor("anouk"), asked.pk, at=cast.now, today=cast.today)
    late = cast.now + timedelta(minutes=30)
    with pytest.raises(errors.RestoreIsOver):
        keys.confirm_restore(cast.actor("nadia"), asked.pk, at=late, today=cast.today)
    keys.confirm_restore(cast.actor("nadia"), asked.pk, at=cast.now, today=cast.today)
    with pytest.raises(errors.RestoreIsOver):
        keys.confirm_restore(cast.actor("els"), asked.pk, at=cast.now, today=cast.today)


def test_two_people_of_one_house_do_not_open_what_a_pilot_trusts(cast: Cast) -> None:
    """An administrator invites a second self, and asks and confirms: that opens no voices."""
    ada, bram = cast.actor("ada"), cast.account("bram")
    taken = take(cast, invite(cast)[1])
    herself = queries.actor_of(taken.account, taken.hat, assurance=2, house_folder=None)
    asked = keys.ask_restore(ada, bram.pk, at=cast.now, today=cast.today)
    for second in (herself, cast.actor("joke"), cast.actor("petra")):
        with pytest.raises(errors.SomebodyOfThereNeeded):
            keys.confirm_restore(second, asked.pk, at=cast.now, today=cast.today)
    assert not Code.objects.filter(account=bram).exists()
    keys.confirm_restore(cast.actor("nadia"), asked.pk, at=cast.now, today=cast.today)
    assert Code.objects.filter(account=bram).count() == 1


def test_two_people_of_one_house_do_not_open_the_programme_office(cast: Cast) -> None:
    """Found by reading: its role is kept at an organisation that does not give it."""
    ada, els = cast.actor("ada"), cast.account("els")
    taken = take(cast, invite(cast)[1])
    herself = queries.actor_of(taken.account, taken.hat, assurance=2, house_folder=None)
    asked = keys.ask_restore(ada, els.pk, at=cast.now, today=cast.today)
    for second in (herself, cast.actor("bram"), cast.actor("petra")):
        with pytest.raises(errors.SomebodyOfThereNeeded):
            keys.confirm_restore(second, asked.pk, at=cast.now, today=cast.today)
    now: dict[str, Any] = {"today": cast.today, "now": cast.now}
    leader = replace(cast.actor("nadia"), organisation=None)
    assert queries.restores_to_confirm(leader, **now) == [asked]
    assert keys.confirm_restore(leader, asked.pk, at=cast.now, today=cast.today)


def test_who_works_only_here_is_helped_by_two_people_of_here(cast: Cast) -> None:
    fatima = take(cast, invite(cast)[1]).account
    asked = keys.ask_restore(cast.actor("ada"), fatima.pk, at=cast.now, today=cast.today)
    assert keys.confirm_restore(cast.actor("joke"), asked.pk, at=cast.now, today=cast.today)


def test_somebody_of_the_pilot_helps_from_another_organisation(cast: Cast) -> None:
    leader = Hat.objects.get(pk=cast.hats["nadia"].pk)
    Hat.objects.filter(pk=leader.pk).update(organisation=None)
    nadia, joke = cast.actor("nadia"), cast.actor("joke")
    nadia, joke = replace(nadia, organisation=None), replace(joke, organisation=None)
    asked = keys.ask_restore(
        cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today
    )
    now: dict[str, Any] = {"today": cast.today, "now": cast.now}
    assert queries.restores_to_confirm(nadia, **now) == [asked]
    assert queries.restores_to_confirm(joke, **now) == []
    assert queries.restores_to_confirm(cast.actor("els"), **now) == [asked]
    with pytest.raises(NotFound):
        keys.confirm_restore(joke, asked.pk, at=cast.now, today=cast.today)
    assert keys.confirm_restore(nadia, asked.pk, at=cast.now, today=cast.today)
    assert lines_of(school(cast).folder)[-1]["account"] == cast.account("nadia").ref.hex


@pytest.mark.parametrize(
    "wrong", [{"confirmed_by": "ada"}, {"confirmed_by": "bram"}, {"confirmed_at": 31}]
)
def test_the_database_holds_restoring_to_its_rules(cast: Cast, wrong: dict[str, Any]) -> None:
    asked = keys.ask_restore(
        cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today
    )
    by = cast.account(wrong.get("confirmed_by", "nadia"))
    at = cast.now + timedelta(minutes=wrong.get("confirmed_at", 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Restore.objects.filter(pk=asked.pk).update(confirmed_by=by, confirmed_at=at)


def test_a_card_alone_gets_nobody_into_a_pilot(cast: Cast) -> None:
    """An administrator prints a card for a researcher who has no second key yet, and uses it."""
    account = cast.account("bram")
    account.set_unusable_password()
    account.save()
    ada = cast.actor("ada")
    when: dict[str, Any] = {"at": cast.now, "today": cast.today}
    with pytest.raises(errors.RoleElsewhere):
        operations.new_card(ada, account.pk, **when)
    assert not Code.objects.filter(account=account).exists()
    phone(account)
    assert operations.new_card(ada, account.pk, **when)


def test_a_new_card_ends_the_old_one_and_the_sign_ins(cast: Cast) -> None:
    account = cast.account("bram")
    account.set_unusable_password()
    account.save()
    phone(account)
    old = keys.give_card(account, at=cast.now)
    new = operations.new_card(cast.actor("ada"), account.pk, at=cast.now, today=cast.today)
    with pytest.raises(errors.CodeDoesNotFit):
        keys.account_with_code("bram", old, at=cast.now)
    assert keys.account_with_code("bram", new, at=cast.now)[0] == account
    operations.end_card(cast.actor("ada"), account.pk, at=cast.now, today=cast.today)
    with pytest.raises(errors.CodeDoesNotFit):
        keys.account_with_code("bram", new, at=cast.now)
    assert Code.objects.filter(account=account, ended_at=None).count() == 0


def test_an_administrator_cannot_get_into_an_account_that_has_a_password(cast: Cast) -> None:
    with pytest.raises(NotFound):
        operations.new_card(
            cast.actor("ada"), cast.account("bram").pk, at=cast.now, today=cast.today
        )


def test_user_names_have_no_capitals(cast: Cast) -> None:
    assert Account.objects.create_user("KAREL", None, shown_as="Karel").username == "karel"
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(username="karel").update(username="Karel")


def test_an_answer_that_is_being_made_is_thrown_away_when_its_readers_role_ends(
    cast: Cast,
) -> None:
    from smartstart.access.reading import Reading
    from smartstart.base.refusals import RulesChanged

    voice = open_folder(FolderKind.VOICE, at=cast.now)
    reading = Reading(cast.actor("bram"), at=cast.now)
    reading.saw(voice, voice.ref)
    operations.end_hat(cast.actor("ada"), cast.hats["bram"].pk, at=cast.now, today=cast.today)
    with pytest.raises(RulesChanged):
        reading.settle()
    assert lines_of(voice) == []


@pytest.mark.parametrize("name", ["bram", "ada", "anouk", "own"])
def test_the_database_holds_one_open_hat_per_role_and_place(cast: Cast, name: str) -> None:
    if name == "own":
        hat = Hat.objects.create(
            account=cast.account("joke"),
            role="meedenker",
            within=uuid4(),
            called="x",
            from_day=cast.today,
        )
    else:
        hat = cast.hats[name]
    hat.pk, hat.ref = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        hat.save(force_insert=True)
    hat.last_day = cast.today
    hat.save(force_insert=True)
