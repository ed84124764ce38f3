"""How allauth works in this house: by invitation, by user name, never by e-mail."""

from __future__ import annotations

import os
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from smartstart.base import clock
from smartstart.people import keys, queries
from smartstart.people.models import Account
from smartstart.web.consult import session as question
from smartstart.web.start.example_only import is_example
from smartstart.web.story import session as story

FRESH: Final = 10 * 60
NONCE_BYTES: Final = 12
TOO_OFTEN: Final = _("You tried too often. Wait five minutes and try again.")
WRONG_CODE: Final = _("This code does not fit. Look at your phone and type the newest code.")


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's rules, with ours: nobody signs up alone, everyone is invited."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This name and this password do not fit. Try again."),
        "username_password_mismatch": _("This name and this password do not fit. Try again."),
        "invalid_login": _("This name and this password do not fit. Try again."),
        "incorrect_password": _("This password does not fit. Try again."),
        "enter_current_password": _("This password does not fit. Try again."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation only."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Close what was open here by a code before half a sign-in is kept in the same session.

        So no row of a session ever holds an account, not even one that waits for its second key,
        together with a question or a story.
        """
        question.forget(self, request)
        story.forget(self, request)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this house; never another host, also not one that looks like it."""
        local = url is not None and url.startswith("/")
        return local and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether a key is asked again: not in the first ten minutes of a sign-in.

        Never of an invented person of an example: they have no key to give.
        """
        if context.request.user.is_example and is_example(context.request):
            return False
        records = get_authentication_records(context.request, context.request.user)
        newest = max((float(record["at"]) for record in records if "at" in record), default=0.0)
        return time.time() - newest > FRESH

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A closed account gets the answer that an unknown name gets."""
        return redirect("account_login")

    def set_password(self, user: Account, password: str) -> None:
        """Keep a password; the card that it takes the place of ends."""
        super().set_password(user, password)
        keys.end_codes(user.pk, at=clock.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that brakes count by; a socket of this machine has none."""
        if not request.META.get("REMOTE_ADDR"):
            return "local"
        return str(super().get_client_ip(request))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Pass on what is said in a sentence; allauth's own templates carry names."""
        if message:
            messages.add_message(request, level, message)


class KeyAdapter(DefaultMFAAdapter):
    """Second keys: their secrets are sealed in the database, their names are plain."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
    }

    def get_totp_issuer(self) -> str:
        """Return what the app on the phone calls this house."""
        return "Smart Start"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        """Name a passkey that was given no name."""
        return str(_("My passkey"))

    def encrypt(self, text: str) -> str:
        """Seal a secret (the seed of a phone app, recovery codes) before it is stored."""
        nonce = os.urandom(NONCE_BYTES)
        return b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        raw = b64decode(encrypted_text.encode())
        return AESGCM(_key()).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()


def _key() -> bytes:
    return sha256(b"smartstart second keys" + settings.SECRET_KEY.encode()).digest()


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Signing in at one's own organisation (OIDC): only for invited accounts that were linked."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by having one elsewhere."""
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by having one elsewhere."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Remember how surely the organisation says this is the person; stop strangers here."""
        said = sociallogin.account.extra_data
        claims = {**said.get("userinfo", {}), **said.get("id_token", {})}
        amr = claims.get("amr", [])
        request.session["factors_outside"] = queries.factors_said(
            amr if isinstance(amr, list) else [str(amr)],
            str(claims.get("acr", "")),
            strong_acr=settings.SMARTSTART_OIDC_STRONG_ACR,
        )
        linking = sociallogin.state.get("process") == "connect"
        if not sociallogin.is_existing and not linking:
            page = render(request, "socialaccount/not_linked.html", status=403)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Say in one sentence that the organisation did not let somebody in."""
        page = render(request, "socialaccount/authentication_error.html", status=502)
        raise ImmediateHttpResponse(page)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Take nothing over from the organisation: no name, no e-mail address."""
        return sociallogin.user
