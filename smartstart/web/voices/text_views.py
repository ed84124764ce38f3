"""A text comes in, and a person checks its names."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.language import client
from smartstart.voices import operations_text, queries
from smartstart.voices.queries_rounds import transcript_of
from smartstart.web.answers import MEND
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame, texts
from smartstart.web.voices.fields import reference
from smartstart.web.voices.forms import AddNameForm, TextForm
from smartstart.web.voices.marking import Span
from smartstart.web.voices.tombstone import with_story

QUICKLY = 0.3


@require_http_methods(["GET", "HEAD", "POST"])
@with_story
def import_text(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Bring the text of an interview in: a file, or pasted."""
    operations_text.may_import(request.actor, interview_id, at=request.now)
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    form = TextForm(request.POST or None, request.FILES or None, size=size)
    if not form.is_valid():
        return _import_page(request, interview_id, form)
    read, content = form.cleaned_data["read"], form.cleaned_data["content"]
    operations_text.store_transcript(
        request.actor, interview_id, read, content=content, at=request.now
    )
    messages.success(request, _("The text is in. Now check the names."))
    return redirect("voices:names", interview_id)


def _import_page(request: VisitorRequest, interview_id: int, form: TextForm) -> HttpResponse:
    found = queries.interview_page(request.reading, interview_id)
    page = frame.page(
        found.pilot,
        "interviews",
        found=found,
        form=form,
        crumbs=frame.crumbs(found.pilot, frame.of_interview(found.line)),
    )
    return render(request, "voices/import.html", page, status=MEND if form.is_bound else 200)


@require_safe
@with_story
def names(request: VisitorRequest, interview_id: int) -> HttpResponseBase:
    """Show how the text was cut and what may point at somebody; each waits for an answer."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    line = queries.interview_page(request.reading, interview_id)
    if line.line.is_checked:
        return redirect("voices:coding", interview_id)
    found = queries.checking_page(request.reading, transcript)
    if request.headers.get("HX-Target") == "progress":
        return _progress(request, interview_id, is_done=bool(found.proposed_by))
    return _names_page(request, line, found, AddNameForm())


def _progress(request: VisitorRequest, interview_id: int, *, is_done: bool) -> HttpResponse:
    """Answer the part that says how far the list of names is; when done, the whole page again."""
    if is_done:
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = {"helper": _helper(), "address": reverse("voices:names", args=[interview_id])}
    return render(request, "voices/_progress.html", page)


def _helper() -> client.HelperStatus:
    return client.status(socket_path=settings.LANGUAGE_SOCKET, timeout=QUICKLY)


def _names_page(
    request: VisitorRequest,
    line: queries.InterviewPage,
    found: queries.CheckingPage,
    form: AddNameForm,
) -> HttpResponse:
    grouped = texts.names_in(found.pseudonyms)
    page = frame.page(
        line.pilot,
        "interviews",
        found=found,
        line=line.line,
        names=grouped,
        waiting=[name for name in grouped if name.state == "proposed"],
        rows=texts.checking_rows(found, grouped),
        helper=None if found.proposed_by == "full" else _helper(),
        form=form,
        address=reverse("voices:names", args=[line.line.id]),
        crumbs=frame.crumbs(line.pilot, frame.of_interview(line.line)),
    )
    return render(request, "voices/names.html", page, status=MEND if form.is_bound else 200)


@require_POST
@with_story
def look_again(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Let the names be looked for once more, now that the list of names is ready."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    operations_text.look_again(request.actor, transcript, at=request.now)
    return redirect("voices:names", interview_id)


@require_POST
@with_story
def decide(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Replace some words, or leave them as they are."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    refs = [reference(ref) for ref in request.POST.getlist("pseudonym")]
    if request.POST.get("answer") == "yes":
        words = request.POST.get("replacement", "").strip() or None
        operations_text.confirm(
            request.actor, transcript, pseudonyms=refs, replacement=words, at=request.now
        )
    else:
        operations_text.reject(request.actor, transcript, pseudonyms=refs, at=request.now)
    return redirect(_names_from(interview_id, request.POST.get("place", "")))


def _names_from(interview_id: int, place: str) -> str:
    """Return the address of the list, at what comes after this place."""
    after = f"#n{int(place) + 1}" if place.isdecimal() else "#waiting"
    return reverse("voices:names", args=[interview_id]) + after


@require_POST
@with_story
def add_name(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Replace words that nobody proposed, wherever they stand by themselves."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    found = queries.checking_page(request.reading, transcript)
    form = AddNameForm(request.POST)
    places = _places(form, found)
    if form.errors:
        line = queries.interview_page(request.reading, interview_id)
        return _names_page(request, line, found, form)
    instead = form.cleaned_data["replacement"]
    operations_text.add_pseudonyms(
        request.actor, transcript, places, replacement=instead, at=request.now
    )
    said = ngettext("Replaced in %(times)s place.", "Replaced in %(times)s places.", len(places))
    messages.success(request, said % {"times": len(places)})
    return redirect(reverse("voices:names", args=[interview_id]) + "#add")


def _places(form: AddNameForm, found: queries.CheckingPage) -> list[Span]:
    """Return where the words of the form stand; with none the form says so."""
    if not form.is_valid():
        return []
    places = texts.stretches_of(form.cleaned_data["words"], found)
    if not places:
        form.add_error("words", _("These words do not stand in the text, or are replaced already."))
    return places


@require_POST
@signed_in
def finish(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Say that one read the whole text; from now on it can be coded."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    checked = request.POST.get("checked") == "yes"
    operations_text.finish_pseudonyms(request.actor, transcript, checked=checked, at=request.now)
    messages.success(request, _("The names are checked. The text can be coded."))
    return redirect("voices:coding", interview_id)
