"""What the tests of people share: a browser with forms that carry tokens, and a phone app."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from smartstart.people.models import Account

PASSWORD = "een lang geheim"


def browser() -> Client:
    """A browser whose forms are checked, as a real one's are."""
    cache.clear()
    return Client(enforce_csrf_checks=True)


def token(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    return found[1] if found else ""


def send(client: Client, address: str, fields: dict[str, Any], *, at: str = "") -> Any:
    """Open a page, fill in its form and send it."""
    page = client.get(at or address)
    return client.post(address, {"csrfmiddlewaretoken": token(page), **fields})


def sign_in(client: Client, name: str, **more: str) -> Any:
    return send(client, "/account/sign-in/", {"login": name, "password": PASSWORD, **more})


def phone(account: Account) -> str:
    """Give the account an app on a phone; return its secret."""
    secret = str(generate_totp_secret())
    TOTP.activate(account, secret)
    return secret


def code(secret: str) -> str:
    cache.clear()  # the same code twice in half a minute is refused, as it should be
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def factors(client: Client) -> int:
    """How many factors this browser's sign-in has, as the house counts them."""
    from smartstart.people.queries import assurance_of

    session = client.session
    account = Account.objects.get(pk=session["_auth_user_id"])
    return assurance_of(session, account)
