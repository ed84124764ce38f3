"""Keeping everything, stopping with a circle, and opening it again."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import export as exports
from smartstart.circle import operations_opening, operations_words
from smartstart.circle.export_sheet import as_sheet
from smartstart.circle.paper import as_pdf
from smartstart.circle.queries_ending import ending_of
from smartstart.web.circle.frame import family_page
from smartstart.web.once import OnceForm
from smartstart.web.visit import VisitorRequest, signed_in

TYPES: Final = {"json": "application/json", "pdf": "application/pdf"}


class StopForm(OnceForm):
    """What helped, for who wants to say it."""

    helped = forms.CharField(
        label=gettext_lazy("What helped?"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
@signed_in
def keep(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show what can be kept, and how far the end is."""
    return family_page(request, "all_of_it", ref, ending=ending_of(request.reading, ref))


@require_safe
@signed_in
def export(request: VisitorRequest, ref: UUID, form: str) -> HttpResponse:
    """Give everything this family member may read, for people or for machines."""
    if form not in TYPES:
        raise NotFound
    found = exports.export_of(request.reading, ref)
    content = as_pdf(as_sheet(found), at=request.now) if form == "pdf" else exports.as_json(found)
    answer = HttpResponse(content, content_type=TYPES[form])
    name = f"all-{request.today.isoformat()}.{form}"
    answer["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stop(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Tell what stops and ask what helped; on POST close the circle. Once closed, that is told."""
    ending = ending_of(request.reading, ref)
    form = StopForm(request.POST or None)
    if ending.closed_on and not request.POST.get("helped"):
        return redirect("circle:keep", ref)
    if request.method != "POST" or not form.is_valid():
        return family_page(request, "stop", ref, ending=ending, form=form)
    _keep_what_helped(request, ending.household, **form.cleaned_data)
    if not ending.closed_on:
        operations_opening.close_circle(request.actor, ref, at=request.now)
        messages.success(request, _("Your circle is closed. Nobody else reads it now."))
    return redirect("circle:keep", ref)


def _keep_what_helped(request: VisitorRequest, household: UUID, *, helped: str, ref: UUID) -> None:
    """Keep the words in the household before it closes; sent twice they are kept once."""
    if helped.strip():
        operations_words.write_entry(
            request.actor, household, title=_("What helped"), words=helped, at=request.now, ref=ref
        )


@require_POST
@signed_in
def again(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Open a closed circle again; who may read is asked anew."""
    operations_opening.reopen_circle(request.actor, ref, at=request.now)
    messages.success(request, _("Your circle is open again. You choose anew who reads along."))
    return redirect("circle:keep", ref)
