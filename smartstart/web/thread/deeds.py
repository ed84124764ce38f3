"""What the team does to a thread: write, change, tie, explain, look again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.thread import operations, operations_taking, queries
from smartstart.thread.kinds import Kind, Lack
from smartstart.web.answers import MEND
from smartstart.web.thread import pages
from smartstart.web.thread.forms import FORMS, GapForm, ThingForm, TieForm, TranslateForm
from smartstart.web.thread.knot import knot_page
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


def _asked(request: VisitorRequest, where: pages.Place, kind: Kind) -> ThingForm:
    if not where.writes:
        raise NotAllowed
    below = where.below(kind)
    if request.method == "POST":
        return FORMS[kind](request.POST, pilot=where.pilot, below=below)
    initial = {"rests_on": pages.chosen(request, where)}
    return FORMS[kind](initial=initial, pilot=where.pilot, below=below)


def _form_page(
    request: VisitorRequest, where: pages.Place, form: ThingForm, **rest: Any
) -> HttpResponse:
    page = pages.page(where, form=form, **rest)
    return render(request, "thread/write.html", page, status=MEND if form.is_bound else 200)


@require_http_methods(ASKS)
@signed_in
def new(request: VisitorRequest, slug: str, kind: str) -> HttpResponse:
    """Ask for an insight, a question, an idea, ... ; on POST write it and go to it."""
    where, what = pages.place(request, slug), pages.kind_of(kind)
    form = _asked(request, where, what)
    if not form.is_valid():
        crumbs = pages.crumbs(where)
        return _form_page(request, where, form, title=pages.NEW[what], crumbs=crumbs)
    made = operations.write(
        request.actor,
        where.pilot.pk,
        what,
        title=form.cleaned_data["title"],
        form=form.told(),
        rests_on=pages.references(form.cleaned_data.get("rests_on", [])),
        at=request.now,
        ref=form.cleaned_data["ref"],
    )
    messages.success(request, _("It stands in the thread. Only the team sees it."))
    return redirect("thread:knot", slug, made.knot.ref)


def new_insight(request: VisitorRequest, slug: str) -> HttpResponse:
    """Ask for an insight from chosen excerpts: ``?excerpt=…&excerpt=…``."""
    return new(request, slug, Kind.INSIGHT.value)  # type: ignore[return-value]


@require_http_methods(ASKS)
@signed_in
def change(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Ask for other words; on POST change them. What was published stays until published again."""
    where = pages.place(request, slug)
    knot, thing = where.view.knot(ref), queries.thing(request.actor, ref, on=request.today)
    if not where.writes:
        raise NotAllowed
    initial = {field: getattr(thing, field, None) for field in FORMS[knot.kind].told_fields()}
    form = FORMS[knot.kind](request.POST or None, initial=initial, pilot=where.pilot, below=None)
    if not form.is_valid():
        crumbs = pages.crumbs(where, knot)
        return _form_page(request, where, form, title=pages.CHANGED[knot.kind], crumbs=crumbs)
    title = form.cleaned_data["title"]
    operations.change(request.actor, ref, title=title, form=form.told(), at=request.now)
    messages.success(request, _("Changed. What was published stays until you publish again."))
    return redirect("thread:knot", slug, ref)


@require_http_methods(ASKS)
@signed_in
def gap(request: VisitorRequest, slug: str, ref: UUID, lack: str) -> HttpResponse:
    """Ask why a voice or a figure is missing; on POST write the reason down."""
    if lack not in set(Lack):
        raise NotFound
    form = GapForm(request.POST or None, prefix=lack)
    if not form.is_valid():
        where = pages.place(request, slug)
        asked = form if form.is_bound else None
        page = pages.page(where, **knot_page(request, where, where.view.knot(ref), asked))
        return render(request, "thread/knot.html", page, status=MEND if form.is_bound else 200)
    why = form.cleaned_data["words"]
    operations.explain_gap(request.actor, ref, Lack(lack), words=why, at=request.now)
    messages.success(request, _("The reason is written down."))
    return redirect("thread:knot", slug, ref)


@require_POST
@signed_in
def take_up(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Make an insight, question, idea or test result of what somebody said: one tap."""
    asked = request.POST.get("kind", "")
    kind = next((kind for kind in operations_taking.TAKEN_UP if kind.value == asked), None)
    if kind is None:
        raise NotFound
    made = operations_taking.take_up(request.actor, ref, kind, at=request.now)
    messages.success(request, _("It stands in the thread. Write it in your own words soon."))
    return redirect("thread:knot", slug, made.knot.ref)


@require_http_methods(ASKS)
@signed_in
def translate(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Ask what a thing says in another language; on POST keep it for who told the story."""
    where = pages.place(request, slug)
    knot = where.view.knot(ref)
    if not where.writes or knot.kind not in FORMS:
        raise NotAllowed
    form = TranslateForm(request.POST or None)
    if not form.is_valid():
        page = pages.page(where, form=form, knot=knot, crumbs=pages.crumbs(where, knot))
        status = MEND if form.is_bound else 200
        return render(request, "thread/translate.html", page, status=status)
    operations_taking.translate(request.actor, ref, at=request.now, **form.cleaned_data)
    messages.success(request, _("Kept. Who told this reads it in that language."))
    return redirect("thread:knot", slug, ref)


@require_POST
@signed_in
def tie(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Let a knot rest on another one as well."""
    where = pages.place(request, slug)
    form = TieForm(request.POST, below=where.below(where.view.knot(ref).kind))
    if not form.is_valid():
        raise NotFound
    lower = UUID(form.cleaned_data["lower"])
    operations.tie(request.actor, lower, ref, at=request.now)
    messages.success(request, _("It is tied."))
    return redirect("thread:knot", slug, ref)


@require_POST
@signed_in
def untie(request: VisitorRequest, slug: str, ref: UUID, lower: UUID) -> HttpResponse:
    """Let a knot no longer rest on another one."""
    operations.untie(request.actor, lower, ref, at=request.now)
    messages.success(request, _("It is loose."))
    return redirect("thread:knot", slug, ref)


@require_POST
@signed_in
def stand(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Say that a weakened knot still holds: the team looked at it again."""
    operations.stand_again(request.actor, ref, at=request.now)
    messages.success(request, _("It stands again, without what was taken back."))
    return redirect("thread:knot", slug, ref)


@require_POST
@signed_in
def show_meedenkers(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Let who thinks along see a knot."""
    operations.open_to_meedenkers(request.actor, ref, at=request.now)
    messages.success(request, _("Who thinks along sees this now."))
    return redirect("thread:knot", slug, ref)
