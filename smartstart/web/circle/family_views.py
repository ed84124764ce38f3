"""The first page of a family, the picture of its circle, and what it marks there itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.circle import queries_family
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.operations_heard import is_asked
from smartstart.circle.queries_kijkboek import looked_this_week
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.shown import child_of, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def home(request: VisitorRequest) -> HttpResponse:
    """Show what waits for who signed in and who does what; without a circle, how to begin one."""
    if request.actor.role not in FAMILY_ROLES:
        raise NotFound
    if request.actor.role is Role.SUPPORTER:
        return _helper(request)
    if request.actor.role is Role.YOUNG_PERSON:
        return redirect("circle:mine")
    return _parent(request)


def _parent(request: VisitorRequest) -> HttpResponse:
    circles = queries_family.circles_of(request.reading)
    if not circles:
        return family_page(request, "begin")
    wanted = request.GET.get("circle")
    chosen = next((one for one in circles if str(one.ref) == wanted), circles[0])
    page = queries_family.first_page(request.reading, chosen.ref)
    people = looked_this_week(request.actor, chosen.ref, at=request.now)
    others = queries_family.other_homes(request.reading, circles, chosen)
    heard = chosen.ref if is_asked(request.actor, at=request.now) else None
    more = {"page": page, "looked": people, "others": others, "heard_in": heard}
    more["closed_on"] = page.closed_on
    return family_page(request, "home", chosen.ref, today=request.today, **more)


def _helper(request: VisitorRequest) -> HttpResponse:
    """Show an informal person what was asked of them, and nothing else."""
    helps = queries_family.helps_of(request.reading)
    asked = queries_family.asked_of(request.reading)
    return family_page(request, "helper", helps=helps, asked=asked)


@require_safe
@signed_in
def circle(request: VisitorRequest, ref: UUID, about: UUID | None = None) -> HttpResponse:
    """Show the circle round one child as a picture and as a list."""
    page = queries_family.circle_page(request.reading, ref, about)
    more = {"shown": shown(page), "child": child_of(page), "closed_on": page.closed_on}
    return family_page(request, "circle", ref, page=page, **more)
