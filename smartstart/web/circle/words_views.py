"""What was written and agreed in a home: read it, add to it, never overwrite it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import (
    operations_questions,
    operations_words,
    queries_sharing,
    queries_words,
)
from smartstart.circle.models import Question
from smartstart.circle.queries_address import gives_away
from smartstart.circle.queries_family import Around, everybody, fields_around
from smartstart.circle.queries_files import files_of_entry
from smartstart.circle.queries_homes import asked_in_both_homes
from smartstart.circle.queries_sharing import EntryLine
from smartstart.circle.queries_words import EntryPage
from smartstart.circle.scene import PartLine, Scene, scene
from smartstart.circle.states import QuestionKind
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.sharing_forms import ShortForm
from smartstart.web.circle.words_forms import ActionForm, AgreeForm, CameOutForm, WriteForm
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def entries(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show what was written, the newest first."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 1_000 else 1
    rows, more = queries_words.written(request.reading, ref, page=page)
    before = queries_sharing.asked_before(request.reading, ref) if page == 1 else []
    shown = {"rows": rows, "next": page + 1 if more else 0, "before": before}
    return family_page(request, "entries", ref, **shown)


@require_http_methods(ASKS)
@signed_in
def write(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Write something: first look at how child and parent will read it, then keep it."""
    seen = scene(request.reading, ref)
    form = WriteForm(request.POST or None, parts=_in_order(seen))
    if not form.is_valid() or request.POST.get("step") == "change":
        return family_page(request, "write", ref, form=form)
    told = form.cleaned_data
    if request.POST.get("step") != "send":
        page = {"told": told, "part": form.parts[told["part"]], "domains": fields_around(seen)}
        page["gives_away"] = gives_away(seen, told["title"], told["words"])
        return family_page(request, "write_preview", ref, form=form, **page)
    about = UUID(told.pop("part"))
    entry = operations_words.write_entry(request.actor, about, at=request.now, **told)
    return redirect("circle:entry", ref, entry.ref)


def _in_order(seen: Scene) -> list[PartLine]:
    """Return the parts as a form asks for them: children, oneself, the home."""
    return sorted(seen.parts, key=lambda part: (part.is_home, part.is_me, -(part.age or 0)))


@require_safe
@signed_in
def entry(request: VisitorRequest, ref: UUID, entry: UUID) -> HttpResponse:
    """Show one entry with its corrections and the family's own side beside it."""
    page = queries_words.entry_page(request.reading, ref, entry)
    files = files_of_entry(request.reading, entry)
    return family_page(request, "entry", ref, page=page, files=files)


@require_http_methods(ASKS)
@signed_in
def own_side(request: VisitorRequest, ref: UUID, entry: UUID) -> HttpResponse:
    """Ask for one's own side; on POST it stands beside the entry."""
    page = queries_words.entry_page(request.reading, ref, entry)
    form = ShortForm(request.POST or None)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "own_side", ref, page=page, form=form)
    told = form.cleaned_data
    operations_words.add_own_side(
        request.actor, entry, words=told["words"], at=request.now, ref=told["ref"]
    )
    return redirect("circle:entry", ref, entry)


@require_http_methods(ASKS)
@signed_in
def correct(request: VisitorRequest, ref: UUID, entry: UUID) -> HttpResponse:
    """Ask what it should say; on POST that is added, and the old text stays to read."""
    page = queries_words.entry_page(request.reading, ref, entry)
    form = ShortForm(request.POST or None, initial={"words": _chosen(request, page).words})
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "correct", ref, page=page, form=form)
    told = {"title": page.one.title, **form.cleaned_data, "after": _seen_last(request, page)}
    operations_words.correct_entry(request.actor, entry, at=request.now, **told)
    return redirect("circle:entry", ref, entry)


def _seen_last(request: VisitorRequest, page: EntryPage) -> UUID:
    """Return the newest text that the writer had on the screen."""
    known = {page.one.ref, *(one.ref for one in page.corrections)}
    return next((one for one in known if str(one) == request.POST.get("after")), page.last.ref)


