"""Personas: the list, a new one, one with its traits and who is behind each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotAllowed
from smartstart.design import persona as operations
from smartstart.design import queries_persona as queries
from smartstart.design.models.personas import Facet
from smartstart.programme.models import Pilot
from smartstart.programme.queries import desk
from smartstart.web.answers import MEND
from smartstart.web.findings.forms import PersonaForm, TraitForm
from smartstart.web.quoting import quoted
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame
from smartstart.web.voices.fields import reference

ASKS = ["GET", "HEAD", "POST"]


def crumbs(pilot: Pilot) -> list[dict[str, str]]:
    """Return the way back: the thread, then the personas."""
    slug = pilot.slug
    return [
        {"label": _("The thread"), "url": reverse("thread:thread", args=[slug])},
        {"label": _("Personas"), "url": reverse("findings:personas", args=[slug])},
    ]


@require_safe
@signed_in
def personas(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the personas of a pilot, each with how many people are behind it."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = queries.personas_in(request.reading, pilot.pk)[1]
    writes = request.actor.may(Permission.THREAD_WRITE, within=pilot.ref)
    page = frame.page(pilot, "thread", personas=found, writes=writes, crumbs=crumbs(pilot)[:1])
    return render(request, "findings/personas.html", page)


@require_http_methods(ASKS)
@signed_in
def new(request: VisitorRequest, slug: str) -> HttpResponse:
    """Ask an invented name; on POST begin the persona."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    if not request.actor.may(Permission.THREAD_WRITE, within=pilot.ref):
        raise NotAllowed
    form = PersonaForm(request.POST or None)
    if not form.is_valid():
        page = frame.page(pilot, "thread", form=form, crumbs=crumbs(pilot))
        status = MEND if form.is_bound else 200
        return render(request, "findings/new_persona.html", page, status=status)
    made = operations.make_persona(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return redirect("findings:persona", slug, made.ref)


@require_http_methods(ASKS)
@signed_in
def persona(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Show a persona with who is behind each trait; on POST add a trait."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = queries.persona_of(request.reading, pilot.pk, ref)
    form = _trait_form(request, pilot, found)
    if not form.is_valid():
        page = frame.page(pilot, "thread", persona=found, form=form, crumbs=crumbs(pilot))
        status = MEND if form.is_bound else 200
        return render(request, "findings/persona.html", page, status=status)
    told: dict[str, Any] = form.cleaned_data
    told["facet"], told["sources"] = Facet(told["facet"]), [UUID(one) for one in told["sources"]]
    operations.add_trait(request.actor, ref, **told, at=request.now)
    messages.success(request, _("Added."))
    return redirect("findings:persona", slug, ref)


@require_POST
@signed_in
def remove_trait(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Take a trait of a persona away."""
    operations.remove_trait(request.actor, reference(request.POST.get("trait")), at=request.now)
    messages.success(request, _("Taken away."))
    return redirect("findings:persona", slug, ref)


def _trait_form(request: VisitorRequest, pilot: Pilot, found: queries.PersonaView) -> TraitForm:
    if request.method == "POST" and not found.writes:
        raise NotAllowed
    voices = [
        (str(voice.ref), f"{quoted(voice.words)} {voice.by}".strip())
        for voice in queries.voices_in(request.reading, pilot.pk)
    ]
    return TraitForm(request.POST if request.method == "POST" else None, voices=voices)
