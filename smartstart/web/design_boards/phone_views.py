"""The phone: come in with a code, see the board, send one step, ask what is new."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_update
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.design import operations_boards_phone as phones
from smartstart.design.boards_rules import change_number
from smartstart.design.errors_boards import BoardIsClosed, NoteDoesNotFit
from smartstart.design.operations_boards_showing import question_of
from smartstart.web.answers import MEND
from smartstart.web.design_boards import grouping, joining, showing
from smartstart.web.design_boards.forms import GroupForm, JoinForm, StepForm
from smartstart.web.visit import VisitorRequest

ASKS = ["GET", "HEAD", "POST"]
SCRIPT = "application/json"


@require_http_methods(ASKS)
def join(request: VisitorRequest, code: str = "") -> HttpResponse:
    """Ask the code and the role; on POST come in. Opening the address uses nothing up."""
    who = request.GET.get("who", "")
    form = JoinForm(request.POST or None, initial={"code": code, "who": who})
    answer = joining.come_in(request, form) if form.is_valid() else None
    if answer is not None:
        return answer
    status = MEND if form.is_bound else 200
    page = render(request, "design_boards/join.html", showing.FRAME | {"form": form}, status=status)
    return showing.private(page)


@require_safe
@csp_update(showing.LIVE)  # type: ignore[arg-type] # knows Django's request only
def phone(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show the board as this phone may see it."""
    news = joining.heard(request, ref, since=0)
    if news is None or news.get("over"):
        return _over(request, ref)
    board, question = question_of(ref)
    page = showing.for_phone(request, board, question, news) | {"me": joining.me(request)}
    return showing.private(render(request, "design_boards/phone.html", page))


@require_POST
def step(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Store one step; the answer says under which number, or a plain form comes back."""
    form = StepForm(request.POST)
    if not form.is_valid():
        raise NoteDoesNotFit
    token = joining.token_of(request)
    number = phones.take(ref, token, form.step(), at=request.now)
    if request.headers.get("Accept") == SCRIPT:
        return showing.private(JsonResponse({"number": number}))
    return redirect("design_boards:phone", ref)


@require_http_methods(ASKS)
def group(request: VisitorRequest, ref: UUID, note: UUID) -> HttpResponse:
    """Choose a group for a note, or name a new one: for who has no script."""
    news = joining.heard(request, ref, since=0)
    if news is None or news.get("over"):
        return _over(request, ref)
    choice, form = grouping.on_phone(news, note), GroupForm(request.POST or None)
    if form.is_valid():
        return grouping.put_by_phone(request, ref, note, form)
    page = showing.FRAME | {"choice": choice, "form": form, "board": ref}
    status = MEND if form.is_bound else 200
    return showing.private(render(request, "design_boards/group.html", page, status=status))


@require_safe
def news(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Tell what changed since a number: for a phone whose stream does not come through."""
    told = joining.heard(request, ref, since=change_number(request.GET.get("since", "")))
    if told is None:
        raise BoardIsClosed
    return showing.private(JsonResponse(told))


def _over(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say that it is over; what this phone still holds of that board is shown there."""
    page = showing.FRAME | {"board": ref}
    return showing.private(render(request, "design_boards/over.html", page))
