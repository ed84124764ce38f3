"""Pages about oneself: which role, which keys, which sign-ins; locking; an unsent form."""

from __future__ import annotations

from uuid import UUID

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.access.actor import TWO_FACTORS
from smartstart.base.refusals import NotFound
from smartstart.people import errors, keys, operations, queries, waking
from smartstart.people.models import Account
from smartstart.post.operations_push import end_of_account
from smartstart.web.people import session, unsent
from smartstart.web.people.invitations import code_form, open_invitation, take
from smartstart.web.post.browser import leaves_notices
from smartstart.web.visit import VisitorRequest, ask_to_sign_in, with_account

LOOK = ["GET", "HEAD"]
CODE = 422


def _account(request: VisitorRequest) -> Account:
    if request.account is None:
        raise NotFound
    return request.account


@require_http_methods([*LOOK, "POST"])
@with_account
def hats(request: VisitorRequest) -> HttpResponse:
    """Show one's roles; on POST change into another one."""
    account = _account(request)
    if request.method == "POST":
        return _change_into(request, account, _ref(request.POST.get("hat", "")))
    page = {
        "hats": queries.hats_of(account, on=request.today),
        "asleep": waking.sleeping_hats_of(account, on=request.today),
        "worn": request.hat,
        "has_ended": request.hat is None and session.ROLE in request.session,
        "next": request.GET.get("next", ""),
    }
    return render(request, "people/hats.html", page)


def _change_into(request: VisitorRequest, account: Account, chosen: UUID) -> HttpResponse:
    surely = queries.assurance_of(request.session, account)
    _actor, hat = operations.wear_hat(
        account, chosen, assurance=surely, at=request.now, today=request.today
    )
    request.session[session.ROLE] = hat.ref.hex
    return redirect(get_next_redirect_url(request) or "/")


def _ref(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise errors.HatIsOver from None


@require_http_methods(LOOK)
@with_account
def me(request: VisitorRequest) -> HttpResponse:
    """Show one's own keys and sign-ins."""
    account = _account(request)
    page = {
        "account": account,
        "keys": queries.second_keys_of(account),
        "sign_ins": queries.sign_ins_of(account),
        "here": request.session.session_key,
        "is_linked": queries.is_linked(account),
        "offers_outside": bool(settings.SMARTSTART_OIDC_SERVER),
        "needs_key": queries.assurance_of(request.session, account) < TWO_FACTORS,
    }
    return render(request, "people/me.html", page)


@require_POST
@with_account
def end_sign_in(request: VisitorRequest, sign_in_id: int) -> HttpResponse:
    """End one of one's own sign-ins, and notices: it may be the lost device that shows them."""
    account = _account(request)
    keys.end_sign_in(account, sign_in_id)
    end_of_account(account.ref, at=request.now)
    messages.success(request, _("This sign-in has ended."))
    return redirect("people:me")


@require_POST
@with_account
def end_other_sign_ins(request: VisitorRequest) -> HttpResponse:
    """End all sign-ins but this one; this session gets a new key."""
    account = _account(request)
    keys.end_other_sign_ins(account, session_key=str(request.session.session_key))
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    messages.success(request, _("You are signed in here only."))
    return redirect("people:me")


@leaves_notices
@require_POST
def sign_out(request: VisitorRequest) -> HttpResponse:
    """Sign out, here or everywhere; a locked screen too."""
    if request.account is not None and request.POST.get("everywhere"):
        keys.end_everywhere(request.account)
    logout(request)
    return _forgotten(redirect("/"))


@leaves_notices
@require_POST
@with_account
def lock(request: VisitorRequest) -> HttpResponse:
    """Lock this screen in one tap: nothing shows until the same person opens it."""
    request.session[session.LOCKED] = True
    return _forgotten(redirect("people:unlock"))


def _forgotten(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what it showed, so that "back" shows nothing."""
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
@with_account
def names(request: VisitorRequest) -> HttpResponse:
    """Hide names while others look along, or show them again."""
    keys.hide_names(_account(request), hidden=request.POST.get("hidden") == "yes")
    return redirect(get_next_redirect_url(request) or "people:me")


@require_http_methods(LOOK)
@with_account
def second_key(request: VisitorRequest) -> HttpResponse:
    """Ask for the second key, or help to make one; then back to where it was needed.

    The way back travels in the address, so that looking at this page keeps nothing.
    """
    back = get_next_redirect_url(request) or "/"
    if request.actor.assurance >= TWO_FACTORS:
        return redirect(back)
    types = {key.type for key in queries.second_keys_of(_account(request))}
    return render(request, "people/second_key.html", {"types": types, "back": back})


@require_http_methods([*LOOK, "POST"])
def unsent_form(request: VisitorRequest) -> HttpResponseBase:
    """Give a form back to who typed it; without a sign-in, ask that first and carry it on."""
    if request.method != "POST":
        return redirect("/")
    token = request.POST.get(unsent.FIELD, "")
    if request.account is None:
        back = "people:unlock" if request.locked_account else "account_login"
        return unsent.ask_instead(request, reverse(back), token)
    return unsent.page(request, unsent.open_form(token, owner=request.account.ref, now=request.now))


@sensitive_post_parameters("password", "code")
@require_http_methods([*LOOK, "POST"])
def invitation(request: VisitorRequest) -> HttpResponseBase:
    """Take up an invitation: with a new account, or with the one that is signed in.

    Looking at the page uses up nothing.
    """
    if request.locked_account is not None:
        return ask_to_sign_in(request)
    form = code_form(request)
    offer = open_invitation(request, form)
    if offer is None or not form.is_valid():
        page = {"form": form, "has_account": request.account is not None}
        status = CODE if form.is_bound else 200
        return render(request, "people/invitation.html", page, status=status)
    taken = take(request, offer, form)
    return render(request, "people/invitation_taken.html", {"taken": taken})
