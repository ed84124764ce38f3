"""Steps of signing in: allauth's views as this house uses them, and our own beside them."""

from __future__ import annotations

from typing import Any, Final

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.base import views as mfa
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from smartstart.base import clock
from smartstart.base.refusals import Refusal
from smartstart.people.errors import CodeDoesNotFit
from smartstart.people.keys import account_with_code
from smartstart.people.models import Account
from smartstart.people.queries import second_keys_of, signs_in_by_card_only
from smartstart.web.people import session
from smartstart.web.people.adapter import TOO_OFTEN
from smartstart.web.people.forms import CardForm, UnlockForm
from smartstart.web.people.unsent import carrying
from smartstart.web.start.example_only import is_example
from smartstart.web.visit import VisitorRequest

MOST_UNLOCKS: Final = 5
CODE: Final = 422


def _brake(request: HttpRequest, key: str) -> Any:
    """Count a try against allauth's limit for failed sign-ins; None when there were too many."""
    return ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)


@carrying
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: VisitorRequest) -> HttpResponseBase:
    """Sign in with a user name and the code of a card; looking at the page uses up nothing."""
    form = CardForm(request.POST if "username" in request.POST else None)
    if form.is_valid():
        try:
            return _by_code(request, form.cleaned_data["username"], form.cleaned_data["code"])
        except CodeDoesNotFit as wrong:
            form.add_error(None, str(wrong))
        except ValidationError as wrong:
            form.add_error(None, wrong)
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "people/card.html", page, status=CODE if form.is_bound else 200)


def _by_code(request: VisitorRequest, username: str, code: str) -> HttpResponseBase:
    usage = _brake(request, f"card:{username.strip().lower()}")
    if not usage:
        raise ValidationError(TOO_OFTEN)
    account_, kind = account_with_code(username, code, at=request.now)
    usage.rollback()
    if request.account is not None or request.locked_account is not None:
        logout(request)
    record_authentication(request, account_, kind.value)
    back = get_next_redirect_url(request)
    response: HttpResponseBase = perform_login(request, Login(user=account_, redirect_url=back))
    return response


@carrying
@never_cache
@sensitive_post_parameters("secret", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: VisitorRequest) -> HttpResponseBase:
    """Open a locked screen with a password, a code or a passkey; five wrong ones end it."""
    locked = request.locked_account
    if locked is None:
        return redirect(get_next_redirect_url(request) or "/")
    form = UnlockForm(request.POST if "secret" in request.POST else None)
    if request.method == "POST" and _opens(request, locked, form):
        request.user = locked
        request.session.pop(session.LOCKED)
        request.session.pop("unlocks", None)
        return redirect(get_next_redirect_url(request) or "/")
    if request.session.get("unlocks", 0) >= MOST_UNLOCKS:
        logout(request)
        return redirect("account_login")
    page = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "passkey": _ceremony(locked),
        "invented": _is_invented(request, locked),
    }
    return render(request, "people/unlock.html", page, status=CODE if form.is_bound else 200)


def _is_invented(request: VisitorRequest, locked: Account) -> bool:
    """Whether this is an invented person in an example: they have no password, a tap is enough."""
    return locked.is_example and is_example(request)


def _ceremony(locked: Account) -> dict[str, Any] | None:
    """Return what a browser needs to ask for a passkey; None when this account has none."""
    if not any(key.type == Authenticator.Type.WEBAUTHN for key in second_keys_of(locked)):
        return None
    return {"request_options": auth.begin_authentication(locked)}


def _opens(request: VisitorRequest, locked: Account, form: UnlockForm) -> bool:
    """Whether what came in belongs to the account; each wrong one is counted in the session."""
    request.session["unlocks"] = request.session.get("unlocks", 0) + 1
    if "invented" in request.POST:
        return _is_invented(request, locked)
    if "credential" in request.POST:
        passkey = ReauthenticateWebAuthnForm(request.POST, user=locked)
        if passkey.is_valid():
            passkey.save()
            return True
        form.errors.clear()
        return False
    if not form.is_valid():
        return False
    if _fits(request, locked, form.cleaned_data["secret"]):
        return True
    form.add_error("secret", str(CodeDoesNotFit.unlock))
    return False


def _fits(request: VisitorRequest, locked: Account, secret: str) -> bool:
    code = ReauthenticateForm({"code": secret.strip()}, user=locked)
    if secret.strip().isdigit() and code.is_valid():
        code.save()
        return True
    if locked.has_usable_password():
        try:
            return bool(get_adapter().reauthenticate(locked, secret))
        except ValidationError:
            return False
    return _card_fits(request, locked, secret)


def _card_fits(request: VisitorRequest, locked: Account, secret: str) -> bool:
    usage = _brake(request, f"card:{locked.username}")
    if not usage:
        return False
    try:
        account_with_code(locked.username, secret, at=clock.now())
    except Refusal:
        return False
    usage.rollback()
    return True


def sign_in_again(request: VisitorRequest) -> HttpResponseBase:
    """Ask whether it is still the same person; who has a card only signs in with it once more."""
    here = request.account
    if here is None or not signs_in_by_card_only(here, at=request.now):
        response: HttpResponseBase = account.reauthenticate(request)
        return response
    messages.info(request, _("This is important. Type the code of your card once more."))
    back = get_next_redirect_url(request) or reverse("people:me")
    return redirect(f"{reverse('people:card')}?{urlencode({'next': back})}")


class _LeadsBack:
    """A new key leads back to where it was needed; the way travels in the address.

    It is made by who signed in just now: allauth asks that of a password or a key, we of a card.
    """

    request: HttpRequest
    did_generate_recovery_codes: bool

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the card again when the sign-in with it is not fresh."""
        here, rules = request.user, get_adapter()
        by_card = isinstance(here, Account) and signs_in_by_card_only(here, at=clock.now())
        if by_card and rules.is_reauthentication_required(app="allauth.mfa"):
            asked = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{asked}")
        response: HttpResponseBase = super().dispatch(  # type: ignore[misc]
            request, *args, **kwargs
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Let the form carry the way back."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**found, "next": get_next_redirect_url(self.request) or ""}

    def get_success_url(self) -> str:
        """Show the spare codes first when they are new."""
        address: str = super().get_success_url()  # type: ignore[misc]
        back = get_next_redirect_url(self.request)
        if not back:
            return address
        return (
            f"{address}?{urlencode({'next': back})}" if self.did_generate_recovery_codes else back
        )


class ActivatePhoneApp(_LeadsBack, totp.ActivateTOTPView):
    """Set up the app on the phone: its first code is a second key of this sign-in at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app and count it as used."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class AddPasskey(_LeadsBack, webauthn.AddWebAuthnView):
    """Set up a passkey: it asked for a finger, face or PIN, so this sign-in has two keys now.

    Looking at the page puts a new challenge in one's own session, as passkeys need: it takes the
    place of the last one, is good for one answer, and gives nobody anything.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey and count it as used."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form that came back with an error; the library makes a new one."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {**found, **kwargs}


sign_in = carrying(account.login)
second_key = carrying(mfa.authenticate)
by_passkey = carrying(webauthn.login_webauthn)
activate_phone_app = ActivatePhoneApp.as_view()
add_passkey = AddPasskey.as_view()
