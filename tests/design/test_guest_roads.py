"""Notes of a journey board on a road: with a yes of who wrote them, gone when it is taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.design import journeys, notes_in_thread, thinking
from smartstart.design.errors_findings import NoYesToThis
from smartstart.design.models import BoardGuest, Moment, NoteInThread
from smartstart.design.models.journeys import Contact, HelpGiven, LifeEvent
from smartstart.design.queries_journeys import (
    RoadsPage,
    guest_says_yes_to_road,
    roads_page,
)
from smartstart.thread.kinds import Kind
from tests.cast import Cast
from tests.design.test_boards import Phone, made
from tests.design.test_thinking import at_own_page

pytestmark = pytest.mark.django_db


class Journey:
    """Three phones that each put whom they met and how that felt on a journey board."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now, self.nadia = cast, cast.now, cast.actor("nadia")
        self.board = made(cast, "journey")
        self.phones = [Phone(self.board, cast) for _ in range(3)]
        self.met = [phone.write("De school belde", column="contact") for phone in self.phones]
        self.felt = [phone.write("Alleen", column="feeling") for phone in self.phones]
        self.guests = list(BoardGuest.objects.order_by("number"))

    def card(self, number: int) -> None:
        thinking.make_guest_card(self.nadia, self.guests[number].ref, word="regen", at=self.now)

    def put(self, note: UUID, contact: Contact = Contact.SCHOOL, ref: UUID | None = None) -> Moment:
        return journeys.add_noted_moment(
            self.nadia,
            note,
            event=LifeEvent.SCHOOL,
            contact=contact,
            help_given=HelpGiven.NO_FIT,
            at=self.now,
            ref=ref,
        )

    def page(self, name: str = "nadia") -> RoadsPage:
        reading = Reading(self.cast.actor(name), at=self.now)
        return roads_page(reading, self.board.session.pilot_id)


def test_notes_of_a_journey_board_are_steps_of_roads_with_a_yes_of_their_own(cast: Cast) -> None:
    evening = Journey(cast)
    with pytest.raises(NoYesToThis):
        evening.put(evening.met[0])
    assert evening.page().pieces == ()
    for guest in evening.guests:
        journeys.say_yes_to_guest_road(evening.nadia, guest.ref, at=evening.now)
    pieces = evening.page().pieces
    assert [(one.words, one.part, one.is_note) for one in pieces[::3]] == [
        ("De school belde", "wie je tegenkomt", True),
        ("Alleen", "hoe dat voelt", True),
    ]

    ref = uuid4()
    assert evening.put(evening.met[0], ref=ref) == evening.put(evening.met[0], ref=ref)
    for note in evening.met[1:]:
        evening.put(note)
    for note in evening.felt:
        evening.put(note, Contact.NOBODY)
    page = evening.page()
    [point] = page.turning_points
    assert (page.roads, point.stretch.missed, point.contacts) == (
        3,
        3,
        (str(Contact.SCHOOL.label),),
    )
    assert [(quote.knot.words.words, quote.part) for quote in point.quotes[::3]] == [
        ("Alleen", "hoe dat voelt"),
        ("De school belde", "wie je tegenkomt"),
    ]
    assert [(road.moments, road.says_yes) for road in page.guests] == [(2, True)] * 3
    assert NoteInThread.objects.count() == 6, "the note stays the source"
    assert ([piece.is_note for piece in page.pieces], page.took_back) == ([False] * 6, False)
    assert evening.page("bram").guests != ()
    assert evening.page("bram").writes


def test_a_road_taken_back_is_gone_and_only_that_person_gives_it_again(cast: Cast) -> None:
    evening = Journey(cast)
    one, two, three = evening.guests
    me = at_own_page(one.ref)
    with pytest.raises(NotFound):
        journeys.say_yes_to_guest_road(me, one.ref, at=evening.now)  # no card, no page
    evening.card(0)
    journeys.take_guest_road_back(me, one.ref, at=evening.now)  # a no before anybody said yes
    with pytest.raises(NoYesToThis):
        journeys.say_yes_to_guest_road(evening.nadia, one.ref, at=evening.now)
    journeys.say_yes_to_guest_road(me, one.ref, at=evening.now)
    assert guest_says_yes_to_road(me, on=cast.today)
    assert not guest_says_yes_to_road(evening.nadia, on=cast.today)
    for guest in (two, three):
        journeys.say_yes_to_guest_road(evening.nadia, guest.ref, at=evening.now)
    for note in evening.met:
        evening.put(note)
    with pytest.raises(NotFound):
        journeys.take_guest_road_back(me, two.ref, at=evening.now)
    for name in ("joke", "petra"):
        with pytest.raises((NotFound, NotAllowed)):
            journeys.take_guest_road_back(cast.actor(name), one.ref, at=evening.now)

    for _twice in range(2):
        journeys.take_guest_road_back(me, one.ref, at=evening.now)
    page = evening.page()
    assert (page.roads, page.turning_points, page.took_back) == (2, (), True)
    assert NoteInThread.objects.count() == 3, "the note itself stays in the thread"
    with pytest.raises(NoYesToThis):
        journeys.say_yes_to_guest_road(evening.nadia, one.ref, at=evening.now)
    journeys.say_yes_to_guest_road(me, one.ref, at=evening.now)
    evening.put(evening.met[0])
    assert len(evening.page().turning_points) == 1

    evening.phones[1].send("remove", evening.met[1])
    assert evening.page().roads == 2, "a note that is taken away is on no road"
    thinking.take_all_back(me, at=evening.now)
    assert (evening.page().roads, evening.page().is_enough) == (1, False)
    with pytest.raises(NoYesToThis):
        journeys.say_yes_to_guest_road(me, one.ref, at=evening.now)
    assert journeys.forget_withdrawn() == 2


def test_only_notes_of_a_journey_board_that_somebody_wrote_go_on_a_road(cast: Cast) -> None:
    board = made(cast, "empathy")
    phone = Phone(board, cast)
    note = phone.write("Alleen", column="feels")
    guest = BoardGuest.objects.get()
    journeys.say_yes_to_guest_road(cast.actor("nadia"), guest.ref, at=cast.now)
    told: Any = {"event": LifeEvent.BORN, "contact": Contact.NOBODY, "help_given": HelpGiven.NONE}
    with pytest.raises(NotFound):
        journeys.add_noted_moment(cast.actor("nadia"), note, at=cast.now, **told)
    reading = Reading(cast.actor("nadia"), at=cast.now)
    assert roads_page(reading, board.session.pilot_id).guests == ()
    thing = notes_in_thread.into_thread(cast.actor("nadia"), note, Kind.INSIGHT, at=cast.now)
    assert thing.knot.pilot_id == board.session.pilot_id
    [piece] = roads_page(reading, board.session.pilot_id).pieces
    added = journeys.add_moment(cast.actor("nadia"), piece.ref, at=cast.now, **told)
    assert added.person == guest.ref
