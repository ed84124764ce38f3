"""Pages that the foot of every page leads to. Public; they read nothing of anyone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartstart.access.permissions import Role
from smartstart.people.contacts import contacts
from smartstart.web.visit import VisitorRequest


@require_safe
def accessibility(request: VisitorRequest) -> HttpResponse:
    """Say how accessible this is, what was measured, and whom to tell when it is not."""
    people = contacts(Role.PROGRAMME_OFFICE, on=request.today)
    return render(request, "about/accessibility.html", {"people": people})


@require_safe
def complaints(request: VisitorRequest) -> HttpResponse:
    """Name the people to go to, in order: programme office, privacy officer."""
    page = {
        "office": contacts(Role.PROGRAMME_OFFICE, on=request.today),
        "privacy": contacts(Role.PRIVACY_OFFICER, on=request.today),
    }
    return render(request, "about/complaints.html", page)


@require_safe
def plain(request: VisitorRequest) -> HttpResponse:
    """Say what to do with a text that is not clear."""
    people = contacts(Role.PROGRAMME_OFFICE, on=request.today)
    return render(request, "about/plain.html", {"people": people})
