"""A child's own page, and the answer of whom it chose."""

from __future__ import annotations

from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_heard, operations_said, queries_family, queries_said
from smartstart.circle.gate import FAMILY_ROLES, receiver_of
from smartstart.web.answers import MEND, SENSORS
from smartstart.web.circle.files_forms import SayForm
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in


class BackForm(forms.Form):
    """What is said back to a child."""

    words = forms.CharField(
        label=gettext_lazy("What do you say back?"),
        help_text=gettext_lazy("In words that this child knows."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
@signed_in
def mine(request: VisitorRequest) -> HttpResponse:
    """Show a child its people, what it said and what came back; first what cannot stay secret."""
    if request.actor.role is not Role.YOUNG_PERSON:
        raise NotFound
    home = request.GET.get("home", "")
    room = queries_said.room_of(request.actor, on=request.today, home=home)
    said = queries_said.said_by(request.reading, but=room.elsewhere)
    heard = operations_heard.asked_in(request.actor, at=request.now)
    homes = queries_family.circles_of(request.reading)
    here = queries_said.home_here(homes, room.chosen)
    page = {"room": room, "said": said, "heard_in": heard, "decides_in": here}
    return family_page(request, "mine", None, place=_("My place"), **page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@csp_update({"media-src": [SELF, "blob:"]})  # type: ignore[arg-type] # knows Django's request only
def say(request: VisitorRequest, to: UUID) -> HttpResponse:
    """Say again what cannot stay secret; on POST, and not before, somebody hears it."""
    people = queries_said.people_of(request.actor, on=request.today)
    hears = next((one for one in people if one.ref == to), None)
    if hears is None:
        raise NotFound
    form = SayForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _hears(family_page(request, "say", place=_("My place"), hears=hears, form=form))
    words, ref = form.cleaned_data["words"], form.cleaned_data["ref"]
    said = {"words": words, "files": form.files_said(), "ref": ref}
    operations_said.say(request.actor, to, at=request.now, **said)
    messages.success(request, _("Sent. Thank you for saying it."))
    return redirect(_back(request))


def _back(request: VisitorRequest) -> str:
    """Return the child's room as it was: of the home that it said it is in."""
    home = request.GET.get("home", "")
    room = queries_said.room_of(request.actor, on=request.today, home=home)
    return reverse("circle:mine") + (f"?home={room.chosen}" if room.chosen else "")


def _hears(page: HttpResponse) -> HttpResponse:
    """Let this page, and no other, ask the device for its microphone."""
    page["Permissions-Policy"] = SENSORS.replace("microphone=()", "microphone=(self)")
    return page


@require_POST
@signed_in
def think(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Keep whether the answer is fine for the child."""
    is_fine = request.POST.get("answer") == "yes"
    operations_said.think_of_it(request.actor, ref, is_fine=is_fine, at=request.now)
    messages.success(request, _("Thank you. That is passed on."))
    return redirect("circle:mine")


@require_safe
@signed_in
def said_to(request: VisitorRequest) -> HttpResponse:
    """Show what children said to this person."""
    said = queries_said.said_to(request.reading)
    before = queries_said.told_before(request.actor, on=request.today)
    return render(
        request, "circle/said_to.html", _frame(request) | {"said": said, "before": before}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show what a child said and ask for an answer; on POST the child reads it."""
    told = queries_said.said_one(request.reading, ref)
    form = BackForm(request.POST or None)
    if not form.is_valid():
        page = _frame(request) | {"told": told, "form": form}
        status = MEND if form.is_bound else 200
        return render(request, "circle/said.html", page, status=status)
    words = form.cleaned_data["words"]
    operations_said.say_back(request.actor, ref, words=words, at=request.now)
    messages.success(request, _("Sent. The child can read it now."))
    return redirect("circle:said", ref)


def _frame(request: VisitorRequest) -> dict[str, object]:
    if receiver_of(request.actor) is None or request.actor.role is Role.YOUNG_PERSON:
        raise NotFound
    is_family = request.actor.role in FAMILY_ROLES
    return {"frame": "family.html" if is_family else "base.html", "place": _("My circle")}
