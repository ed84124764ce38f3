"""A guardian's yes or no, what a law leaves no choice about, and what somebody with a seat sees."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.circle import operations_sharing, queries_deciding
from smartstart.circle.queries_deciding import Tellable
from smartstart.web.answers import status_of
from smartstart.web.choosing import box_of
from smartstart.web.circle.forms import day_field
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


class MustForm(forms.Form):
    """Who gets it, by which law, until when."""

    receiver = forms.TypedChoiceField(
        label=gettext_lazy("Who gets it?"), coerce=UUID, widget=forms.RadioSelect
    )
    law = forms.ChoiceField(label=gettext_lazy("By which law?"), widget=forms.RadioSelect)
    until = day_field(gettext_lazy("Until and including"), ahead=0)

    def __init__(self, *args: Any, page: Tellable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        receiver, law = box_of(self, "receiver"), box_of(self, "law")
        receiver.choices = [(str(one.ref), one.whole) for one in page.people]
        law.choices = [(one.slug, f"{_(one.sentence)} ({one.article})") for one in page.laws]


@require_safe
@signed_in
def decisions(request: VisitorRequest) -> HttpResponse:
    """Show a guardian what waits for a yes or no, and what was said."""
    rows = queries_deciding.decisions(request.reading)
    resting = queries_deciding.yes_at_work_that_rests(request.reading)
    return render(request, "circle/decisions.html", {"rows": rows, "resting": resting})


@require_http_methods(ASKS)
@signed_in
def decision(request: VisitorRequest, ground: UUID) -> HttpResponse:
    """Show who would read what and until when; on POST keep yes, no, or a yes taken back."""
    if request.POST.get("answer") == "stop" and _rests(request, ground):
        operations_sharing.take_back(request.actor, ground, at=request.now)
        messages.success(request, _("Stopped. This person reads nothing any more."))
        return redirect("circle:decisions")
    one = queries_deciding.decision_at_work(request.reading, ground)
    if request.method != "POST":
        return render(request, "circle/decision.html", {"one": one})
    say = {
        "yes": operations_sharing.say_yes,
        "stop": operations_sharing.take_back,
    }.get(request.POST.get("answer", ""), operations_sharing.say_no)
    say(request.actor, ground, at=request.now)
    messages.success(request, _("Kept."))
    return redirect("circle:decision", ground)


def _rests(request: VisitorRequest, ground: UUID) -> bool:
    """Whether nothing but taking back is possible: of a question that rests no page says more."""
    resting = queries_deciding.yes_at_work_that_rests(request.reading)
    return ground in {one.ref for one in resting}


@require_http_methods(ASKS)
@signed_in
def must(request: VisitorRequest, part: UUID) -> HttpResponse:
    """Ask who gets it by which law; on POST the family reads that this must, and why."""
    page = queries_deciding.tellable(request.reading, part)
    form = MustForm(request.POST or None, page=page)
    if not form.is_valid():
        told = {"page": page, "form": form}
        return render(request, "circle/must.html", told, status=status_of(form))
    operations_sharing.inform(request.actor, part, at=request.now, **form.cleaned_data)
    messages.success(request, _("Kept. The family reads that this must, and why."))
    return redirect("circle:ask_about")


@require_safe
@signed_in
def sees(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Show a family exactly what somebody sees now."""
    page = queries_deciding.seen_by(request.reading, ref, seat)
    return family_page(request, "sees", ref, page=page, seat=seat)
