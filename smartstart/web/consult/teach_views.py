"""Teaching the list of expertises everyday words, and taking them away again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from smartstart.base.refusals import NotFound
from smartstart.consult import operations_teaching, queries_teaching
from smartstart.consult.expertise import operations
from smartstart.consult.expertise.queries import ExpertiseLine, expertises
from smartstart.consult.models.expertise import LONGEST_SAYING, Language
from smartstart.web.answers import status_of
from smartstart.web.choosing import box_of
from smartstart.web.consult.forms import Words
from smartstart.web.consult.guard import functions
from smartstart.web.visit import VisitorRequest

FORM: Final = ["GET", "HEAD", "POST"]


class TeachForm(forms.Form):
    """New words; the box begins empty, so that nothing of a question goes along by accident."""

    words = Words(
        label=gettext_lazy("How would a parent or teacher say this?"),
        help_text=gettext_lazy("One short sentence that could be of anybody. Write it anew."),
        max_length=LONGEST_SAYING,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    expertise = forms.ChoiceField(label=gettext_lazy("Who knows much about this?"))
    language = forms.ChoiceField(
        label=gettext_lazy("In which language is it?"), choices=Language.choices, initial="nl"
    )

    def __init__(self, *args: Any, known: Sequence[ExpertiseLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "expertise").choices = [(one.key, one.called) for one in known]


@require_http_methods(FORM)
@functions
def teach(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask for everyday words and for what is found by them; on POST the list knows them."""
    if not queries_teaching.may_teach(request.actor, ref, at=request.now):
        raise NotFound
    known = expertises(request.actor, today=request.today)
    form = TeachForm(request.POST or None, known=known)
    if not form.is_valid():
        page = {"form": form, "exchange": ref}
        return render(request, "consult/teach.html", page, status=status_of(form))
    operations_teaching.teach(request.actor, ref, at=request.now, **form.cleaned_data)
    messages.success(request, _("Thank you. The next one who says this is helped sooner."))
    return redirect("consult:taught")


@require_http_methods(FORM)
@functions
def taught(request: VisitorRequest) -> HttpResponse:
    """Show what was taught; on POST take one away."""
    found = queries_teaching.taught(request.actor, today=request.today)
    if request.method != "POST":
        return render(request, "consult/taught.html", {"taught": found})
    number = request.POST.get("number", "")
    if number not in {str(one.number) for one in found}:
        raise NotFound
    operations.forget_saying(request.actor, int(number), at=request.now)
    messages.success(request, _("These words are gone."))
    return redirect("consult:taught")
