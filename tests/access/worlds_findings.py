"""Personas, roads and what was made of voices: one of each in a pilot, and who may know of them."""

from __future__ import annotations

from typing import Any

from smartstart.access.actor import Actor
from smartstart.access.models import FolderKind
from smartstart.access.permissions import Role
from smartstart.design import models as design
from smartstart.thread import models as thread
from smartstart.thread.kinds import RANK, Kind
from smartstart.voices import models as voices
from tests.access import worlds_sessions


def fill_findings(made: Any, pilot: Any) -> None:
    """A persona on a piece; a road and a moment for every voice; a thing in borrowed words."""
    mine = {"pilot": pilot}
    told = [row for row in made.rows[voices.Interview] if row.pilot_id == pilot.pk]
    pieces = [row for row in made.rows[voices.Excerpt] if row.interview in told]
    trait = made.row(design.Trait, persona=made.row(design.Persona, **mine))
    for number, voice in enumerate(told):
        taken_back = made.today if number == 2 else None
        made.row(design.RoadYes, interview=voice, given_on=made.day(-1), taken_back_on=taken_back)
    for piece in pieces:
        made.row(design.TraitSource, trait=trait, knot=piece.knot)
        made.row(design.Moment, knot=piece.knot, help="none", **mine)
    insight = next(row for row in made.rows[thread.Insight] if row.knot.pilot_id == pilot.pk)
    made.row(thread.Borrowed, knot=insight.knot, source=pieces[0].knot)
    made.row(thread.Translated, knot=insight.knot)
    made.row(thread.HeardBack, **mine)
    made.row(design.TargetGroup, **mine)
    fill_thinking(made, pilot)


def fill_thinking(made: Any, pilot: Any) -> None:
    """A session with a board, a phone with a note in the thread, a card and something said."""
    sessions = [row for row in made.rows[design.DesignSession] if row.pilot_id == pilot.pk]
    session = sessions[0] if sessions else _session(made, pilot)
    boards = [row for row in made.rows[design.Board] if row.session_id == session.pk]
    folder = {"folder": session.folder}
    board = boards[0] if boards else made.row(design.Board, session=session, **folder)
    guest = made.row(design.BoardGuest, session=session)
    note = made.row(design.BoardNote, board=board, author=guest, **folder)
    knot = made.row(thread.Knot, pilot=pilot, kind="note", rank=RANK[Kind.NOTE], source=guest.ref)
    made.row(design.NoteInThread, note=note, knot=knot)
    made.row(design.GuestCard, guest=guest)
    made.row(design.GuestSaid, guest=guest, **folder)
    made.row(design.GuestRoadYes, guest=guest, given_on=made.day(-1))
    made.row(design.Moment, knot=knot, help="none", pilot=pilot)
    invitation = made.row(design.SessionInvitation, session=session, **folder)
    place = made.row(design.Attendance, session=session, invitation=invitation, **folder)
    made.row(design.GuestInvited, guest=guest, attendance=place)


def _session(made: Any, pilot: Any) -> Any:
    return made.row(
        design.DesignSession,
        pilot=pilot,
        folder=made.folder(FolderKind.SESSION),
        pay_folder=made.folder(FolderKind.ALLOWANCE),
    )


def _invited(oracle: Any, of_guest: Any) -> Any:
    """One's own; else who may read who is invited to that session."""

    def invited(world: Any, actor: Actor, row: Any) -> bool:
        if actor.role is Role.INTERVIEWEE:
            return bool(of_guest(world, actor, row))
        place = oracle.by_id(world, design.Attendance, row.attendance_id)
        return bool(worlds_sessions.rules(oracle)[design.Attendance](world, actor, place))

    return invited


def rules(oracle: Any) -> dict[Any, Any]:
    """Return who may know of each, told by the rules of the oracle."""

    def trait(world: Any, actor: Actor, row: Any) -> bool:
        persona = oracle.by_id(world, design.Persona, row.persona_id)
        return bool(oracle.inside_pilot(world, actor, persona))

    def source(world: Any, actor: Actor, row: Any) -> bool:
        return trait(world, actor, oracle.by_id(world, design.Trait, row.trait_id))

    def moment(world: Any, actor: Actor, row: Any) -> bool:
        """The team, while the person says yes to the story and to this, each by itself."""
        its = oracle.by_id(world, oracle.programme.Pilot, row.pilot_id)
        knot = oracle.by_id(world, thread.Knot, row.knot_id)
        in_team = actor.role in oracle.TEAM and oracle.wears_hat_in(world, actor, its)
        if any(guest.ref == knot.source for guest in world.rows[design.BoardGuest]):
            return bool(in_team)
        voice = next(one for one in world.rows[voices.Interview] if one.ref == knot.source)
        yes = next(one for one in world.rows[design.RoadYes] if one.interview_id == voice.pk)
        says_yes = yes.taken_back_on is None and yes.given_on <= world.today
        return bool(in_team and says_yes and oracle.consent_stands(world, voice))

    def of_guest(world: Any, actor: Actor, row: Any) -> bool:
        """One's own, by one's card; else whoever may know of the session."""
        guest = oracle.by_id(world, design.BoardGuest, row.guest_id)
        if actor.role is Role.INTERVIEWEE:
            return bool(actor.within == guest.ref)
        session = oracle.by_id(world, design.DesignSession, guest.session_id)
        return bool(oracle.inside_pilot(world, actor, session))

    def in_thread(world: Any, actor: Actor, row: Any) -> bool:
        note = oracle.by_id(world, design.BoardNote, row.note_id)
        board = oracle.by_id(world, design.Board, note.board_id)
        session = oracle.by_id(world, design.DesignSession, board.session_id)
        return bool(oracle.inside_pilot(world, actor, session))

    return {
        design.TargetGroup: oracle.inside_pilot,
        design.GuestCard: of_guest,
        design.GuestSaid: of_guest,
        design.GuestRoadYes: of_guest,
        design.GuestInvited: _invited(oracle, of_guest),
        design.NoteInThread: in_thread,
        thread.Borrowed: oracle.of_knot,
        thread.Translated: oracle.of_knot,
        thread.HeardBack: oracle.inside_pilot,
        design.Persona: oracle.inside_pilot,
        design.Trait: trait,
        design.TraitSource: source,
        design.RoadYes: oracle.always_of_interview,
        design.Moment: moment,
    }
