"""What is kept apart for somebody's safety: the list, one item, and what the two do with it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import operations_seconds
from smartstart.circle import operations_withheld as operations
from smartstart.circle import queries_withheld as queries
from smartstart.web.answers import MEND
from smartstart.web.circle.withheld_forms import (
    AnotherForm,
    LookAgainForm,
    WhyForm,
    WithWhom,
    WriteForm,
)
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def kept(request: VisitorRequest) -> HttpResponse:
    """Show what this function keeps apart with somebody."""
    page = {
        "kept": queries.kept_by(request.reading),
        "asked": queries.asked_to_second(request.reading),
    }
    return render(request, "circle/kept.html", page)


@require_safe
@signed_in
def one(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show one item, why it lies apart, and what the two did."""
    return render(request, "circle/kept_one.html", {"kept": queries.kept_one(request.reading, ref)})


@require_http_methods(ASKS)
@signed_in
def write(request: VisitorRequest, part: UUID) -> HttpResponse:
    """Tell first what else can be done; on POST write it apart and ask the other."""
    seconds = queries.seconds(request.actor, part, on=request.today)
    form = WriteForm(request.POST or None, seconds=seconds)
    if not form.is_valid():
        status = MEND if form.is_bound else 200
        return render(
            request, "circle/keep.html", {"form": form, "seconds": seconds}, status=status
        )
    made = operations.write_withheld(request.actor, part, at=request.now, **form.cleaned_data)
    messages.success(request, _("Kept apart. The other is asked to confirm it."))
    return redirect("circle:kept_one", made.ref)


@require_http_methods(ASKS)
@signed_in
def withhold(request: VisitorRequest, entry: UUID) -> HttpResponse:
    """Ask why and with whom; on POST ask the other. Until they say yes it stays where it is."""
    part = operations.can_go_apart(request.actor, entry, at=request.now)
    seconds = queries.seconds(request.actor, part, on=request.today)
    form = WithWhom(request.POST or None, seconds=seconds)
    if not form.is_valid():
        status = MEND if form.is_bound else 200
        page = {"form": form, "seconds": seconds, "is_there": True}
        return render(request, "circle/keep.html", page, status=status)
    why, other = form.cleaned_data["why"], form.cleaned_data["other"]
    made = operations.withhold(request.actor, entry, why=why, other=other, at=request.now)
    messages.success(request, _("Asked. It stays where it is until the other says yes."))
    return redirect("circle:kept_one", made.ref)


@require_POST
@signed_in
def confirm(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say yes to withholding, as the other."""
    operations.confirm_withheld(request.actor, ref, at=request.now)
    messages.success(request, _("It lies apart now. The two of you look at it again."))
    return redirect("circle:kept_one", ref)


@require_POST
@signed_in
def drop(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Destroy what the other did not confirm."""
    is_gone = operations.drop_withheld(request.actor, ref, at=request.now)
    gone = _("Destroyed. Nobody can read it any more.")
    messages.success(
        request, gone if is_gone else _("It stays where it is. The family can read it.")
    )
    return redirect("circle:kept")


@require_POST
@signed_in
def opened(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say yes to opening, as the other."""
    operations.confirm_opening(request.actor, ref, at=request.now)
    messages.success(request, _("The family can read it from now on."))
    return redirect("circle:kept")


@require_http_methods(ASKS)
@signed_in
def decline(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask why not; on POST say no."""
    form = WhyForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, ref, form, title=_("Why not keep this apart?"))
    why = form.cleaned_data["why"]
    operations.decline_withheld(request.actor, ref, why=why, at=request.now)
    return redirect("circle:kept_one", ref)


@require_http_methods(ASKS)
@signed_in
def ask_to_open(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask why it can be read now; on POST ask the other."""
    form = WhyForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, ref, form, title=_("Why can the family read it now?"))
    operations.ask_to_open(request.actor, ref, why=form.cleaned_data["why"], at=request.now)
    messages.success(request, _("Asked. It opens when the other says yes."))
    return redirect("circle:kept_one", ref)


@require_http_methods(ASKS)
@signed_in
def look_again(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask why it stays apart and until when; on POST keep it."""
    form = LookAgainForm(request.POST or None, today=request.today)
    if not form.is_valid():
        return _ask(request, ref, form, title=_("Why does it stay apart?"))
    operations.review_withheld(request.actor, ref, at=request.now, **form.cleaned_data)
    return redirect("circle:kept_one", ref)


@require_http_methods(ASKS)
@signed_in
def another(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who cannot go on and who is asked instead; on POST they are asked."""
    found = queries.replaced(request.reading, ref)
    form = AnotherForm(request.POST or None, two=found.two, others=found.others)
    if not form.is_valid():
        return _ask(request, ref, form, title=_("Who keeps this with you?"))
    operations_seconds.ask_third(request.actor, ref, at=request.now, **form.cleaned_data)
    messages.success(request, _("Asked. Until then the two of you keep it."))
    return redirect("circle:kept_one", ref)


@require_http_methods(ASKS)
@signed_in
def second(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show who asks one to be the second, and about whom; on POST say yes."""
    one = queries.second_asked(request.reading, ref)
    if request.method != "POST":
        page = {"one": one, "form": WhyForm()}
        return render(request, "circle/kept_second.html", page)
    operations_seconds.come_as_second(request.actor, ref, at=request.now)
    messages.success(request, _("You keep it now too. Look again in time."))
    return redirect("circle:kept_one", ref)


@require_POST
@signed_in
def rather_not(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say no to being the second, with a reason that the two read."""
    form, one = WhyForm(request.POST), queries.second_asked(request.reading, ref)
    if not form.is_valid():
        page = {"one": one, "form": form}
        return render(request, "circle/kept_second.html", page, status=MEND)
    why = form.cleaned_data["why"]
    operations_seconds.rather_not_second(request.actor, ref, why=why, at=request.now)
    messages.success(request, _("You said no. The two who keep it read why."))
    return redirect("circle:kept")


def _ask(request: VisitorRequest, ref: UUID, form: WhyForm, *, title: str) -> HttpResponse:
    item = queries.kept_one(request.reading, ref)
    page = {"kept": item, "form": form, "title": title}
    return render(request, "circle/kept_why.html", page, status=MEND if form.is_bound else 200)
