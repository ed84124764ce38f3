"""Who is named in a circle and has no account: a letter with a code, and what names them rests."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.base.brake import EVERYONE, Brake, subscriber
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_mentions, queries_rights
from smartstart.circle.operations_mentions import Told
from smartstart.web.answers import MEND
from smartstart.web.circle.frame import role_page
from smartstart.web.circle.rights_forms import LetterForm, NamedForm
from smartstart.web.visit import VisitorRequest, signed_in

PER_ADDRESS: Final = Brake("request-address", 8)
OVERALL: Final = Brake("request-overall", 200)
TOO_OFTEN: Final = gettext_lazy("Too many tries. Wait a quarter of an hour, then try again.")
OPENS_NOTHING: Final = gettext_lazy("This code opens nothing. Look at your letter again.")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rest(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask the privacy officer where somebody is named; on POST that rests."""
    queries_rights.requests_waiting(request.actor, on=request.today)
    asked = queries_rights.request_one(request.reading, ref)
    form = NamedForm(request.POST or None)
    if not form.is_valid():
        title = _("Let what names this person rest")
        return role_page(request, "request_answer", form=form, asked=asked, title=title)
    many = operations_mentions.rest_where_named(
        request.actor, ref, at=request.now, **form.cleaned_data
    )
    messages.success(request, _counted(many))
    return redirect("circle:request", ref)


@require_POST
@signed_in
def again(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Let what was written since rest too."""
    many = operations_mentions.look_again(request.actor, ref, at=request.now)
    messages.success(request, _counted(many) if many else _("Nothing new was found."))
    return redirect("circle:request", ref)


def _counted(many: int) -> str:
    told = ngettext("%(many)s thing rests now.", "%(many)s things rest now.", many)
    return told % {"many": many}


@require_POST
@signed_in
def letter(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Make a code for the letter to who asked, and show it once."""
    code = operations_mentions.make_letter(request.actor, ref, at=request.now)
    asked = queries_rights.request_one(request.reading, ref)
    return role_page(request, "request_letter", asked=asked, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: VisitorRequest) -> HttpResponse:
    """Ask for the code; on POST show how the request stands. A GET never uses a code."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    return _page(request, form, _opened(request, form))


@require_POST
def go_on(request: VisitorRequest) -> HttpResponse:
    """Let others read it again, as who asked by letter that nobody would."""
    form = LetterForm(request.POST)
    if _opened(request, form) is None:
        return _page(request, form, None)
    code = form.cleaned_data["code"]
    operations_mentions.end_by_code(code, at=request.now)
    return _page(request, form, operations_mentions.by_code(code, at=request.now))


def _opened(request: VisitorRequest, form: LetterForm) -> Told | None:
    """Return what the code opens; else put one sentence on the form. A good code opens always."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return operations_mentions.by_code(form.cleaned_data["code"], at=request.now)
    except NotFound:
        address = subscriber(request.META.get("REMOTE_ADDR", ""))
        free = PER_ADDRESS.take(address, now=request.now) and OVERALL.take(
            EVERYONE, now=request.now
        )
        form.add_error(None, str(OPENS_NOTHING if free else TOO_OFTEN))
        return None


def _page(request: VisitorRequest, form: LetterForm, told: Told | None) -> HttpResponse:
    typed = form.cleaned_data.get("code", "") if form.is_bound else ""
    page = {"place": _("My request"), "form": form, "asked": told, "typed": typed}
    status = MEND if form.is_bound and told is None else 200
    answer = render(request, "circle/my_request.html", page, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer
