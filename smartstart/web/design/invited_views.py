"""An invitation as who got it opens it: by the code on the letter, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.design import operations_guests, queries
from smartstart.design.models import Attendance
from smartstart.design.states import Answer
from smartstart.web.answers import status_of
from smartstart.web.design.forms import AnswerForm, CodeForm
from smartstart.web.design.frame import ASKS
from smartstart.web.design.opening import opened
from smartstart.web.design.session_views import calendar_answer
from smartstart.web.visit import VisitorRequest


@require_http_methods(ASKS)
def open_invitation(request: VisitorRequest) -> HttpResponse:
    """Ask for the code; on POST show the invitation. A GET never uses a code."""
    form = CodeForm(request.POST or None)
    place = opened(request, form) if form.is_bound else None
    if place is None:
        return _shown(request, "invited", form)
    before = {"answer": place.answer, "children": place.children, "ride": place.ride}
    return _invitation(request, place, form, AnswerForm(initial=before))


@require_POST
def answer(request: VisitorRequest) -> HttpResponse:
    """Write down whether somebody comes, and say what happens now."""
    code, form = CodeForm(request.POST), AnswerForm(request.POST)
    place = opened(request, code)
    if place is None:
        return _shown(request, "invited", code)
    if not form.is_valid():
        return _invitation(request, place, code, form)
    typed = code.cleaned_data["code"]
    told = operations_guests.answer_by_code(typed, form.told(), at=request.now)
    comes = told.answer == Answer.YES
    return _shown(request, "answered", code, line=queries.line_of(place.session), comes=comes)


@require_POST
def calendar(request: VisitorRequest) -> HttpResponse:
    """Give the session for a calendar to who has the code."""
    place = opened(request, CodeForm(request.POST))
    if place is None:
        return redirect("design:invited")
    return calendar_answer(request, queries.line_of(place.session))


def _invitation(
    request: VisitorRequest, place: Attendance, code: CodeForm, form: AnswerForm
) -> HttpResponse:
    if not place.session.childcare:
        del form.fields["children"]
    line, agenda = queries.line_of(place.session), queries.titles_of(place.session)
    return _shown(request, "invitation", code, form=form, line=line, agenda=agenda)


def _shown(request: VisitorRequest, name: str, code: CodeForm, **page: Any) -> HttpResponse:
    form = page.get("form", code)
    frame = {"place": _("Invitation"), "home": reverse("design:invited"), "form": form}
    typed = code.cleaned_data.get("code", "") if code.is_bound else ""
    whole = {**frame, **page, "typed": typed}
    answer = render(request, f"design/{name}.html", whole, status=status_of(form))
    answer["Cache-Control"] = "no-store, private"
    return answer
