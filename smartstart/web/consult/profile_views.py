"""What a function says of itself, what an organisation says, and who is in at a place today."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.consult import queries, queries_here
from smartstart.consult.expertise import operations, profiles
from smartstart.consult.expertise.queries import expertises
from smartstart.web.answers import status_of
from smartstart.web.consult.guard import private
from smartstart.web.consult.profile_forms import ProfileForm
from smartstart.web.visit import VisitorRequest, signed_in

FORM: Final = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@signed_in
def profile(request: VisitorRequest) -> HttpResponse:
    """Show what one's own function says of itself, and keep what was changed."""
    own, position = profiles.own(request.actor), request.actor.position
    form = _form(request, own)
    if position is None or not form.is_valid():
        page = {"own": own, "form": form, "pages": _pages_of(own)}
        return render(request, "consult/profile.html", page, status=status_of(form))
    told = form.described()
    operations.describe_position(request.actor, position, as_=told, at=request.now)
    messages.success(request, _("Kept. From now on you are found by this."))
    return redirect("consult:profile")


def _form(request: VisitorRequest, own: profiles.Own) -> ProfileForm:
    return ProfileForm(
        request.POST if request.method == "POST" else None,
        described=own.described,
        places=queries.places(),
        towns=profiles.towns(),
        expertises=expertises(request.actor, today=request.today),
    )


def _pages_of(own: profiles.Own) -> list[tuple[str, str]]:
    """Return the pages for parents on which one stands: address and place."""
    names = dict(queries.places())
    places = dict.fromkeys(one.place for one in own.described.hours if one.place is not None)
    return [(_address(place), names[place]) for place in places]


def _address(place: int) -> str:
    return reverse("consult:here", args=[place, queries_here.key_of(place)])


@require_safe
@signed_in
def organisation(request: VisitorRequest) -> HttpResponse:
    """Show an administrator what the functions of the own organisation say of themselves."""
    if not request.actor.may(Permission.PEOPLE_MANAGE):
        raise NotFound
    found = profiles.of_organisation(request.actor)
    return render(request, "consult/profiles.html", {"lines": found})


@require_safe
def here(request: VisitorRequest, place: int, key: str) -> HttpResponse:
    """Show parents of a place who is in today. Nobody signs in for this; no machine lists it."""
    found = queries_here.who_is_in(place, key, at=request.now)
    page = {"here": found, "place": found.place, "home": request.path, "on": request.today}
    answer = private(render(request, "consult/here.html", page))
    answer["X-Robots-Tag"] = "noindex"
    return answer
