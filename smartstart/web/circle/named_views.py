"""Who is named in a circle and has no account: a letter with a code, and what names them rests."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.circle import operations_mentions, queries_rights
from smartstart.circle.operations_mentions import Told
from smartstart.web.answers import MEND
from smartstart.web.circle.frame import role_page
from smartstart.web.circle.named_opening import opened
from smartstart.web.circle.rights_forms import LetterForm, NamedForm
from smartstart.web.visit import VisitorRequest, signed_in


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
    return _page(request, form, opened(request, form))


@require_POST
def go_on(request: VisitorRequest) -> HttpResponse:
    """Let others read it again, as who asked by letter that nobody would."""
    form = LetterForm(request.POST)
    if opened(request, form) is None:
        return _page(request, form, None)
    code = form.cleaned_data["code"]
    operations_mentions.end_by_code(code, at=request.now)
    return _page(request, form, operations_mentions.by_code(code, at=request.now))


def _page(request: VisitorRequest, form: LetterForm, told: Told | None) -> HttpResponse:
    typed = form.cleaned_data.get("code", "") if form.is_bound else ""
    page = {"place": _("My request"), "form": form, "asked": told, "typed": typed}
    status = MEND if form.is_bound and told is None else 200
    answer = render(request, "circle/my_request.html", page, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer
