"""Who thought along is asked for a next session, and answers on their own page."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.design import operations_forgetting as forgetting
from smartstart.design import operations_guests, thinking
from smartstart.design.models import Attendance, DesignSession, GuestInvited, SessionInvitation
from smartstart.design.operations_again import answer_again, ask_again
from smartstart.design.queries_again import askable, next_evening
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Answer
from tests.cast import Cast
from tests.design.test_boards import Phone, made
from tests.design.test_sessions import planned
from tests.design.test_thinking import at_own_page

pytestmark = pytest.mark.django_db


def test_who_thought_along_is_asked_once_and_answers_on_their_own_page(cast: Cast) -> None:
    board, nadia, now = made(cast), cast.actor("nadia"), cast.now
    roles = (ParticipantRole.PARENT, ParticipantRole.PROFESSIONAL, ParticipantRole.PARENT)
    phones = [Phone(board, cast, role) for role in roles]
    guests = list(board.session.board_guests.order_by("number"))
    assert len(phones) == 3
    for guest in guests[:2]:
        thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)
    after = planned(cast)
    reading, me = Reading(nadia, at=now), at_own_page(guests[0].ref)
    mine = Reading(me, at=now)
    assert [(one.number, one.is_asked) for one in askable(reading, after)] == [
        (1, False),
        (2, False),
    ], "who has no page cannot read it there"
    assert askable(reading, board.session) == []
    assert next_evening(mine) is None

    refs = [guest.ref for guest in guests[:2]]
    assert [ask_again(nadia, after.pk, refs, at=now) for _twice in range(2)] == [2, 0]
    invited = SessionInvitation.objects.filter(session=after)
    assert sorted(invited.values_list("role", "places")) == [("parent", 1), ("professional", 1)]
    assert all(one.is_asked for one in askable(reading, after))
    for wrong in (guests[2].ref, uuid4()):
        with pytest.raises(NotFound):
            ask_again(nadia, after.pk, [wrong], at=now)
    with pytest.raises(NotFound):
        ask_again(cast.actor("joke"), after.pk, refs, at=now)

    found = next_evening(mine)
    assert found is not None
    assert (found.line.session, found.comes, found.stays_away) == (after, False, False)
    place = Attendance.objects.get(ref=found.place)
    answer_again(me, found.place, comes=True, at=now)
    answer_again(me, found.place, comes=False, at=now)
    found = next_evening(mine)
    assert found is not None
    assert (found.comes, found.stays_away) == (False, True)
    place.refresh_from_db()
    assert (place.answer, place.name, place.answered_at) == (Answer.NO, None, now)
    for other in (at_own_page(guests[1].ref), nadia, at_own_page(uuid4())):
        with pytest.raises(NotFound):
            answer_again(other, found.place, comes=True, at=now)

    later = after.starts_at + timedelta(days=1)
    assert next_evening(Reading(me, at=later)) is None
    assert forgetting.with_something_over(at=after.starts_at + timedelta(days=7)) == [after.pk]
    forgetting.forget(after.pk, at=after.starts_at + timedelta(days=7))
    assert not GuestInvited.objects.exists()
    assert Attendance.objects.filter(session=after).count() == 2, "counts for the mirror stay"


def test_an_invitation_goes_with_its_place_and_with_who_takes_all_back(cast: Cast) -> None:
    board, nadia, now = made(cast), cast.actor("nadia"), cast.now
    Phone(board, cast)
    guest = board.session.board_guests.get()
    thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)
    after, me = planned(cast), at_own_page(guest.ref)
    ask_again(nadia, after.pk, [guest.ref], at=now)
    invitation = SessionInvitation.objects.get(session=after)
    operations_guests.take_back_invitation(nadia, after.pk, invitation.pk, at=now)
    assert next_evening(Reading(me, at=now)) is None
    ask_again(nadia, after.pk, [guest.ref], at=now)
    assert next_evening(Reading(me, at=now)) is not None

    DesignSession.objects.filter(pk=after.pk).update(state="done", opened_at=now, done_at=now)
    assert next_evening(Reading(me, at=now)) is None
    DesignSession.objects.filter(pk=after.pk).update(state="planned", opened_at=None, done_at=None)
    thinking.take_all_back(me, at=now)
    assert next_evening(Reading(me, at=now)) is None
    assert not askable(Reading(nadia, at=now), after)
