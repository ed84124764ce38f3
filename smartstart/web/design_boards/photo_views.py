"""Who leads puts a photo of paper beside the notes, after hiding faces and names on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.design import operations_boards_photos as photos
from smartstart.design import queries_boards as queries
from smartstart.web.answers import MEND
from smartstart.web.design_boards.photo_forms import HideOnPhotoForm, PhotoForm
from smartstart.web.visit import VisitorRequest, signed_in

ALONE = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Ask for a photo. With script it comes in painted over; without, a page asks what to hide."""
    board = queries.led_board(request.reading, board_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid() and form.cleaned_data["ready"]:
        return _keep(request, board_id, form.cleaned_data["ref"], form.photo())
    page = {"board": board, "form": form}
    if form.is_valid():
        page |= {"form": HideOnPhotoForm.of(form.photo(), form.cleaned_data["ref"])}
        return render(request, "design_boards/photo_hide.html", page)
    status = MEND if form.is_bound else 200
    return render(request, "design_boards/photo_add.html", page, status=status)


@require_POST
@signed_in
def hide(request: VisitorRequest, board_id: int) -> HttpResponse:
    """Paint over the squares that were chosen, and only then keep the photo."""
    board = queries.led_board(request.reading, board_id)
    form = HideOnPhotoForm(request.POST)
    if form.is_valid():
        return _keep(request, board_id, form.cleaned_data["ref"], form.photo())
    page = {"board": board, "form": form}
    return render(request, "design_boards/photo_hide.html", page, status=MEND)


@require_safe
@signed_in
def photo(request: VisitorRequest, board_id: int, photo: UUID) -> HttpResponse:
    """Give one photo to the page that shows it."""
    answer = HttpResponse(queries.photo(request.reading, board_id, photo), "image/jpeg")
    answer["Content-Disposition"] = "inline; filename=bord.jpg"
    answer["Content-Security-Policy"] = ALONE
    return answer


@require_POST
@signed_in
def remove(request: VisitorRequest, board_id: int, photo: UUID) -> HttpResponse:
    """Destroy a photo."""
    photos.remove_photo(request.actor, board_id, photo, at=request.now)
    messages.success(request, _("The photo is gone."))
    return redirect("design_boards:lead", board_id)


def _keep(request: VisitorRequest, board_id: int, ref: UUID | None, content: bytes) -> HttpResponse:
    photos.add_photo(request.actor, board_id, content, at=request.now, ref=ref)
    messages.success(request, _("The photo stands beside the notes."))
    return redirect("design_boards:lead", board_id)
