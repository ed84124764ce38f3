"""Design sessions in the worlds of the oracle, and who may see what of them."""

from __future__ import annotations

from typing import Any

from smartstart.access.actor import Actor
from smartstart.access.models import FolderKind
from smartstart.access.permissions import Role
from smartstart.design import models as design
from smartstart.people import models as people


def fill_sessions(made: Any, pilot: Any) -> None:
    """One session of a pilot with one of everything; nobody leads it yet."""
    folder, pay = made.folder(FolderKind.SESSION), made.folder(FolderKind.ALLOWANCE)
    mine = {
        "session": made.row(
            design.DesignSession, pilot=pilot, folder=folder, pay_folder=pay, step="inleven"
        )
    }
    made.row(design.AgendaPart, minutes=20, number=1, **mine)
    invited = made.row(design.SessionInvitation, folder=folder, role="parent", number=1, **mine)
    place = made.row(design.Attendance, folder=folder, invitation=invited, number=1, **mine)
    made.row(design.Need, folder=folder, attendance=place, **mine)
    made.row(design.Allowance, folder=pay, number=1, **mine)
    made.row(design.AmountToKnow, municipality=pilot.vindplaats.municipality)
    fill_board(made, mine["session"])


def fill_board(made: Any, session: Any) -> None:
    """A board with a note, a vote for it and the step that brought it."""
    folder = {"folder": session.folder}
    board = made.row(design.Board, session=session, number=1, **folder)
    guest = made.row(design.BoardGuest, session=session, number=1)
    note = made.row(design.BoardNote, board=board, author=guest, **folder)
    made.row(design.NoteText, note=note, **folder)
    made.row(design.BoardVote, board=board, guest=guest, note=note, value=1)
    made.row(design.BoardStep, board=board, guest=guest)
    made.row(design.BoardPhoto, board=board, **folder)
    made.row(design.BoardDeed, board=board, note=note, number=1)


def lead_sessions(made: Any, *, last: bool = False) -> None:
    """Let the first two hats of each pilot lead its session, whatever they are and until when."""
    for session in made.rows[design.DesignSession]:
        hats = [hat for hat in made.rows[people.Hat] if hat.within == session.pilot.ref]
        for number, hat in enumerate(hats[-1:] if last else hats[:2], 1):
            made.row(design.Facilitator, session=session, hat=hat, number=number)


def rules(oracle: Any) -> dict[Any, Any]:
    """Return who may know of each, told by the rules of the oracle."""

    def of_session(world: Any, actor: Actor, row: Any) -> bool:
        return bool(oracle.inside_pilot(world, actor, _session(oracle, world, row)))

    def of_board(world: Any, actor: Actor, row: Any) -> bool:
        return of_session(world, actor, oracle.by_id(world, design.Board, row.board_id))

    def of_note(world: Any, actor: Actor, row: Any) -> bool:
        return of_board(world, actor, oracle.by_id(world, design.BoardNote, row.note_id))

    def leads(world: Any, actor: Actor, row: Any) -> bool:
        led = {one.hat.ref for one in world.rows[design.Facilitator] if one.session == row.session}
        return of_session(world, actor, row) and actor.hat in led

    def leads_the_pilot(world: Any, actor: Actor, row: Any) -> bool:
        return actor.role is Role.PROJECT_LEADER and of_session(world, actor, row)

    def guests(world: Any, actor: Actor, row: Any) -> bool:
        return leads(world, actor, row) or leads_the_pilot(world, actor, row)

    def works_in_a_pilot(world: Any, actor: Actor, row: Any) -> bool:
        return actor.role in {*oracle.TEAM, Role.PROGRAMME_OFFICE}

    return {
        design.DesignSession: oracle.inside_pilot,
        design.AgendaPart: of_session,
        design.Facilitator: of_session,
        design.SessionInvitation: guests,
        design.Attendance: guests,
        design.Need: leads,
        design.Allowance: leads_the_pilot,
        design.AmountToKnow: works_in_a_pilot,
        design.Board: of_session,
        design.BoardGuest: of_session,
        design.BoardNote: of_board,
        design.BoardVote: of_board,
        design.BoardStep: of_board,
        design.BoardDeed: of_board,
        design.BoardPhoto: of_board,
        design.NoteText: of_note,
    }


def _session(oracle: Any, world: Any, row: Any) -> Any:
    return oracle.by_id(world, design.DesignSession, row.session_id)
