"""Mail on and off, whose address it is, and where the link in a mail leads while it waits."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.queries_mail import waits_for
from smartstart.people.queries import actors_of
from smartstart.post import operations, queries
from smartstart.web.answers import status_of
from smartstart.web.menu import first_page
from smartstart.web.post import browser
from smartstart.web.post.forms import MailForm
from smartstart.web.visit import VisitorRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mail(request: VisitorRequest) -> HttpResponse:
    """Show whether mail is on; on POST switch it on for this address."""
    switch = queries.switch_of(request.reading)
    filled = {"address": switch.address, "rhythm": switch.rhythm} if switch.address else None
    form = MailForm(request.POST or None, initial=filled)
    if not form.is_valid():
        notices = queries.notices_of(request.actor, here=browser.here(request), at=request.now)
        page = _frame(request) | {"switch": switch, "form": form, "notices": notices}
        return render(request, "mail/mail.html", page, status=status_of(form))
    operations.open_mailbox(request.actor, **form.cleaned_data, at=request.now)
    messages.success(request, _("This is kept."))
    return redirect("post:mail")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who reads at an address whether it is theirs; on POST it is. Looking uses up nothing.

    Nobody signs in for it, and the page names nobody and no address.
    """
    if request.method == "POST":
        operations.confirm_address(ref, at=request.now)
        return render(request, "mail/confirmed.html", {"place": _("My place")})
    if not operations.is_asked(ref, at=request.now):
        raise NotFound
    return render(request, "mail/confirm.html", {"place": _("My place")})


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
    frame = "family.html" if is_family else "base.html"
    return {"frame": frame, "place": _("My place"), "goes_out": bool(settings.SMTP)}