def _chosen(request: VisitorRequest, page: EntryPage) -> EntryLine:
    """Return the text to go on from: one of those written at once, or the newest."""
    wanted = request.GET.get("from")
    return next((one for one in page.at_once if str(one.ref) == wanted), page.last)


@require_http_methods(ASKS)
@signed_in
def not_right(request: VisitorRequest, ref: UUID, entry: UUID) -> HttpResponse:
    """Ask what is not right; on POST it is a question to who looks after the circle."""
    seen = scene(request.reading, ref)
    page = queries_words.entry_page(request.reading, ref, entry)
    form, holder = ShortForm(request.POST or None), seen.looks_after(page.one.part)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "not_right", ref, page=page, form=form, holder=holder)
    question = _said_not_right(request, seen, page, to=holder.ref, **form.cleaned_data)
    return redirect("circle:asked", ref, question.ref)


def _said_not_right(
    request: VisitorRequest, seen: Scene, page: EntryPage, *, to: UUID, words: str, ref: UUID | None
) -> Question:
    return operations_questions.ask_question(
        request.actor,
        page.one.part.ref,
        to=to,
        kind=QuestionKind.NOT_RIGHT,
        title=_("This is not right"),
        words=words,
        attach=[page.one.ref, *(added.ref for added in page.corrections)],
        about=queries_words.entry_itself(seen, page.one.ref),
        at=request.now,
        ref=ref,
    )


@require_safe
@signed_in
def agreements(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show what was agreed, with who does what before when."""
    rows, _seen = queries_words.agreements(request.reading, ref)
    return family_page(request, "agreements", ref, rows=rows, today=request.today)


@require_http_methods(ASKS)
@signed_in
def agree(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask for a goal in one's own words; on POST keep it."""
    form = AgreeForm(request.POST or None, parts=_in_order(scene(request.reading, ref)))
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "agree", ref, form=form)
    told = form.cleaned_data
    operations_words.make_agreement(
        request.actor,
        UUID(told["part"]),
        goal=told["goal"],
        review_on=told["review_on"],
        at=request.now,
        ref=told["ref"],
    )
    return redirect("circle:agreements", ref)


@require_http_methods(ASKS)
@signed_in
def add_action(request: VisitorRequest, ref: UUID, agreement: UUID) -> HttpResponse:
    """Ask who does what before when; on POST add it."""
    seen = scene(request.reading, ref)
    part = queries_words.agreement_seen(request.reading, ref, agreement).part
    around = _who_can_do(seen, part)
    me = (str(request.actor.person), _("I do it myself"))
    form = ActionForm(request.POST or None, me=me, around=around)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "add_action", ref, form=form)
    told = form.cleaned_data
    who = UUID(told.pop("responsible"))
    operations_words.add_action(request.actor, agreement, responsible=who, at=request.now, **told)
    return redirect("circle:agreements", ref)


def _who_can_do(seen: Scene, part: PartLine) -> list[Around]:
    """Return who can be named beside a part: what both homes read names nobody of one of them."""
    around = [one for one in everybody(seen) if one.can_be_asked]
    if not part.is_shared:
        return around
    known = asked_in_both_homes(seen).get(part.ref, set())
    return [one for one in around if one.who in known]


@require_POST
@signed_in
def finish(request: VisitorRequest, ref: UUID, action: UUID) -> HttpResponse:
    """Say that it is done."""
    operations_words.finish_action(request.actor, action, at=request.now)
    return redirect("circle:agreements", ref)


@require_http_methods(ASKS)
@signed_in
def end_agreement(request: VisitorRequest, ref: UUID, agreement: UUID) -> HttpResponse:
    """Ask what came of it; on POST end the agreement."""
    one = queries_words.agreement_seen(request.reading, ref, agreement)
    form = CameOutForm(request.POST or None)
    if request.method != "POST" or not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "end_agreement", ref, form=form, one=one)
    came_out = form.cleaned_data["came_out"]
    operations_words.end_agreement(request.actor, agreement, came_out=came_out, at=request.now)
    return redirect("circle:agreements", ref)
