"""Hats, invitations and restoring in any order of deeds and time: what must hold, holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import Refusal
from smartstart.people import keys, operations, queries
from smartstart.people.models import Account, Code, Hat, Invitation, Restore
from tests.cast import Cast

NAMES = ("ada", "nadia", "bram", "joke")
DEEDS = (
    "invite",
    "take",
    "take_again",
    "end_invitation",
    "end_hat",
    "end_person",
    "ask",
    "confirm",
    "use",
    "use_again",
)
deeds = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from([0, 1, 29, 31, 60 * 24 * 5, 60 * 24 * 15]),
    ),
    max_size=25,
)


class Play:
    """One run: who did what, and what paper codes lie on the table."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now = cast, cast.now
        self.invitations: list[str] = []
        self.codes: list[tuple[str, str]] = []
        self.taken: dict[str, int] = {}
        self.used: dict[str, int] = {}

    def do(self, deed: str, who: str, whom: str, minutes: int) -> None:
        """Do it; what is refused changes nothing."""
        self.now += timedelta(minutes=minutes)
        try:
            with transaction.atomic():
                getattr(self, deed)(who, whom)
        except Refusal:
            return

    @property
    def when(self) -> dict[str, Any]:
        return {"at": self.now, "today": day_of(self.now)}

    def invite(self, who: str, whom: str) -> None:
        _offer, code = operations.invite(
            self.cast.actor(who), role=Role.PROFESSIONAL, called="x", shown_as="X", at=self.now
        )
        self.invitations.append(code)

    def take(self, who: str, whom: str) -> None:
        for code in self.invitations:
            offer = operations.invitation_of(code, at=self.now)
            name = f"new{len(self.taken)}"
            operations.take_invitation(offer, **self.when, username=name)
            self.taken[code] = self.taken.get(code, 0) + 1
            return

    def take_again(self, who: str, whom: str) -> None:
        self.take(who, whom)

    def end_invitation(self, who: str, whom: str) -> None:
        found = Invitation.objects.order_by("?").first()
        if found is not None:
            operations.end_invitation(self.cast.actor(who), found.pk, **self.when)

    def end_hat(self, who: str, whom: str) -> None:
        operations.end_hat(self.cast.actor(who), self.cast.hats[whom].pk, **self.when)

    def end_person(self, who: str, whom: str) -> None:
        operations.end_person(self.cast.actor(who), self.cast.account(whom).pk, **self.when)

    def ask(self, who: str, whom: str) -> None:
        keys.ask_restore(self.cast.actor(who), self.cast.account(whom).pk, **self.when)

    def confirm(self, who: str, whom: str) -> None:
        found = Restore.objects.filter(account=self.cast.account(whom)).last()
        if found is not None:
            code = keys.confirm_restore(self.cast.actor(who), found.pk, **self.when)
            self.codes.append((whom, code))

    def use(self, who: str, whom: str) -> None:
        for name, code in self.codes:
            keys.account_with_code(name, code, at=self.now)
            self.used[code] = self.used.get(code, 0) + 1

    def use_again(self, who: str, whom: str) -> None:
        self.use(who, whom)

    def holds(self) -> None:
        today = day_of(self.now)
        assert all(times == 1 for times in self.taken.values())
        assert all(times == 1 for times in self.used.values())
        assert Hat.objects.worn_on(today).filter(role="administrator").exists()
        for account in Account.objects.all():
            hats = queries.hats_of(account, on=today)
            assert len({(hat.role, hat.organisation_id, hat.within) for hat in hats}) == len(hats)
            assert all(hat.ended_at is None for hat in hats)
            assert account.is_active or not hats
            assert Code.objects.filter(account=account, ended_at=None).count() <= 1
        for done in Restore.objects.exclude(confirmed_at=None):
            assert len({done.account_id, done.asked_by_id, done.confirmed_by_id}) == 3
            assert done.confirmed_at is not None
            assert done.confirmed_at - done.asked_at < timedelta(minutes=30)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=deeds)
def test_whatever_is_done_in_whatever_order(
    cast: Cast, deeds: list[tuple[str, str, str, int]]
) -> None:
    point = transaction.savepoint()
    try:
        play = Play(cast)
        for deed, who, whom, minutes in deeds:
            play.do(deed, who, whom, minutes)
            play.holds()
    finally:
        transaction.savepoint_rollback(point)
