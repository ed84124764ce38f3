"""Pages for when something is not right: not clear, not satisfied, not safe."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.access.permissions import Role
from smartstart.circle import operations_questions, queries_family, queries_words
from smartstart.circle.models import Question
from smartstart.circle.scene import Scene, scene
from smartstart.circle.states import QuestionKind
from smartstart.people.contacts import contacts
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.help_forms import UnclearForm
from smartstart.web.once import Reference
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


@require_safe
def unsafe(request: VisitorRequest) -> HttpResponse:
    """Say before somebody writes what does not belong here, and where it does."""
    is_worker = request.actor.role is Role.PROFESSIONAL
    return family_page(request, "unsafe", is_worker=is_worker)


@require_safe
@signed_in
def not_satisfied(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Name who helps on: a person, the complaint route, a confidant, the privacy officer."""
    seen = scene(request.reading, ref)
    privacy = contacts(Role.PRIVACY_OFFICER, on=request.today)
    holder = seen.called_by(seen.circle.coordinator)
    return family_page(request, "help", ref, holder=holder, privacy=privacy)


@require_http_methods(ASKS)
@signed_in
def unclear(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask which text is not clear; on POST it is a question with somebody who explains."""
    seen = scene(request.reading, ref)
    explains = seen.called_by(seen.circle.coordinator)
    form = UnclearForm(request.POST or None, initial={"words": _meant(request, ref)})
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "unclear", ref, form=form, explains=explains)
    question = _asked(request, seen, **form.cleaned_data)
    messages.success(request, _("Sent. You get an answer in plain words."))
    return redirect("circle:asked", ref, question.ref)


def _meant(request: VisitorRequest, ref: UUID) -> str:
    """Return the line of the text from which somebody came: its words stand in no address."""
    entry = Reference().clean(request.GET.get("about"))
    if entry is None:
        return ""
    one = queries_words.entry_page(request.reading, ref, entry).one
    return one.title or one.words[:80]


def _asked(request: VisitorRequest, seen: Scene, *, words: str, ref: UUID | None) -> Question:
    """Ask it in the reader's own part: nobody else at home reads what somebody does not get."""
    return operations_questions.ask_question(
        request.actor,
        (seen.me or seen.household).ref,
        to=seen.circle.coordinator,
        kind=QuestionKind.UNCLEAR,
        title=_("I do not get this"),
        words=words,
        at=request.now,
        ref=ref,
    )


@require_safe
@signed_in
def waiting(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show everything that waits, not only the first three."""
    waits = queries_family.waiting(scene(request.reading, ref))
    return family_page(request, "waiting", ref, waits=waits)
