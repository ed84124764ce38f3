"""Privacy said plainly: which page is yours, your page, and the register."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.people.register import entries
from smartstart.web.privacy.pages import TOLD
from smartstart.web.privacy.words import in_words
from smartstart.web.visit import VisitorRequest


@require_safe
def roles(request: VisitorRequest) -> HttpResponse:
    """Show whose page there is; one's own role first."""
    own = request.actor.role
    page = {"own": own.value, "own_told": TOLD[own], "told": list(TOLD.items())}
    return render(request, "privacy/roles.html", page)


@require_safe
def role(request: VisitorRequest, name: str) -> HttpResponse:
    """Show what somebody in this role is told."""
    if name not in {known.value for known in Role}:
        raise NotFound
    return render(request, "privacy/role.html", {"told": TOLD[Role(name)]})


@require_safe
def register(request: VisitorRequest) -> HttpResponse:
    """Show the register of processing, made from the models."""
    things = groupby(entries(), key=lambda entry: (entry.room, entry.dutch))
    page = {"things": [(called, in_words(found)) for (_, called), found in things]}
    return render(request, "privacy/register.html", page)
