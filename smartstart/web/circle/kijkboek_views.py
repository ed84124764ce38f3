"""Who looked: one week at a time, and its receipts."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_questions, queries_kijkboek
from smartstart.circle.weeks import Week
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.kijkboek_forms import WhyForm
from smartstart.web.visit import VisitorRequest, signed_in

FILE: Final = "attachment; filename=receipts-{week}.json"


@require_safe
@signed_in
def looks(request: VisitorRequest, ref: UUID, monday: str = "") -> HttpResponse:
    """Show who looked in a week (this one when none is said), why, and at what."""
    week = week_of(monday, today=request.today)
    book = queries_kijkboek.looked_in(request.reading, ref, week)
    is_now = week == Week.of(request.today)
    return family_page(request, "looks", ref, book=book, ref=ref, is_this_week=is_now)


@require_safe
@signed_in
def receipts(request: VisitorRequest, ref: UUID, monday: str, part: UUID) -> HttpResponse:
    """Give the receipts of a week in one folder, to keep: anyone can check them without us."""
    week = week_of(monday, today=request.today)
    proofs = queries_kijkboek.receipts_of(request.reading, ref, part, week)
    answer = HttpResponse(proofs, content_type="application/json")
    answer["Content-Disposition"] = FILE.format(week=week.monday.isoformat())
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def why(request: VisitorRequest, ref: UUID, monday: str, look: UUID) -> HttpResponse:
    """Ask somebody's reason; on POST it is a question with a holder, who answers in five days."""
    week = week_of(monday, today=request.today)
    book, looker = queries_kijkboek.looker_in(request.reading, ref, week, look)
    form = WhyForm(request.POST or None, looker=looker)
    if not form.is_valid() or is_told_first(request, ref, form):
        told = {"holder": queries_kijkboek.who_answers(looker), "looker": looker, "form": form}
        return family_page(request, "why", ref, book=book, **told)
    operations_questions.ask_question(
        request.actor, looker.part, to=looker.answers, at=request.now, **form.question()
    )
    messages.success(request, _("Asked. You get an answer within 5 working days."))
    return redirect("circle:looks_of", ref, monday)


def week_of(monday: str, *, today: date) -> Week:
    """Return the week that an address names. Raises NotFound for a day that is no past Monday."""
    if not monday:
        return Week.of(today)
    try:
        week = Week(date.fromisoformat(monday))
    except ValueError:
        raise NotFound from None
    if week.monday.weekday() or week.monday > today:
        raise NotFound
    return week
