"""The codebook, and coding: with a mouse, with keys, or sentence by sentence without script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.programme.queries import desk
from smartstart.voices import operations_codebook, operations_coding, queries
from smartstart.voices.queries_rounds import round_of, transcript_of
from smartstart.web.answers import MEND
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame, texts
from smartstart.web.voices.fields import by_script, reference, stretch
from smartstart.web.voices.forms import CodeForm, CodersForm, NewCodeForm
from smartstart.web.voices.tombstone import with_story

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@signed_in
def codebook(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the codes of a pilot; on POST add one."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    form = NewCodeForm(request.POST or None)
    if form.is_valid():
        operations_codebook.add_code(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
        messages.success(request, _("The code is there."))
        return redirect(_back(request) or reverse("voices:codebook", args=[slug]))
    codes = queries.codebook(request.reading, pilot.pk)
    page = frame.page(pilot, "codebook", codes=codes, form=form)
    return render(request, "voices/codebook.html", page, status=MEND if form.is_bound else 200)


def _back(request: VisitorRequest) -> str:
    """Return the coding page from which a code was added, when it was one; else nothing."""
    came_from = request.GET.get("interview", "")
    return reverse("voices:coding", args=[int(came_from)]) if came_from.isdecimal() else ""


@require_http_methods(ASKS)
@signed_in
def code(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Give a code another name or description."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    codes = queries.codebook(request.reading, pilot.pk)
    found = next((one for one in codes if one.ref == ref), None)
    if found is None:
        raise NotFound
    initial = {"name": found.name, "description": found.description}
    form = CodeForm(request.POST or None, initial=initial)
    if form.is_valid():
        operations_codebook.rename_code(request.actor, ref, **form.cleaned_data, at=request.now)
        return redirect("voices:codebook", slug)
    way = frame.crumbs(pilot, (_("Codebook"), reverse("voices:codebook", args=[slug])))
    page = frame.page(pilot, "codebook", code=found, form=form, crumbs=way)
    return render(request, "voices/code.html", page, status=MEND if form.is_bound else 200)


@require_safe
@with_story
def coding(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Show the text to code: codes, text, chosen piece; before the first round, ask who codes."""
    round_ = round_of(request.actor, interview_id, on=request.today)
    if round_ is None:
        return _begin_page(request, interview_id, None)
    found = queries.coding_page(request.reading, round_.ref)
    piece = texts.piece_of(found, request.GET.get("piece", ""))
    if request.headers.get("HX-Target") == "piece":
        return render(request, "voices/_piece.html", {"found": found, "piece": piece})
    return _coding_page(request, found, piece)


def _coding_page(
    request: VisitorRequest, found: queries.CodingPage, piece: texts.Piece | None
) -> HttpResponse:
    yes, no = frame.said_yes_to(found.layers)
    page = frame.page(
        found.interview.pilot,
        "interviews",
        found=found,
        piece=piece,
        yes=yes,
        no=no,
        leads=request.actor.may(Permission.PILOT_LEAD, within=found.interview.pilot.ref),
        **texts.sheet_of(found, piece),
    )
    return render(request, "voices/coding.html", page)


def _begin_page(
    request: VisitorRequest, interview_id: int, data: CodersForm | None
) -> HttpResponse:
    line = queries.interview_page(request.reading, interview_id)
    hats = queries.who_can_code(line.pilot, on=request.today)
    chosen = [str(hat.ref) for hat in hats if hat.ref == request.actor.hat]
    form = data or CodersForm(hats=hats, request=request, initial={"coders": chosen})
    crumbs = frame.crumbs(line.pilot, frame.of_interview(line.line))
    page = frame.page(line.pilot, "interviews", line=line.line, form=form, crumbs=crumbs)
    return render(request, "voices/begin.html", page, status=MEND if form.is_bound else 200)


@require_POST
@signed_in
def begin(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Let one or two people code this text; two of them blind."""
    transcript = transcript_of(request.actor, interview_id, on=request.today)
    line = queries.interview_page(request.reading, interview_id)
    hats = queries.who_can_code(line.pilot, on=request.today)
    form = CodersForm(request.POST, hats=hats, request=request)
    if not form.is_valid():
        return _begin_page(request, interview_id, form)
    coders = [reference(ref) for ref in form.cleaned_data["coders"]]
    operations_coding.open_round(request.actor, transcript, coders=coders, at=request.now)
    return redirect("voices:coding", interview_id)


@require_POST
@signed_in
def save(request: VisitorRequest, interview_id: int) -> HttpResponseBase:
    """Put a code on a piece, or change the memo of one; the same again changes nothing."""
    start, end = stretch(request)
    made = operations_coding.code_passage(
        request.actor,
        reference(request.POST.get("round")),
        code=reference(request.POST.get("code")),
        start=start,
        end=end,
        memo=request.POST.get("memo"),
        at=request.now,
    )
    return _saved(request, interview_id, made.ref.hex)


def _saved(request: VisitorRequest, interview_id: int, piece: str) -> HttpResponseBase:
    if by_script(request):
        return JsonResponse({"coding": piece, "saved": localtime(request.now).strftime("%H.%M")})
    where = reverse("voices:coding", args=[interview_id])
    return redirect(f"{where}?piece={piece}#c{piece}" if piece else where)


@require_POST
@signed_in
def remove(request: VisitorRequest, interview_id: int) -> HttpResponseBase:
    """Take one's own code away."""
    ref = reference(request.POST.get("coding"))
    operations_coding.uncode(request.actor, ref, at=request.now)
    return _saved(request, interview_id, "")


@require_POST
@signed_in
def ready(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Say that one is ready; when everyone is, they see each other's work."""
    ref = reference(request.POST.get("round"))
    round_ = operations_coding.ready(request.actor, ref, at=request.now)
    if round_.everyone_ready_at is not None:
        return redirect("voices:merging", interview_id)
    messages.success(request, _("You are ready. When the other is too, you look together."))
    return redirect("voices:coding", interview_id)


@require_POST
@signed_in
def go_on(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Let the round go on without a coder who left."""
    ref = reference(request.POST.get("round"))
    operations_coding.go_on_without(request.actor, ref, at=request.now)
    messages.success(request, _("The round goes on without who left."))
    return redirect("voices:coding", interview_id)


@require_http_methods(ASKS)
@with_story
def sentence(request: VisitorRequest, interview_id: int, number: int) -> HttpResponse:
    """Code one sentence with ticks; on POST save them and go to the next, or to the text."""
    round_ = round_of(request.actor, interview_id, on=request.today)
    if round_ is None:
        return redirect("voices:coding", interview_id)
    found = queries.coding_page(request.reading, round_.ref)
    one = texts.sentence_page(found, number)
    if one is None:
        return redirect("voices:coding", interview_id)
    if request.method == "POST":
        _code_sentence(request, round_.ref, one)
        if number == one.last:
            return redirect("voices:coding", interview_id)
        return redirect("voices:sentence", interview_id, number + 1)
    ticks = [(code, code.ref in one.ticked) for code in found.codes]
    page = frame.page(found.interview.pilot, "interviews", found=found, one=one, codes=ticks)
    return render(request, "voices/sentence.html", page)


def _code_sentence(request: VisitorRequest, round_: UUID, one: texts.SentencePage) -> None:
    codes = [reference(ref) for ref in request.POST.getlist("codes")]
    operations_coding.code_precisely(
        request.actor, round_, codes=codes, start=one.start, end=one.end, at=request.now
    )
