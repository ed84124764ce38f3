"""Ask without a name in three steps: write, decide about what was found, choose who thinks along.

Nothing is kept before it is sent: the draft travels in the form. Without script these are three
pages.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartstart.access.permissions import Role
from smartstart.consult import queries
from smartstart.consult.states import AskerKind
from smartstart.web.answers import MEND, status_of
from smartstart.web.consult import asking, draft
from smartstart.web.consult.draft import Draft
from smartstart.web.consult.forms import AskForm
from smartstart.web.visit import VisitorRequest

ASKS: Final = ["GET", "HEAD", "POST"]
KINDS: Final = {
    Role.PARENT: AskerKind.PARENT.value,
    Role.YOUNG_PERSON: AskerKind.YOUNG_PERSON.value,
}


@require_http_methods(ASKS)
def ask(request: VisitorRequest) -> HttpResponse:
    """Ask for the words; on POST look for names in them, or give them back to change them."""
    kept = draft.opened(request) if request.method == "POST" else None
    sent = request.POST if request.method == "POST" and kept is None else None
    initial = {"kind": KINDS.get(request.actor.role, ""), **asking.as_initial(kept)}
    places, is_function = queries.places(), asking.is_function(request)
    form = AskForm(sent, initial=initial, places=places, is_function=is_function)
    if not form.is_valid():
        return asking.page(request, "ask", {"form": form}, status=status_of(form))
    return asking.checked(request, Draft.new(**form.told()))


@require_http_methods(ASKS)
def check(request: VisitorRequest) -> HttpResponse:
    """Take what a person decided about each finding; then let them choose who thinks along."""
    kept = draft.opened(request) if request.method == "POST" else None
    if kept is None:
        return redirect("consult:ask")
    then, undecided = kept.decided(request.POST.dict())
    if undecided or not then.words.strip():
        found = asking.findings_page(request, kept, undecided)
        return asking.page(request, "check", found, status=MEND)
    return asking.choose(request, then)


@require_http_methods(ASKS)
def send(request: VisitorRequest) -> HttpResponse:
    """Send the question to who was chosen; show who asks by code their code, once."""
    kept = draft.opened(request) if request.method == "POST" else None
    if kept is None:
        return redirect("consult:ask")
    to = asking.chosen(request)
    if not to:
        return asking.choose(request, kept, nobody=True)
    asked = asking.send(request, kept, to)
    if asking.is_function(request):
        messages.success(request, _("Asked. Here you see who takes it up."))
        return redirect("consult:exchange", asked)
    page: dict[str, Any] = {"code": kept.code}
    return asking.page(request, "sent", page)
