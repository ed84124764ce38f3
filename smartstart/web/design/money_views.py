"""The register of allowances: apart from who said what, for who pays only."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.design import operations_money as operations
from smartstart.design import queries
from smartstart.design.states import AllowanceForm
from smartstart.web.design.forms import AllowanceLineForm, AmountForm
from smartstart.web.design.frame import ASKS, of_session, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_http_methods(ASKS)
@signed_in
def allowances(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show who gets what and the warning about benefits; on POST add somebody."""
    found = of_session(request, session_id, pays=True)
    form = AllowanceLineForm(request.POST or None, voucher=found.session.voucher)
    if not form.is_valid():
        lines = queries.register_of(request.reading, found.session)
        amounts = queries.amounts_for(found.session)
        return shown(request, "allowances", found, form=form, lines=lines, amounts=amounts)
    told = form.cleaned_data
    told["form"] = AllowanceForm(told["form"])
    operations.write_allowance(request.actor, session_id, **told, at=request.now)
    messages.success(request, _("Written in the register."))
    return redirect("design:allowances", session_id)


@require_POST
@signed_in
def paid(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Write down that it was paid today."""
    operations.mark_paid(request.actor, session_id, number, at=request.now)
    return redirect("design:allowances", session_id)


@require_POST
@signed_in
def remove(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Take a line out that was not paid."""
    operations.remove_allowance(request.actor, session_id, number, at=request.now)
    messages.success(request, _("Taken out."))
    return redirect("design:allowances", session_id)


@require_http_methods(ASKS)
@signed_in
def amount(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Write down what the municipality said, with its days and who said it."""
    found = of_session(request, session_id, pays=True)
    form = AmountForm(request.POST or None)
    if not form.is_valid():
        return shown(request, "amount", found, form=form)
    operations.tell_amount(request.actor, session_id, form.told(), at=request.now)
    messages.success(request, _("Written down, with its source."))
    return redirect("design:allowances", session_id)
