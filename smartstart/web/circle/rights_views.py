"""My rights: five buttons with a clock; and the privacy officer who answers."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_rest, operations_rights, queries_breach, queries_rights
from smartstart.circle.queries_persons import persons, references
from smartstart.circle.states import Right
from smartstart.web.circle.frame import role_page
from smartstart.web.circle.rights_forms import (
    AnswerForm,
    AskForm,
    LongerForm,
    PersonForm,
    RestEndsForm,
    WriteDownForm,
)
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def rights(request: VisitorRequest) -> HttpResponse:
    """Show what one can ask about one's own data, and what was asked."""
    asked = queries_rights.requests_of(request.reading)
    page = {"asked": asked, "kinds": Right.choices, "references": references(request.reading)}
    return role_page(request, "rights", **page)


@require_http_methods(ASKS)
@signed_in
def ask(request: VisitorRequest, kind: str) -> HttpResponse:
    """Ask whether there is more to say; on POST the month begins."""
    if kind not in Right.values:
        raise NotFound
    form = AskForm(request.POST or None, parts=queries_rights.parts_of_mine(request.reading))
    if request.method != "POST" or not form.is_valid():
        return role_page(request, "rights_ask", form=form, label=Right(kind).label, kind=kind)
    operations_rights.ask_right(request.actor, Right(kind), at=request.now, **form.cleaned_data)
    messages.success(request, _("Asked. You get an answer within a month."))
    return redirect("circle:rights")


@require_POST
@signed_in
def rest_stop(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Let others read again at once, as who asked that nobody would."""
    operations_rest.end_rest(request.actor, ref, at=request.now)
    messages.success(request, _("Others read it again, as you agreed before."))
    return redirect("circle:request", ref)


@require_http_methods(ASKS)
@signed_in
def rest_ends(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask the privacy officer from which day others read again; on POST the family reads it."""
    queries_rights.requests_waiting(request.actor, on=request.today)
    asked = queries_rights.request_one(request.reading, ref)
    form = RestEndsForm(request.POST or None)
    if not form.is_valid():
        title = _("Let others read again")
        return role_page(request, "request_answer", form=form, asked=asked, title=title)
    day = form.cleaned_data["day"]
    operations_rest.end_rest_on(request.actor, ref, day=day, at=request.now)
    return redirect("circle:request", ref)


@require_safe
@signed_in
def requests(request: VisitorRequest) -> HttpResponse:
    """Show the privacy officer what waits, and what is kept apart without saying what."""
    waits = queries_rights.requests_waiting(request.actor, on=request.today)
    apart = queries_rights.kept_apart(request.actor, on=request.today)
    return role_page(request, "requests", waits=waits, apart=apart)


@require_http_methods(ASKS)
@signed_in
def write_down(request: VisitorRequest) -> HttpResponse:
    """Ask who asks what; on POST write it down for them."""
    queries_rights.requests_waiting(request.actor, on=request.today)
    form = WriteDownForm(request.POST or None)
    if not form.is_valid():
        return role_page(request, "request_new", form=form)
    told = form.cleaned_data | {"kind": Right(form.cleaned_data["kind"])}
    made = operations_rights.write_down_right(request.actor, at=request.now, **told)
    return redirect("circle:request", made.ref)


@require_safe
@signed_in
def one(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show one request whole, to who asked it or to the privacy officer."""
    asked = queries_rights.request_one(request.reading, ref)
    is_mine = asked.person is not None and asked.person == request.actor.person
    return role_page(request, "request", asked=asked, is_mine=is_mine)


@require_http_methods(ASKS)
@signed_in
def answer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask what was done; on POST it is the answer."""
    asked = queries_rights.request_one(request.reading, ref)
    form = AnswerForm(request.POST or None)
    if not form.is_valid():
        return role_page(request, "request_answer", form=form, asked=asked, title=_("Answer"))
    words, is_done = form.cleaned_data["words"], form.cleaned_data["answer"] == "yes"
    operations_rights.answer_right(request.actor, ref, words=words, is_done=is_done, at=request.now)
    return redirect("circle:request", ref)


@require_http_methods(ASKS)
@signed_in
def longer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask why it takes longer; on POST there are two months more, once."""
    asked = queries_rights.request_one(request.reading, ref)
    form = LongerForm(request.POST or None)
    if not form.is_valid():
        title = _("Two months more")
        return role_page(request, "request_answer", form=form, asked=asked, title=title)
    words = form.cleaned_data["words"]
    operations_rights.take_longer(request.actor, ref, words=words, at=request.now)
    return redirect("circle:request", ref)


@require_http_methods(ASKS)
@signed_in
def looked(request: VisitorRequest) -> HttpResponse:
    """Ask about whom; on POST tell who saw what of this person, without content."""
    queries_rights.requests_waiting(request.actor, on=request.today)
    form = PersonForm(request.POST or None)
    if not form.is_valid():
        return role_page(request, "looked_at", form=form)
    found = persons(request.actor, form.cleaned_data["person"], at=request.now)
    if len(found) != 1:
        if not found:
            form.add_error("person", _("We find nobody with this name or reference in a circle."))
        return role_page(request, "looked_at", form=form, found=found)
    since = form.cleaned_data["since"]
    seen = queries_breach.report(request.actor, found[0].person, at=request.now, since=since)
    page = {"seen": [one.told() for one in seen], "asked": found[0]}
    return role_page(request, "looked_at", form=form, **page)
