"""Who leads: the boards of a session, one board with its switches, and the large screen."""

from __future__ import annotations

from uuid import UUID, uuid4

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.ledger import Deed
from smartstart.base.refusals import NotFound
from smartstart.design import operations_boards as leading
from smartstart.design import queries_boards as queries
from smartstart.design.models.boards import BoardKind
from smartstart.design.notes_in_thread import made_of_notes
from smartstart.design.roles import ParticipantRole
from smartstart.web.answers import MEND
from smartstart.web.design_boards import exporting, forms, grouping, showing
from smartstart.web.design_boards.hinting import hinted
from smartstart.web.design_boards.leafing import leaf, note_address
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]
WALL = "wall"


@require_http_methods(ASKS)
@signed_in
def boards(request: VisitorRequest, session_id: int) -> HttpResponse:
    """List the boards of a session; on POST make one and go to it."""
    form = forms.MakeForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        kind, words, ref = BoardKind(told["kind"]), told["question"], told["ref"]
        made = leading.make_board(request.actor, session_id, kind, words, at=request.now, ref=ref)
        return redirect("design_boards:lead", made.pk)
    session, found = queries.boards_of(request.reading, session_id)
    page = {"session": session, "boards": found, "form": form}
    status = MEND if form.is_bound else 200
    return render(request, "design_boards/boards.html", page, status=status)


@require_safe
@signed_in
@csp_update(showing.LIVE)  # type: ignore[arg-type] # knows Django's request only
def lead(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Show one board with its switches, its notes and who is in."""
    page = queries.board_page(request.reading, board_id)
    paper = forms.PaperForm(columns=page.kind.columns, initial={"ref": uuid4()})
    return _led(request, page, paper)


@require_safe
@signed_in
@csp_update(showing.LIVE)  # type: ignore[arg-type] # knows Django's request only
def screen(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Show the large screen; asked for its wall alone it is a glance, else a look."""
    part = request.headers.get("HX-Target") == WALL
    deed = Deed.GLANCED if part else Deed.READ
    page = queries.board_page(request.reading, board_id, deed=deed)
    told = {
        "page": page,
        "join": showing.invitation(request, page.board),
        "live": showing.stream(request, page.board, screen=True),
    }
    name = "design_boards/_wall.html" if part else "design_boards/screen.html"
    return render(request, name, told)


@require_POST
@signed_in
def turn(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Turn a switch."""
    form = forms.TurnForm(request.POST)
    if not form.is_valid():
        raise NotFound
    switch, on = form.cleaned_data["switch"], form.cleaned_data["on"]
    leading.turn(request.actor, board_id, switch, on=on, at=request.now)
    return redirect("design_boards:lead", board_id)


@require_POST
@signed_in
def timer(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Let a clock run, or stop it."""
    form = forms.TimerForm(request.POST)
    if not form.is_valid():
        raise NotFound
    minutes = form.cleaned_data["minutes"]
    leading.set_timer(request.actor, board_id, minutes, at=request.now)
    return redirect("design_boards:lead", board_id)


@require_POST
@signed_in
def hide(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Take a note off the screens, or put it back."""
    form = forms.HideForm(request.POST)
    if not form.is_valid():
        raise NotFound
    note, hidden = form.cleaned_data["note"], form.cleaned_data["hidden"]
    leading.hide_note(request.actor, board_id, note, hidden=hidden, at=request.now)
    return redirect("design_boards:lead", board_id)


@require_POST
@signed_in
def undo(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Undo what somebody who leads did with a note."""
    form = forms.UndoForm(request.POST)
    if not form.is_valid():
        raise NotFound
    leading.undo(request.actor, board_id, form.cleaned_data["number"], at=request.now)
    return redirect("design_boards:lead", board_id)


@require_POST
@signed_in
def paper(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Put a note from paper on the board."""
    page = queries.board_page(request.reading, board_id)
    form = forms.PaperForm(request.POST, columns=page.kind.columns)
    if not form.is_valid():
        return _led(request, page, form)
    ref, words, column = form.told()
    leading.type_note(request.actor, board_id, ref or uuid4(), words, column=column, at=request.now)
    return redirect("design_boards:lead", board_id)


@require_http_methods(ASKS)
@signed_in
def group(request: VisitorRequest, board_id: int, note: UUID) -> HttpResponse:
    """Choose a group for a note, or name a new one."""
    page = queries.board_page(request.reading, board_id)
    choice, form = grouping.of_who_leads(page, note), forms.GroupForm(request.POST or None)
    if form.is_valid():
        return grouping.put_by_lead(request, board_id, note, form)
    told = {"choice": choice, "form": form, "page": page}
    status = MEND if form.is_bound else 200
    return render(request, "design_boards/lead_group.html", told, status=status)


@require_POST
@signed_in
def place(request: VisitorRequest, board_id: int, note: UUID) -> HttpResponse:
    """Put a note in another place of the board, and go back to it."""
    form = forms.PlaceForm(request.POST)
    if not form.is_valid():
        raise NotFound
    column = form.cleaned_data["column"]
    leading.move_note(request.actor, board_id, note, column, at=request.now)
    return redirect(note_address(board_id, note))


@require_POST
@signed_in
def guest(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Say that the role of a phone is right, or send it away."""
    form = forms.GuestForm(request.POST)
    if not form.is_valid():
        raise NotFound
    number, role = form.cleaned_data["number"], form.cleaned_data["role"]
    stays = not form.cleaned_data["away"]
    leading.confirm_guest(request.actor, board_id, number, role, stays=stays, at=request.now)
    return redirect("design_boards:lead", board_id)


@require_safe
@signed_in
def export(request: VisitorRequest, board_id: int, form: str) -> HttpResponse:
    """Give the board as a table, on paper, or as a picture."""
    if form not in exporting.WAYS:
        raise NotFound
    page = queries.board_page(request.reading, board_id, deed=Deed.EXPORTED)
    photos = queries.photo_files(request.reading, page) if form == "pdf" else []
    media, made = exporting.WAYS[form]
    heads = {"Content-Disposition": f"attachment; filename=bord-{page.board.number}.{form}"}
    return HttpResponse(made(page, request.now, photos), content_type=media, headers=heads)


def _led(request: VisitorRequest, page: queries.BoardPage, paper: forms.PaperForm) -> HttpResponse:
    """Show a board to who leads; a note from paper that came back keeps its words."""
    made = made_of_notes(request.actor, page.board.pk, on=request.today)
    shown = leaf(page, request.GET.get("page", ""), request.GET.get("note", ""), made=made)
    told = {
        "page": page,
        "leaf": shown,
        "deeds": queries.deeds_of(page),
        "photos": queries.photos_of(page),
        "hinted": hinted(shown.cards),
        "paper": paper,
        "timer": forms.TimerForm(initial={"minutes": 5}),
        "roles": ParticipantRole.choices,
    }
    status = MEND if paper.is_bound else 200
    return render(request, "design_boards/lead.html", told, status=status)
