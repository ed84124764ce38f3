"""A phone that comes in, and one that is in: by a cookie that only the store can compare."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from smartstart.base.brake import give_back
from smartstart.design import operations_boards_phone as phones
from smartstart.design import operations_boards_showing as showing
from smartstart.design.errors_boards import BoardCodeOpensNothing, BoardIsFull, EnoughOfOneNetwork
from smartstart.design.models.boards import Board
from smartstart.design.roles import ParticipantRole
from smartstart.web.design_boards.brake import take_place_in, take_places
from smartstart.web.design_boards.forms import ELSE, JoinForm
from smartstart.web.visit import VisitorRequest

EVENING_SECONDS: Final = 14 * 60 * 60
TOO_OFTEN: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


def come_in(request: VisitorRequest, form: JoinForm) -> HttpResponse | None:
    """Let a phone in; None puts one sentence on the form."""
    places = take_places(request.META.get("REMOTE_ADDR", ""), now=request.now)
    if not places:
        form.add_error(None, str(TOO_OFTEN))
        return None
    try:
        if _may_be_somebody_else(request, form.cleaned_data):
            give_back(*places)
            form.ask_who()
            return None
        board, token = _join(request, form.cleaned_data)
    except (BoardCodeOpensNothing, BoardIsFull, EnoughOfOneNetwork) as refusal:
        form.add_error(None, str(refusal))
        return None
    give_back(*places)
    answer = redirect("design_boards:phone", board.ref)
    answer.set_cookie(
        settings.BOARD_COOKIE_NAME,
        token,
        max_age=EVENING_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SMARTSTART_HTTPS,
    )
    return answer


def _may_be_somebody_else(request: VisitorRequest, told: dict[str, str]) -> bool:
    """Whether this device is in as another role and nobody said yet who writes now."""
    board = phones.board_of_code(told["code"], at=request.now)
    guest = phones.guest_of(board, token_of(request))
    return guest is not None and guest.role != told["role"] and not told["who"]


def _join(request: VisitorRequest, told: dict[str, str]) -> tuple[Board, str]:
    """Let a phone in; somebody new takes a place of those for one subscriber and keeps it."""
    board = phones.board_of_code(told["code"], at=request.now)
    token = "" if told["who"] == ELSE else token_of(request)
    place = ""
    if phones.guest_of(board, token) is None:
        address = request.META.get("REMOTE_ADDR", "")
        place = take_place_in(board.session_id, address, now=request.now)
        if not place:
            raise EnoughOfOneNetwork
    try:
        return phones.join(told["code"], ParticipantRole(told["role"]), at=request.now, token=token)
    except (BoardCodeOpensNothing, BoardIsFull):
        give_back(place)
        raise


def me(request: VisitorRequest) -> str:
    """Return a mark of who writes on this device, so that no step goes out under another."""
    return salted_hmac("board-me", token_of(request)).hexdigest()[:12]


def token_of(request: VisitorRequest) -> str:
    """Return the token that this phone keeps, or ""."""
    return request.COOKIES.get(settings.BOARD_COOKIE_NAME, "")[:64]


def heard(request: VisitorRequest, ref: UUID, *, since: int) -> dict[str, object] | None:
    """Return what this phone may hear of a board after a change; None when it takes no part."""
    found = showing.enter(ref, token_of(request))
    told = showing.changes(found[0], since=since) if found else None
    return told.for_guest(found[1], since=since) if found and told else None
