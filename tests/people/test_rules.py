"""The arithmetic of people, as properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.base import codes
from smartstart.people import rules

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
methods = st.sampled_from(
    [
        {"method": "password"},
        {"method": "card"},
        {"method": "restore"},
        {"method": "socialaccount"},
        {"method": "mfa", "type": "totp"},
        {"method": "mfa", "type": "recovery_codes"},
        {"method": "mfa", "type": "webauthn"},
        {"method": "mfa", "type": "webauthn", "passwordless": True},
        {"method": "something new"},
        {},
    ]
)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], 0),
        ([{"method": "password"}], 1),
        ([{"method": "password"}, {"method": "password"}], 1),
        ([{"method": "card"}], 1),
        ([{"method": "card"}, {"method": "restore"}], 1),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], 2),
        ([{"method": "card"}, {"method": "mfa", "type": "totp"}], 2),
        ([{"method": "mfa", "type": "totp"}, {"method": "mfa", "type": "recovery_codes"}], 1),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], 2),
        ([{"method": "mfa", "type": "webauthn"}], 1),
        ([{"method": "socialaccount"}], 1),
        ([{"method": "socialaccount"}, {"method": "mfa", "type": "totp"}], 2),
    ],
)
def test_each_way_of_signing_in_counts_for_what_it_proves(
    records: list[dict[str, object]], expected: int
) -> None:
    assert rules.factors(records) == expected


@given(st.lists(methods, max_size=6), methods, st.integers(1, 2))
def test_one_more_key_never_counts_for_less_and_order_does_not_matter(
    records: list[dict[str, object]], more: dict[str, object], outside: int
) -> None:
    before = rules.factors(records, from_outside=outside)
    after = rules.factors([*records, more], from_outside=outside)
    assert before <= after <= 2
    assert after == rules.factors([more, *reversed(records)], from_outside=outside)


@pytest.mark.parametrize(
    ("amr", "acr", "expected"),
    [
        ([], "", 1),
        (["pwd"], "", 1),
        (["pwd", "pin"], "", 1),
        (["otp", "hwk"], "", 1),
        (["pwd", "otp"], "", 2),
        (["pin", "hwk"], "", 2),
        (["fpt", "swk"], "", 2),
        (["mfa"], "", 2),
        ([], "urn:strong", 2),
        ([], "urn:weak", 1),
        (["unheard of"], "", 1),
    ],
)
def test_what_an_organisation_says_of_its_own_sign_in(
    amr: list[str], acr: str, expected: int
) -> None:
    assert rules.factors_outside(amr, acr, strong_acr=["urn:strong"]) == expected


def test_an_empty_level_is_not_strong_whatever_the_settings_say() -> None:
    assert rules.factors_outside([], "", strong_acr=[""]) == 1


def test_codes_have_no_look_alikes_and_differ() -> None:
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01OIL")


@given(st.text(alphabet=codes.LETTERS, min_size=1, max_size=30), st.sampled_from(" -_.\t"))
def test_a_code_is_read_however_it_is_written(code: str, between: str) -> None:
    written = between.join(codes.shown(code).lower().split("-"))
    assert codes.tidy(f" {written}{between}") == code


@given(st.integers(-120, 120))
def test_what_has_an_end_is_over_at_that_moment(minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    assert rules.is_open(moment, until=NOW, ended_at=None) is (minutes < 0)
    assert rules.is_open(moment, until=None, ended_at=None)
    assert not rules.is_open(moment, until=None, ended_at=NOW)


@given(st.integers(0, 600), st.integers(0, 600))
def test_a_sign_in_is_over_when_quiet_or_long(since_began: int, since_seen: int) -> None:
    over = rules.has_gone_quiet(
        NOW,
        began=NOW - timedelta(minutes=since_began),
        seen=NOW - timedelta(minutes=since_seen),
        idle=timedelta(minutes=30),
        whole=timedelta(hours=8),
    )
    assert over is (since_seen >= 30 or since_began >= 480)


@given(st.integers(-40, 40))
def test_who_leaves_within_thirty_days(days: int) -> None:
    today = date(2026, 11, 20)
    assert rules.leaves_soon(today + timedelta(days=days), today) is (0 <= days <= 30)
    assert not rules.leaves_soon(None, today)
