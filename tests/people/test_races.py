"""Many at once: one invitation, one code after a lost phone, one confirmation have one winner."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.test import Client

from smartstart.access.permissions import Role
from smartstart.base import clock
from smartstart.base.refusals import Refusal
from smartstart.people import keys, operations, running
from smartstart.people.models import Account, Code, Hat
from smartstart.programme.operations import end_in_team
from tests.cast import people
from tests.engines import Store
from tests.voices.test_races import meanwhile

AT_ONCE = 8


def all_at_once(deed: Callable[[int], Any]) -> int:
    """Let eight threads do it in the same moment; return how many were not refused."""
    start = Barrier(AT_ONCE)

    def one(number: int) -> bool:
        try:
            start.wait()
            deed(number)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(threads.map(one, range(AT_ONCE)))


def test_one_invitation_becomes_one_account(real_db: Store) -> None:
    cast = people(clock.now())
    at, today = cast.now, cast.today
    _offer, code = operations.invite(
        cast.actor("ada"), role=Role.PROFESSIONAL, called="x", shown_as="X", at=at
    )
    found = operations.invitation_of(code, at=at)
    before = Account.objects.count()
    won = all_at_once(
        lambda number: operations.take_invitation(
            found, at=at, today=today, username=f"new{number}", password="een lang geheim"
        )
    )
    assert won == 1
    assert Account.objects.count() == before + 1
    assert Hat.objects.filter(called="x").count() == 1


def test_one_lost_phone_gives_one_code_and_one_way_in(real_db: Store) -> None:
    cast = people(clock.now())
    at, today = cast.now, cast.today
    asked = keys.ask_restore(cast.actor("ada"), cast.account("bram").pk, at=at, today=today)
    codes: list[str] = []
    helpers = [cast.actor(name) for name in ("nadia", "els", "petra", "joke")] * 2
    won = all_at_once(
        lambda number: codes.append(
            keys.confirm_restore(helpers[number], asked.pk, at=at, today=today)
        )
    )
    assert (won, len(codes)) == (1, 1)
    assert Code.objects.filter(account=cast.account("bram"), ended_at=None).count() == 1
    assert all_at_once(lambda number: keys.account_with_code("bram", codes[0], at=at)) == 1


def test_guesses_at_the_same_moment_all_count(real_db: Store) -> None:
    cast = people(clock.now())
    card = keys.give_card(cast.account("anouk"), at=cast.now)

    def guess(number: int) -> None:
        for _ in range(2):
            try:
                keys.account_with_code("anouk", "AAAA", at=cast.now)
            except Refusal:
                continue

    all_at_once(guess)
    assert all_at_once(lambda number: keys.account_with_code("anouk", card, at=cast.now)) == 0


def test_passwords_guessed_at_the_same_moment_all_count(real_db: Store) -> None:
    """Five tries for one name in five minutes, however many come at once."""
    people(clock.now())
    looked_at: list[int] = []

    def guess(number: int) -> None:
        for client in (Client(), Client()):
            said = client.post("/account/sign-in/", {"login": "bram", "password": "mis en mis"})
            if "horen niet bij elkaar" in said.content.decode():
                looked_at.append(number)

    all_at_once(guess)
    assert 0 < len(looked_at) <= 5


def test_a_role_that_is_ended_while_the_server_gives_a_card_stays_ended(real_db: Store) -> None:
    cast = people(clock.now())
    at, today, hat = cast.now, cast.today, cast.hats["bram"]

    meanwhile(
        lambda: running.new_card("bram", at=at, today=today),
        goes_on=lambda: end_in_team(cast.actor("nadia"), cast.pilot_a.pk, hat.pk, at=at),
    )

    assert not Hat.objects.get(pk=hat.pk).sleeps
    assert Code.objects.filter(account=hat.account, ended_at=None).exists(), "the card was given"


def test_of_two_first_ones_given_at_once_one_sleeps(real_db: Store) -> None:
    """Found by a reader: each looked whether there was another before, and both began awake."""
    cast = people(clock.now())
    at, today = cast.now, cast.today
    Hat.objects.filter(role=Role.PRIVACY_OFFICER.value).delete()

    def give(name: str) -> Hat:
        return running.give_role(
            name,
            Role.PRIVACY_OFFICER,
            organisation="Basisschool De Regenboog",
            called="privacyfunctionaris",
            at=at,
            today=today,
        )

    meanwhile(lambda: give("bram"), goes_on=lambda: give("nadia"))

    given = Hat.objects.filter(role=Role.PRIVACY_OFFICER.value).order_by("account__username")
    assert [(hat.account.username, hat.sleeps) for hat in given] == [
        ("bram", True),
        ("nadia", False),
    ]
