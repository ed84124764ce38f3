"""Notices on this device: on, off, the script that shows the one sentence, and where it leads."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from smartstart.post import operations_push
from smartstart.web.menu import first_page
from smartstart.web.post import browser
from smartstart.web.visit import VisitorRequest, signed_in


@require_POST
@signed_in
def on(request: VisitorRequest) -> HttpResponse:
    """Let this browser tell that something waits."""
    endpoint = request.POST.get("endpoint", "")
    mailbox = operations_push.switch_on(request.actor, endpoint, at=request.now)
    messages.success(request, _("Notices are on, on this device."))
    response = redirect("post:mail")
    browser.keep(response, mailbox)
    return response


@require_POST
@signed_in
def off(request: VisitorRequest) -> HttpResponse:
    """Switch notices off, on whatever device they were."""
    operations_push.switch_off(request.actor, at=request.now)
    messages.success(request, _("Notices are off. The address of your browser is gone."))
    response = redirect("post:mail")
    browser.forget(response)
    return response


@require_safe
def worker(request: VisitorRequest) -> HttpResponse:
    """Give the script that a browser keeps: it shows one sentence and touches no page.

    Its address says the language: a browser that asks for a script does not say whose it is.
    """
    asked = request.GET.get("language", "")
    with override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        page = {"place": _("My place")}
        kind = "text/javascript; charset=utf-8"
        return render(request, "mail/notices.txt", page, content_type=kind)


@require_safe
@signed_in
def waits(request: VisitorRequest) -> HttpResponse:
    """Lead from a notice to one's own page."""
    return redirect(first_page(request.actor.role))
