"""Mail on and off, and where the link in a mail leads while something still waits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.queries_mail import waits_for
from smartstart.people.queries import actors_of
from smartstart.post import operations, queries
from smartstart.web.answers import status_of
from smartstart.web.menu import first_page
from smartstart.web.post.forms import MailForm
from smartstart.web.visit import VisitorRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mail(request: VisitorRequest) -> HttpResponse:
    """Show whether mail is on; on POST switch it on for this address."""
    switch = queries.switch_of(request.reading)
    filled = {"address": switch.address, "rhythm": switch.rhythm} if switch.is_on else None
    form = MailForm(request.POST or None, initial=filled)
    if not form.is_valid():
        page = _frame(request) | {"switch": switch, "form": form}
        return render(request, "mail/mail.html", page, status=status_of(form))
    told = form.cleaned_data
    operations.open_mailbox(request.actor, told["address"], rhythm=told["rhythm"], at=request.now)
    messages.success(request, _("Mail is on."))
    return redirect("post:mail")


@require_POST
@signed_in
def off(request: VisitorRequest) -> HttpResponse:
    """Switch mail off: the address cannot be read any more."""
    operations.close_mailbox(request.actor, at=request.now)
    messages.success(request, _("Mail is off. Your address is gone."))
    return redirect("post:mail")


@require_safe
@signed_in
def link(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Lead to what waits while something of this mail still does, else say that nothing does."""
    told, account = queries.told_in(request.reading, ref), request.actor.account
    actors = actors_of(account, on=request.today) if account else []
    if told & waits_for(actors, at=request.now).refs:
        return redirect(first_page(request.actor.role))
    own = first_page(request.actor.role)
    return render(request, "mail/nothing.html", _frame(request) | {"own": own}, status=410)


def _frame(request: VisitorRequest) -> dict[str, object]:
    is_family = request.actor.role in FAMILY_ROLES
    return {"frame": "family.html" if is_family else "base.html", "place": _("My place")}
