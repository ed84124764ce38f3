"""Signing in at one's own organisation, against a real OIDC provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from smartstart.people.models import Account
from tests.cast import Cast
from tests.web.people_cases import browser, factors, sign_in, token

# The provider runs on another thread of this process; its own libraries warn about themselves.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
WORK = "/account/organisation/organisation/"


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """A provider that knows three people and says how surely each signed in there."""
    people = [
        User(sub="nadia@work", claims={"amr": ["pwd", "otp"], "email": "n@work.example"}),
        User(sub="bram@work", claims={"amr": ["pwd"]}),
        User(sub="stranger@work", claims={"amr": ["mfa"], "email": "s@work.example"}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        address = f"http://localhost:{server.server_port}"
        settings.SMARTSTART_OIDC_SERVER = address
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "organisation",
                        "name": "Gemeente Voorbeeld",
                        "client_id": "smartstart",
                        "secret": "between us",
                        "settings": {"server_url": address},
                    }
                ],
            }
        }
        yield address


def at_work(client: Client, sub: str, *, start: str, page: str) -> Any:
    """Go to the provider, sign in there as ``sub``, and come back."""
    csrf = token(client.get(page))
    away = client.post(start, {"csrfmiddlewaretoken": csrf})
    assert away.status_code == 302, away.content
    there = requests.post(away["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    assert there.status_code == 302, there.text
    back = there.headers["Location"].partition("testserver")[2]
    return client.get(back)


def link(name: str, sub: str) -> None:
    client = browser()
    sign_in(client, name)
    start = f"{WORK}?process=connect"
    done = at_work(client, sub, start=start, page="/account/organisation/")
    assert done["Location"] == "/account/organisation/"


@pytest.mark.parametrize(("name", "expected"), [("nadia", 2), ("bram", 1)])
def test_who_was_invited_and_linked_signs_in_at_work(
    cast: Cast, provider: str, name: str, expected: int
) -> None:
    link(name, f"{name}@work")
    client = browser()
    assert "Gemeente Voorbeeld" in client.get("/account/sign-in/").content.decode()
    done = at_work(client, f"{name}@work", start=WORK, page="/account/sign-in/")

    assert (done.status_code, done["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.account(name).pk)
    assert factors(client) == expected


def test_a_stranger_gets_no_account_by_having_one_elsewhere(cast: Cast, provider: str) -> None:
    before = Account.objects.count()
    client = browser()
    answer = at_work(client, "stranger@work", start=WORK, page="/account/sign-in/")
    assert answer.status_code == 403
    assert "We kennen je nog niet" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_identity_belongs_to_one_account(cast: Cast, provider: str) -> None:
    link("nadia", "nadia@work")
    client = browser()
    sign_in(client, "bram")
    at_work(client, "nadia@work", start=f"{WORK}?process=connect", page="/account/organisation/")
    assert [row.user for row in SocialAccount.objects.all()] == [cast.account("nadia")]


def test_a_closed_account_is_not_let_in_from_work(cast: Cast, provider: str) -> None:
    link("nadia", "nadia@work")
    Account.objects.filter(username="nadia").update(is_active=False)
    client = browser()
    at_work(client, "nadia@work", start=WORK, page="/account/sign-in/")
    assert "_auth_user_id" not in client.session


def test_a_made_up_answer_from_work_is_one_plain_sentence(cast: Cast, provider: str) -> None:
    client = browser()
    answer = client.get(f"{WORK}back/?code=made-up&state=made-up")
    assert answer.status_code == 502
    assert "liet je niet binnen" in answer.content.decode()
