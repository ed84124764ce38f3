"""The participation mirror for the team, with the target group to fill in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartstart.access.permissions import Permission
from smartstart.design import thinking
from smartstart.design.mirror import mirror_in
from smartstart.design.roles import ParticipantRole
from smartstart.programme.queries import desk
from smartstart.web.answers import MEND
from smartstart.web.findings.forms import TargetForm
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mirror(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show who was invited, came, spoke and voted; on POST say who the pilot is about."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = mirror_in(request.reading, pilot.pk)[1]
    form = TargetForm(request.POST or None)
    if not form.is_valid():
        leads = request.actor.may(Permission.PILOT_LEAD, within=pilot.ref)
        page = frame.page(pilot, "pilot", mirror=found, form=form, leads=leads)
        status = MEND if form.is_bound else 200
        return render(request, "findings/mirror.html", page, status=status)
    role, people = ParticipantRole(form.cleaned_data["role"]), form.cleaned_data["people"]
    thinking.aim_at(request.actor, pilot.pk, role=role, people=people, at=request.now)
    messages.success(request, _("Kept."))
    return redirect("findings:mirror", slug)
