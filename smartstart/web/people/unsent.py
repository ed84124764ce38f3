"""A form that came in after the sign-in ended: it travels sealed in a hidden field, and comes back.

Nothing of it is kept on the server. The seal is bound to the account that typed it, to the address
it was for, and to two hours. Whose form it is, is told by the secret that every form of one sign-in
carries anyway (Django's token against forged forms): its digest is kept with the sign-in.
"""

from __future__ import annotations

import copy
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.csrf import _unmask_cipher_token  # type: ignore[attr-defined]
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from smartstart.base import clock
from smartstart.people import queries
from smartstart.people.errors import TextIsForSomebodyElse, TextIsTooOld
from smartstart.people.keys import form_mark
from smartstart.people.models import Account
from smartstart.web.refusal_page import (
    NOT_GIVEN_BACK,
    REFERENCE,
    frame_of,
    sent_from_here,
    typed,
)

KEPT: Final = timedelta(hours=2)
FIELD: Final = "unsent"
NOT_CARRIED: Final = frozenset({"csrfmiddlewaretoken", "secret", "seed", FIELD})
NONCE_BYTES: Final = 12
TOKEN_LETTERS: Final = 64
SECRET_LETTERS: Final = 32
SIGNING_IN: Final = frozenset({"account_login", "people:card", "mfa_authenticate"})


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not taken in: where it was for and what stood in it, in order."""

    address: str
    fields: list[tuple[str, str]]

    @property
    def long(self) -> list[tuple[str, str]]:
        """What a person typed in sentences: shown, so that they see it is there."""
        return [pair for pair in self.fields if _is_written(*pair)]

    @property
    def short(self) -> list[tuple[str, str]]:
        """The rest: choices, days, numbers."""
        return [pair for pair in self.fields if pair not in self.long]


def _is_written(name: str, value: str) -> bool:
    """Whether a person wrote this; references and sealed moments are ours."""
    if name in NOT_GIVEN_BACK or REFERENCE.fullmatch(value):
        return False
    return len(value) > 20 or " " in value


def _key() -> bytes:
    return sha256(b"smartstart unsent form" + settings.SECRET_KEY.encode()).digest()


def seal_form(form: Unsent, *, owner: UUID, now: datetime) -> str:
    """Return the form as a token that only this account opens, for two hours."""
    until = int((now + KEPT).timestamp())
    clear = json.dumps([until, form.address, form.fields], ensure_ascii=False).encode()
    nonce = os.urandom(NONCE_BYTES)
    return urlsafe_b64encode(nonce + AESGCM(_key()).encrypt(nonce, clear, owner.bytes)).decode()


def open_form(token: str, *, owner: UUID, now: datetime) -> Unsent:
    """Return what was sealed. Raises TextIsForSomebodyElse (or it was changed), TextIsTooOld."""
    try:
        raw = urlsafe_b64decode(token.encode())
        clear = AESGCM(_key()).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner.bytes)
    except (InvalidTag, NotBase64, ValueError):
        raise TextIsForSomebodyElse from None
    until, address, fields = json.loads(clear)
    if now >= datetime.fromtimestamp(until, UTC):
        raise TextIsTooOld
    return Unsent(address, [(name, value) for name, value in fields])


def form_of(request: HttpRequest) -> Unsent:
    """Return what stands in the form that came in, without secrets and files."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED and "password" not in name
        for value in values
    ]
    return Unsent(request.get_full_path(), fields)


def owner_of(request: HttpRequest) -> UUID | None:
    """Return which account's page this form stood on; None when that is not known."""
    token = request.POST.get("csrfmiddlewaretoken", "") or request.headers.get("X-CSRFToken", "")
    if len(token) == TOKEN_LETTERS:
        try:
            token = _unmask_cipher_token(token)
        except ValueError:
            return None
    if len(token) != SECRET_LETTERS:
        return None
    return queries.account_of_form(form_mark(token))


def keep(request: HttpRequest) -> HttpResponseBase | None:
    """Answer a form of an ended or locked sign-in with the sign-in page that carries it.

    None when there is no form, or nobody knows whose it is: then there is nothing to carry.
    """
    if request.method != "POST":
        return None
    owner = owner_of(request)
    if owner is None:
        return None
    now = clock.now()
    here = request.user
    form = form_of(request)
    if isinstance(here, Account) and here.is_authenticated:
        return page(request, form) if here.ref == owner else None
    token = seal_form(form, owner=owner, now=now)
    locked = getattr(request, "locked_account", None)
    address = reverse("people:unlock") if locked else reverse("account_login")
    return _whole_page(request, ask_instead(request, address, token))


def ask_instead(request: HttpRequest, address: str, token: str) -> HttpResponseBase:
    """Answer with the page of another address, made as if it was asked, carrying the token."""
    asked = copy.copy(request)
    back = urlencode({"next": reverse("people:unsent")})
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.META = {**request.META, "QUERY_STRING": back, "REQUEST_METHOD": "GET"}
    asked.GET = QueryDict(back)
    asked._post, asked._files = QueryDict(), MultiValueDict()  # type: ignore[attr-defined]
    asked.unsent = token  # type: ignore[attr-defined]
    found = resolve(address)
    asked.resolver_match = found
    response: HttpResponseBase = found.func(asked, *found.args, **found.kwargs)
    if hasattr(response, "render") and not response.is_rendered:  # type: ignore[attr-defined]
        response.render()
    response["Cache-Control"] = "no-store, private"
    return response


def carrying(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let a step of signing in carry an unsent form to the next, and give it back at the end."""

    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = request.POST.get(FIELD, "")
        if not token or request.method != "POST":
            return view(request, *args, **kwargs)
        request.unsent = token  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if not 300 <= response.status_code < 400:
            response["Cache-Control"] = "no-store, private"
            return response
        if isinstance(request.user, Account):
            return page(request, open_form(token, owner=request.user.ref, now=clock.now()))
        step = response["Location"].partition("?")[0]
        if step in {reverse(name) for name in SIGNING_IN}:
            return ask_instead(request, step, token)
        return response

    inside.__name__ = getattr(view, "__name__", "inside")
    return inside


def page(
    request: HttpRequest, form: Unsent, *, needs_key: bool = False, needs_role: bool = False
) -> HttpResponse:
    """Show the form that came back, with one button that sends it."""
    found = {"form": form, "needs_key": needs_key, "needs_role": needs_role}
    response = render(request, "people/unsent.html", found)
    response["Cache-Control"] = "no-store, private"
    return response


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Let a page that was asked as a part (by htmx) take the place of the whole."""
    if request.headers.get("HX-Request"):
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def forged_or_ended(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token does not fit: most often the sign-in changed in another tab.

    What was typed comes back to be copied, unless somebody else's sign-in or another site sent it.
    """
    kept = keep(request)
    if kept is not None:
        return kept
    own = owner_of(request) is None and sent_from_here(request)
    page = {"frame": frame_of(request), "typed": typed(request) if own else []}
    response = render(request, "people/form_too_old.html", page, status=403)
    response["Cache-Control"] = "no-store, private"
    return response
