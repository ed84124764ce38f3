"""Who runs the server lets nobody read what families told: roles sleep until somebody confirms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.people import errors, operations, queries, running, waking
from smartstart.people.models import Hat
from smartstart.programme.models import Pilot
from smartstart.programme.operations import end_in_team
from tests.cast import Cast
from tests.web.people_cases import phone

pytestmark = pytest.mark.django_db


def when(cast: Cast) -> dict[str, Any]:
    return {"at": cast.now, "today": cast.today}


def card(cast: Cast, name: str) -> Hat:
    running.new_card(name, **when(cast))
    return Hat.objects.get(pk=cast.hats[name].pk)


def last_line(folder: Folder) -> dict[str, Any]:
    line = Line.objects.filter(folder=folder).order_by("number").last()
    assert line is not None
    found: dict[str, Any] = json.loads(bytes(line.body))
    return found


def test_after_a_card_from_the_server_nobody_reads_the_pilot_under_that_name(cast: Cast) -> None:
    phone(cast.account("bram"))
    before = cast.actor("bram")
    assert Pilot.objects.worked_on_by(before, on=cast.today).exists()
    rules = Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version

    asleep = card(cast, "bram")

    assert asleep.sleeps
    assert queries.hats_of(cast.account("bram"), on=cast.today) == []
    assert waking.sleeping_hats_of(cast.account("bram"), on=cast.today) == [asleep]
    assert not Pilot.objects.worked_on_by(before, on=cast.today).exists()
    assert Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version == rules + 1
    assert last_line(cast.pilot_a.folder)["deed"] == "restored"
    with pytest.raises(errors.HatIsOver):
        operations.wear_hat(cast.account("bram"), asleep.ref, assurance=2, **when(cast))


def test_who_leads_the_pilot_wakes_the_same_role(cast: Cast) -> None:
    asleep = card(cast, "bram")
    assert waking.hats_to_wake(cast.actor("nadia"), on=cast.today) == [asleep]

    woken = waking.wake(cast.actor("nadia"), asleep.pk, **when(cast))

    assert woken.ref == cast.hats["bram"].ref, "what was coded stays this person's"
    assert [hat.ref for hat in queries.hats_of(cast.account("bram"), on=cast.today)] == [woken.ref]
    assert Pilot.objects.worked_on_by(cast.actor("bram"), on=cast.today).exists()
    line = last_line(cast.pilot_a.folder)
    assert (line["deed"], line["purpose"]) == ("hat_given", "woken")
    assert waking.hats_to_wake(cast.actor("nadia"), on=cast.today) == []


@pytest.mark.parametrize(
    ("whose", "wakers"),
    [
        ("bram", {"nadia", "els"}),
        ("nadia", {"els"}),
        ("joke", {"els"}),
        ("anouk", {"els"}),
        ("petra", {"els"}),
        ("els", {"nadia"}),
        ("ada", {"els"}),
    ],
)
def test_only_somebody_it_concerns_wakes_a_role(cast: Cast, whose: str, wakers: set[str]) -> None:
    asleep = card(cast, whose)
    for name in cast.hats:
        actor = cast.actor(name)
        seen = waking.hats_to_wake(actor, on=cast.today)
        assert seen == ([asleep] if name in wakers else []), name
        if name not in wakers:
            with pytest.raises(NotFound):
                waking.wake(actor, asleep.pk, **when(cast))


def test_waking_takes_two_keys_and_happens_once(cast: Cast) -> None:
    asleep = card(cast, "bram")
    with pytest.raises(SecondFactorNeeded):
        waking.wake(cast.actor("nadia", assurance=1), asleep.pk, **when(cast))
    waking.wake(cast.actor("nadia"), asleep.pk, **when(cast))
    with pytest.raises(NotFound):
        waking.wake(cast.actor("nadia"), asleep.pk, **when(cast))


def test_who_reads_nothing_of_families_goes_on_with_the_card(cast: Cast) -> None:
    assert not card(cast, "sam").sleeps


def test_an_administrator_from_the_server_fills_no_function_before_somebody_says_yes(
    cast: Cast,
) -> None:
    """Who fills a function chooses who reads its questions."""
    school = cast.hats["ada"].organisation
    assert school is not None
    made = {"shown_as": "X", "domain": school.domain, **when(cast)}
    first, _code = running.make_administrator("x", organisation="Een nieuwe school", **made)
    later, code = running.make_administrator("y", organisation=school.name, **made)

    assert (first.sleeps, later.sleeps) == (False, True)
    assert code, "the card works; only the role waits"
    assert queries.hats_of(later.account, on=cast.today) == []
    for name in set(cast.hats) - {"ada", "els"}:
        assert waking.hats_to_wake(cast.actor(name), on=cast.today) == []
    assert waking.hats_to_wake(cast.actor("ada"), on=cast.today) == [later]
    waking.wake(cast.actor("ada"), later.pk, **when(cast))
    assert queries.hats_of(later.account, on=cast.today) == [later]


def test_a_role_that_ended_before_does_not_come_back(cast: Cast) -> None:
    end_in_team(cast.actor("nadia"), cast.pilot_a.pk, cast.hats["bram"].pk, at=cast.now)
    assert not card(cast, "bram").sleeps
    assert waking.hats_to_wake(cast.actor("els"), on=cast.today) == []


def test_a_sleeping_role_is_ended_like_any_other(cast: Cast) -> None:
    asleep = card(cast, "bram")
    with pytest.raises(errors.HatAlreadyWorn):
        operations.give_hat(
            asleep.account,
            Role.RESEARCHER,
            called="x",
            from_day=cast.today,
            organisation=asleep.organisation,
            within=asleep.within,
        )
    end_in_team(cast.actor("nadia"), cast.pilot_a.pk, asleep.pk, at=cast.now)
    with pytest.raises(NotFound):
        waking.wake(cast.actor("nadia"), asleep.pk, **when(cast))


def test_the_administrator_sees_and_ends_who_sleeps(cast: Cast) -> None:
    asleep = card(cast, "bram")
    house = queries.house_of(cast.actor("ada"), today=cast.today, now=cast.now)
    assert asleep in next(p.hats for p in house.people if p.account == asleep.account)
    operations.end_person(cast.actor("ada"), asleep.account_id, **when(cast))
    ended = Hat.objects.get(pk=asleep.pk)
    assert (ended.sleeps, ended.account.is_active) == (False, False)


def test_the_first_of_the_programme_office_begins_and_every_later_one_sleeps(cast: Cast) -> None:
    school = cast.hats["ada"].organisation
    assert school is not None
    give = {"organisation": school.name, "called": "bureau", **when(cast)}
    later = running.give_role("joke", Role.PROGRAMME_OFFICE, **give)
    assert later.sleeps
    Hat.objects.filter(role=Role.PRIVACY_OFFICER).delete()
    assert not running.give_role("joke", Role.PRIVACY_OFFICER, **give).sleeps
    assert not running.give_role("joke", Role.OPERATOR, **give).sleeps
    assert running.give_role("joke", Role.ADMINISTRATOR, **give).sleeps
    waking.wake(cast.actor("els"), later.pk, **when(cast))
    assert not Hat.objects.get(pk=later.pk).sleeps


def test_the_database_lets_no_sleeping_role_be_worn(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hat.objects.filter(pk=cast.hats["bram"].pk).update(sleeps=True)


def test_a_card_writes_where_the_role_was_read_and_kept(cast: Cast) -> None:
    asleep = card(cast, "bram")
    assert asleep.organisation is not None
    for folder in (
        cast.pilot_a.folder,
        asleep.organisation.folder,
        Folder.objects.get(kind=FolderKind.HOUSE),
    ):
        assert last_line(folder)["deed"] == "restored"
