"""A question without a name goes on in a circle, by who asked it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_from_consult as operations
from smartstart.circle.queries_bring import parts_read
from smartstart.consult import queries
from smartstart.web.answers import status_of
from smartstart.web.consult.forms import BringForm
from smartstart.web.consult.opening import brake_on_codes
from smartstart.web.visit import VisitorRequest, signed_in

FORM: Final = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@signed_in
def bring_by_code(request: VisitorRequest) -> HttpResponse:
    """Ask for the code and about whom it is; on POST the question goes on in the circle."""
    parts = parts_read(request.reading)
    if not parts:
        raise NotFound
    form = BringForm(request.POST or None, parts=parts, by_code=True)
    if not form.is_valid():
        return render(request, "consult/bring.html", {"form": form}, status=status_of(form))
    part, code = form.cleaned_data["part"], form.cleaned_data["code"]
    with brake_on_codes(request):
        operations.bring_by_code(request.actor, part, code=code, at=request.now)
    messages.success(request, _("Your question goes on in your circle now."))
    return redirect("circle:home")


@require_http_methods(FORM)
@signed_in
def bring(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Choose about whom it is; on POST the question goes on there, when the family says yes."""
    queries.require_asker(request.actor, ref, at=request.now)
    parts = parts_read(request.reading)
    if not parts:
        raise NotFound
    form = BringForm(request.POST or None, parts=parts, by_code=False)
    if not form.is_valid():
        return render(request, "consult/bring.html", {"form": form}, status=status_of(form))
    part = form.cleaned_data["part"]
    operations.bring(request.actor, part, exchange=ref, at=request.now)
    messages.success(request, _("We asked the family. It goes on when they say yes."))
    return redirect("circle:today")
