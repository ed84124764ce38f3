"""On what organisations take part: set by their administrator or the privacy officer."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_sharing, queries_basis
from smartstart.web.answers import status_of
from smartstart.web.circle.basis_forms import BasisForm
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def bases(request: VisitorRequest) -> HttpResponse:
    """Show on what the organisations of this actor take part."""
    locks = queries_basis.locks(request.actor, on=request.today)
    return render(request, "circle/bases.html", {"locks": locks})


@require_http_methods(ASKS)
@signed_in
def basis(request: VisitorRequest, organisation: UUID) -> HttpResponse:
    """Ask for law, article and agreement; on POST the one before ends and this one runs."""
    lock = queries_basis.lock_of(request.actor, organisation, on=request.today)
    first = {"article": lock.article, "agreement": lock.agreement}
    form = BasisForm(request.POST or None, initial=first)
    if not form.is_valid():
        page = {"lock": lock, "form": form}
        return render(request, "circle/basis.html", page, status=status_of(form))
    operations_sharing.set_basis(request.actor, organisation, at=request.now, **form.told())
    messages.success(request, _("Kept. Families are asked again for what ran before."))
    return redirect("circle:bases")


@require_http_methods(ASKS)
@signed_in
def basis_end(request: VisitorRequest, organisation: UUID) -> HttpResponse:
    """Say what stops; on POST nobody who works there reads anything in a circle."""
    lock = queries_basis.lock_of(request.actor, organisation, on=request.today)
    if lock.basis is None:
        raise NotFound
    if request.method != "POST":
        return render(request, "circle/basis_end.html", {"lock": lock})
    operations_sharing.end_basis(request.actor, lock.basis, at=request.now)
    messages.success(request, _("Stopped. Nobody who works there reads in a circle now."))
    return redirect("circle:bases")
