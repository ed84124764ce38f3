"""How a board is shown: its picture with the code, the stream it listens to, and its page."""

from __future__ import annotations

import io
from typing import Any, Final
from uuid import uuid4

import segno
from csp.constants import SELF
from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smartstart.design.boards_kinds import KINDS
from smartstart.design.boards_results import GROUPS, votes_of, words_of
from smartstart.design.models.boards import Board
from smartstart.design.roles import ParticipantRole
from smartstart.web.design_boards import grouping
from smartstart.web.visit import VisitorRequest

# An address in brackets cannot stand in a policy: there the phone asks again and again instead.
LIVE: Final = {
    "connect-src": [
        SELF,
        *(
            [settings.SMARTSTART_LIVE_ADDRESS]
            if settings.SMARTSTART_LIVE_ADDRESS
            else [
                f"http://{host}:{settings.SMARTSTART_LIVE_PORT}"
                for host in settings.ALLOWED_HOSTS
                if not host.startswith("[")
            ]
        ),
    ]
}


# A phone's page tells nothing of the site: its mark leads back to where a code is typed.
FRAME: Final[dict[str, Any]] = {"place": _("The board"), "home": "/board/"}


# Script asks for every note itself; without it the latest come first.
DRAWN: Final = 60


def picture(address: str) -> SafeString:
    """Return the QR picture of an address of ours."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=6,
        border=2,
        nl=False,
        svgclass="ss-qr",
        lineclass=None,
        omitsize=True,
    )
    return SafeString(target.getvalue().decode())


def stream(request: VisitorRequest, board: Board, *, screen: bool = False) -> str:
    """Return the address of the stream of a board; a screen carries a ticket of its own."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    own = f"{request.scheme}://{host}:{settings.SMARTSTART_LIVE_PORT}/"
    address = f"{settings.SMARTSTART_LIVE_ADDRESS or own}{board.ref}"
    if not screen:
        return address
    return f"{address}?screen={signing.dumps(str(board.ref), salt='board-screen')}"


def invitation(request: VisitorRequest, board: Board) -> dict[str, Any]:
    """Return what the screen shows to join: address, picture and code in two groups."""
    address = request.build_absolute_uri(reverse("design_boards:join_with", args=[board.code]))
    return {
        "address": request.build_absolute_uri(reverse("design_boards:join")).partition("://")[2],
        "picture": picture(address),
        "code": f"{board.code[:3]} {board.code[3:]}",
    }


def for_phone(
    request: VisitorRequest, board: Board, question: str, news: dict[str, Any]
) -> dict[str, Any]:
    """Return what the page of a phone is drawn from; without script it is the whole page."""
    kind = KINDS[board.kind]
    every = "all" in request.GET
    votes, tally = news.get("votes", {}), news.get("tally") or {}
    notes = [
        note
        | {
            "vote": votes.get(note["note"], 0),
            "place": dict(kind.columns).get(note.get("column", ""), ""),
            "results": votes_of(kind, tally.get(note["note"], {})) if news["counted"] else (),
        }
        for note in news["notes"]
    ]
    others = [n for n in notes if not n["mine"] and (not n["gone"] or "earlier" in n)]
    latest = {note["note"] for note in (others if every else others[-DRAWN:])}
    groups, loose = grouping.shown(notes, lambda note: note["note"] in latest)
    return FRAME | {
        "board": board,
        "kind": kind,
        "question": question,
        "news": news,
        "groups": groups,
        "mine": [note for note in loose if note["mine"]],
        "others": [note for note in loose if note["note"] in latest],
        "more": not every and len(others) > DRAWN,
        "groups_that_vote": [(group, words_of(group)) for group in GROUPS],
        "role": ParticipantRole(news["role"]).label,
        "live": stream(request, board),
        "fresh": uuid4,
    }


def private(response: HttpResponse) -> HttpResponse:
    """Let nobody keep this answer."""
    response["Cache-Control"] = "no-store, private"
    return response
