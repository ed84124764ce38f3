"""A visit: what a request knows about who asks and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.people import queries
from smartstart.people.models import Account, Hat

P = ParamSpec("P")


class VisitorRequest(HttpRequest):
    """A request after the door looked at it."""

    actor: Actor
    hat: Hat | None
    now: datetime
    today: date
    reading: Reading


def arrive(request: HttpRequest, *, now: datetime, today: date) -> VisitorRequest:
    """Give the request its moment, its actor and a fresh reading."""
    visit: VisitorRequest = request  # type: ignore[assignment] # the attributes follow here
    visit.now, visit.today = now, today
    visit.actor, visit.hat = _actor(request, now=now, today=today)
    visit.reading = Reading(visit.actor, at=now, origin=request.META.get("REMOTE_ADDR", ""))
    return visit


def _actor(request: HttpRequest, *, now: datetime, today: date) -> tuple[Actor, Hat | None]:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not hasattr(request, "_cached_user"):
        return VISITOR, None
    account = request.user
    if isinstance(account, Account) and account.is_active:
        return _account(request, account, now=now, today=today)
    story = request.session.get("story")
    if story:
        return _interviewee(UUID(story), now=now), None
    return VISITOR, None


def _account(
    request: HttpRequest, account: Account, *, now: datetime, today: date
) -> tuple[Actor, Hat | None]:
    chosen = request.session.get("hat")
    hat = queries.hat_worn(account, UUID(chosen) if chosen else None, on=today)
    if hat is None:
        return VISITOR, None
    assurance = queries.assurance_of(request.session)
    house = None if hat.organisation_id else house_folder(at=now).pk
    return queries.actor_of(account, hat, assurance=assurance, house_folder=house), hat


def _interviewee(interview: UUID, *, now: datetime) -> Actor:
    """Return who opened a private page: a card (something you have) and a word (something you know)."""
    return Actor(
        role=Role.INTERVIEWEE,
        within=interview,
        person=interview,
        home_folder=house_folder(at=now).pk,
        assurance=2,
    )


def signed_in(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponse],
) -> Callable[Concatenate[VisitorRequest, P], HttpResponse]:
    """Let only somebody who signed in reach the view; others sign in first and come back."""

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.actor.account is None:
            return ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return inside


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in page, with the way back."""
    query: dict[str, Any] = {"next": request.get_full_path()}
    return redirect(f"{_login_address()}?{urlencode(query)}")


def _login_address() -> str:
    from django.urls import reverse

    return reverse(str(settings.LOGIN_URL))
