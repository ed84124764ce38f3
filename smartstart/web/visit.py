"""A visit: what a request knows about who asks and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.people import queries
from smartstart.people.models import Account, Hat
from smartstart.web.people import session, unsent
from smartstart.web.story import session as story_session

P = ParamSpec("P")
A = TypeVar("A", bound=HttpResponseBase)
View: TypeAlias = Callable[Concatenate["VisitorRequest", P], HttpResponseBase]


class VisitorRequest(HttpRequest):
    """A request after the door looked at it."""

    actor: Actor
    account: Account | None
    locked_account: Account | None
    hat: Hat | None
    now: datetime
    today: date
    reading: Reading
    words_edition: UUID | None  # only where a query told it on the way


def arrive(request: HttpRequest, *, now: datetime, today: date) -> VisitorRequest:
    """Give the request its moment, its actor and a fresh reading."""
    visit: VisitorRequest = request  # type: ignore[assignment] # the attributes follow here
    visit.now, visit.today = now, today
    visit.account = visit.locked_account = visit.hat = None
    visit.actor = _actor(visit)
    visit.reading = Reading(visit.actor, at=now, origin=request.META.get("REMOTE_ADDR", ""))
    return visit


def _actor(visit: VisitorRequest) -> Actor:
    if settings.SESSION_COOKIE_NAME not in visit.COOKIES and not hasattr(visit, "_cached_user"):
        return VISITOR
    account = visit.user
    if isinstance(account, Account) and account.is_active:
        standing = session.standing(visit, now=visit.now)
        if standing is session.Standing.OPEN:
            return _account(visit, account)
        visit.locked_account = account if standing is session.Standing.LOCKED else None
        return VISITOR
    story = story_session.told_by(visit, now=visit.now)
    return _interviewee(story, now=visit.now) if story else VISITOR


def _account(visit: VisitorRequest, account: Account) -> Actor:
    visit.account = account
    chosen = visit.session.get(session.ROLE)
    visit.hat = queries.hat_worn(account, UUID(chosen) if chosen else None, on=visit.today)
    if visit.hat is None:
        return VISITOR
    assurance = queries.assurance_of(visit.session, account)
    house = None if visit.hat.organisation_id else _house(visit)
    return queries.actor_of(account, visit.hat, assurance=assurance, house_folder=house)


def _house(visit: VisitorRequest) -> int:
    """Return the house's own folder, which came with the hat; it is opened when there is none."""
    known: int | None = vars(visit.hat).get("house")
    return known or house_folder(at=visit.now).pk


def _interviewee(interview: UUID, *, now: datetime) -> Actor:
    """Return who opened a private page: a card (what you have) and a word (what you know)."""
    return Actor(
        role=Role.INTERVIEWEE,
        within=interview,
        person=interview,
        home_folder=house_folder(at=now).pk,
        assurance=2,
    )


def signed_in(view: Callable[Concatenate[VisitorRequest, P], A]) -> View[P]:
    """Let only somebody who signed in and has a role reach the view.

    Others sign in first and come back; a form that came in is carried along, sealed.
    """

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.account is not None:
            return view(request, *args, **kwargs)
        if request.account is not None:
            return _ask_for_a_role(request)
        return ask_to_sign_in(request)

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[P], inside)


def with_account(view: Callable[Concatenate[VisitorRequest, P], A]) -> View[P]:
    """Let whoever signed in reach the view, also without any role (left)."""

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.account is None:
            return ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    inside.signed_in = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[P], inside)


def _ask_for_a_role(request: VisitorRequest) -> HttpResponseBase:
    """Let somebody choose the role to go on in; a form waits on its page, the role in another tab.

    The role they chose ended, or they have several and chose none: no other one is worn for them.
    """
    if request.method == "POST":
        return unsent.page(request, unsent.form_of(request), needs_role=True)
    return redirect(f"{reverse('people:hats')}?{urlencode({'next': request.get_full_path()})}")


def ask_to_sign_in(request: VisitorRequest) -> HttpResponseBase:
    """Send somebody to the sign-in page (or to unlock), with the way back and an unsent form."""
    kept = unsent.keep(request)
    if kept is not None:
        return kept
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    where = "people:unlock" if request.locked_account else str(settings.LOGIN_URL)
    return redirect(f"{reverse(where)}?{urlencode({'next': back})}")
