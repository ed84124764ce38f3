"""Pages of who works with a family: what was written about somebody, and writing something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.circle import operations_words, queries_beside, queries_work
from smartstart.circle.states import EntryKind
from smartstart.web.answers import status_of
from smartstart.web.circle.words_forms import AddedForm, ObservationForm
from smartstart.web.once import OnceForm
from smartstart.web.visit import VisitorRequest, signed_in

SAW: Final = EntryKind.OBSERVATION


@require_safe
@signed_in
def part(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show what was written about somebody, as far as this reader may read it."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 1_000 else 1
    found = queries_beside.part_page(request.reading, ref, page=page)
    return render(request, "circle/part.html", {"page": found, "next": page + 1})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def write(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Write something: first as the child and as a parent will read it, then it stands there."""
    place = queries_work.place(request.reading, ref)
    form = ObservationForm(request.POST or None)
    if not form.is_valid() or request.POST.get("step") != "send":
        return _before(request, form, place)
    operations_words.write_entry(request.actor, ref, at=request.now, kind=SAW, **form.cleaned_data)
    messages.success(request, _("It stands there now. The family can read it."))
    return redirect(*(("circle:today",) if place.since else ("circle:part", ref)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correct(request: VisitorRequest, ref: UUID, entry: UUID) -> HttpResponse:
    """Ask what one's own text should say; on POST that is added, and the old text stays."""
    place = queries_work.place(request.reading, ref)
    own = queries_beside.own_entry(request.reading, ref, entry)
    last = {"words": own.last.words, "after": own.last.ref}
    form = AddedForm(request.POST or None, initial=last, texts=[one.ref for one in own.texts])
    if not form.is_valid() or request.POST.get("step") != "send":
        return _before(request, form, place, own=own)
    told = form.cleaned_data
    operations_words.correct_entry(request.actor, entry, at=request.now, title=own.title, **told)
    messages.success(request, _("It was added. The old text stays to read."))
    return redirect("circle:part", ref)


def _before(
    request: VisitorRequest, form: OnceForm, place: queries_work.Place, **more: Any
) -> HttpResponse:
    """Show the form, or, when it is whole, how others will read it."""
    looks = form.is_valid() and request.POST.get("step") == "look"
    page: dict[str, Any] = {
        "form": form,
        "place": replace(place, called=place.alone or place.called) if looks else place,
        "told": form.cleaned_data if looks else {},
    }
    name = "part_preview" if looks else "part_correct" if more else "part_write"
    return render(request, f"circle/{name}.html", page | more, status=status_of(form))
