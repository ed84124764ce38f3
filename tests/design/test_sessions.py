"""Design sessions: planned in a minute, led by two, who comes, what is paid and what is forgotten.

Nadia leads the pilot and pays. Bram leads the session. Joke works elsewhere, Els is the programme
office: she may know of the session and reads no name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.design import errors, operations, queries, rules, tasks
from smartstart.design import operations_evening as evening
from smartstart.design import operations_forgetting as forgetting
from smartstart.design import operations_guests as guests
from smartstart.design import operations_money as money
from smartstart.design.agendas import ready
from smartstart.design.calendar import calendar_file
from smartstart.design.models import (
    AgendaPart,
    Allowance,
    AmountToKnow,
    Attendance,
    DesignSession,
    Need,
    SessionInvitation,
)
from smartstart.design.operations import Plan
from smartstart.design.operations_guests import Invited, Told
from smartstart.design.operations_money import Amount
from smartstart.design.roles import ParticipantRole
from smartstart.design.rules import Piece
from smartstart.design.states import AllowanceForm, Answer, Per, SessionState, Step
from tests.cast import Cast

PARENT, YOUNG = ParticipantRole.PARENT, ParticipantRole.YOUNG_PERSON
EVENING = datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
PLAN = Plan("Inleven", EVENING, "Wijkcentrum De Poort", allowance_cents=2_500, childcare=True)
NAME, NEED, REACH, PAID, HOW = (
    "Wilhelmina Kwispel", "een ringleiding", "06 1234 9876", "Gerritje Stuiver", "contant, dinsdag",
)  # fmt: skip


def planned(cast: Cast, **changes: Any) -> DesignSession:
    return operations.plan_session(
        cast.actor("nadia"),
        cast.pilot_a.pk,
        Step.EMPATHISE,
        replace(PLAN, **changes),
        led_by=[cast.hats["bram"].ref],
        at=cast.now,
    )


def page(cast: Cast, name: str, session: DesignSession) -> queries.SessionPage:
    return queries.session_page(Reading(cast.actor(name), at=cast.now), session.pk)


def test_a_session_is_planned_with_its_ready_agenda_and_changed_before_it_begins(
    cast: Cast,
) -> None:
    nadia, session = cast.actor("nadia"), planned(cast)

    seen = page(cast, "els", session)
    ready_one = ready(Step.EMPATHISE)
    assert [(line.part.title, line.part.minutes) for line in seen.parts] == [
        (piece.title, piece.minutes) for piece in ready_one.pieces
    ]
    assert seen.line.ends_at == EVENING + timedelta(minutes=110)
    assert [hat.account.shown_as for hat in seen.line.leaders] == ["Bram"]
    assert (seen.may_plan, seen.sees_guests, seen.leads, seen.pays) == (False,) * 4
    bram = page(cast, "bram", session)
    assert (bram.may_plan, bram.sees_guests, bram.leads, bram.pays) == (False, True, True, False)

    extra = Piece("Zingen", 5, "Zing.")
    operations.change_piece(nadia, session.pk, 99, extra, at=cast.now)
    operations.move_piece_up(nadia, session.pk, 8, at=cast.now)
    operations.remove_piece(nadia, session.pk, 1, at=cast.now)
    moved = replace(PLAN, place="School", starts_at=EVENING + timedelta(days=1))
    both = [cast.hats["nadia"].ref, cast.hats["bram"].ref]
    operations.change_session(nadia, session.pk, moved, led_by=both, at=cast.now)
    after = page(cast, "nadia", session)
    titles = [line.part.title for line in after.parts]
    assert titles == [
        *(piece.title for piece in ready_one.pieces[1:-1]),
        "Zingen",
        ready_one.pieces[-1].title,
    ]
    assert after.session.place == "School"
    assert [hat.account.shown_as for hat in after.line.leaders] == ["Nadia", "Bram"]
    assert queries.last_of(nadia, cast.pilot_a, on=cast.today) == session
    assert queries.line_of(session).leaders == after.line.leaders
    assert queries.titles_of(session)[-2] == ("Zingen", 5)
    can = [hat.account.shown_as for hat in queries.can_lead(cast.pilot_a, at=cast.now)]
    assert (can, session.euros) == (["Bram", "Nadia"], Decimal(25))
    assert queries.next_in(nadia, cast.pilot_a, at=cast.now) == session
    with pytest.raises(NotFound):
        page(cast, "joke", session)
    assert queries.sessions_in(cast.actor("joke"), cast.pilot_a, on=cast.today) == []
    parts = [
        AgendaPart.objects.visible_to(cast.actor(name), on=cast.today).count()
        for name in ("els", "joke")
    ]
    assert parts == [len(titles), 0]


def test_planning_refuses_what_makes_no_session(cast: Cast) -> None:
    session, ref = planned(cast), cast.hats["bram"].ref
    nadia, bram = cast.actor("nadia"), cast.actor("bram")

    def plan(actor: Any, plan: Plan, led_by: list[Any]) -> Callable[[], object]:
        def call() -> object:
            return operations.plan_session(
                actor, cast.pilot_a.pk, Step.TEST, plan, led_by=led_by, at=cast.now
            )

        return call

    far = replace(PLAN, starts_at=cast.now + timedelta(days=800))
    for refused, call in (
        (NotFound, plan(cast.actor("joke"), PLAN, [ref])),
        (NotAllowed, plan(bram, PLAN, [ref])),
        (errors.SessionIsTooFarAway, plan(nadia, far, [ref])),
        (errors.ChooseWhoLeads, plan(nadia, PLAN, [])),
        (errors.ChooseWhoLeads, plan(nadia, PLAN, [cast.hats["joke"].ref])),
        (errors.ChooseWhoLeads, plan(nadia, PLAN, [ref, ref])),
    ):
        with pytest.raises(refused):
            call()
    same = operations.plan_session(
        nadia, cast.pilot_a.pk, Step.TEST, PLAN, led_by=[ref], at=cast.now, ref=session.ref
    )
    assert (same, DesignSession.objects.count()) == (session, 1)
    for _ in range(13):
        operations.change_piece(nadia, session.pk, 99, Piece("Nog een", 5), at=cast.now)
    with pytest.raises(errors.AgendaIsTooLong):
        operations.change_piece(nadia, session.pk, 99, Piece("Nog een", 5), at=cast.now)
    for number in range(20, 1, -1):
        operations.remove_piece(nadia, session.pk, number, at=cast.now)
    with pytest.raises(errors.AgendaNeedsAPart):
        operations.remove_piece(nadia, session.pk, 1, at=cast.now)
    evening.begin(bram, session.pk, at=cast.now)
    with pytest.raises(errors.SessionHasBegun):
        operations.move_piece_up(nadia, session.pk, 1, at=cast.now)
    evening.close(bram, session.pk, at=cast.now)
    with pytest.raises(errors.SessionIsDone):
        operations.change_session(nadia, session.pk, PLAN, led_by=[ref], at=cast.now)


def test_who_is_invited_answers_by_the_card_and_only_who_leads_reads_a_need(cast: Cast) -> None:
    nadia, bram, session = cast.actor("nadia"), cast.actor("bram"), planned(cast)
    named = guests.invite(
        nadia, session.pk, Invited(PARENT, 5, contact=NAME, reach=REACH), at=cast.now
    )
    group = guests.invite(nadia, session.pk, Invited(YOUNG, 3, way="via school"), at=cast.now)
    again = guests.invite(nadia, session.pk, Invited(YOUNG), at=cast.now, ref=group.ref)
    assert (named.places, again) == (1, group)

    first = guests.make_cards(bram, session.pk, group.pk, at=cast.now)
    cards = guests.make_cards(bram, session.pk, group.pk, at=cast.now)
    assert [card.number for card in cards] == [2, 3, 4]
    with pytest.raises(errors.CodeOpensNothing):
        guests.invited_by(first[0].code, at=cast.now)
    comes = Told("", Answer.YES, children=2, ride=True, need=NEED)
    guests.answer_by_code(cards[0].code.lower(), comes, at=cast.now)
    guests.write_down(nadia, session.pk, 1, Told(NAME, Answer.NO, need="gelekt"), at=cast.now)
    guests.write_down(bram, session.pk, 3, Told("Sem", Answer.YES, need="rolstoel"), at=cast.now)

    def seen(name: str) -> list[tuple[int, str, str, str]]:
        found = queries.guests_of(Reading(cast.actor(name), at=cast.now), session)
        return [(one.place.number, one.name, one.place.answer, one.need) for one in found]

    assert seen("bram") == [
        (1, NAME, "no", ""), (2, "", "yes", NEED), (3, "Sem", "yes", "rolstoel"),
        (4, "", "unknown", ""),
    ]  # fmt: skip
    assert [row[3] for row in seen("nadia")] == ["", "", "", ""]
    assert seen("els") == seen("joke") == []
    assert queries.counts_of(session) == [
        queries.RoleCount(PARENT, 1, 0, 0),
        queries.RoleCount(YOUNG, 3, 2, 0),
    ]
    lines = queries.invitations_of(Reading(nadia, at=cast.now), session)
    assert [(line.contact, line.reach, line.answered) for line in lines] == [
        (NAME, REACH, 1),
        ("", "", 2),
    ]
    reading = Reading(nadia, at=cast.now)
    assert queries.guest_of(reading, session, 1).name == NAME
    assert queries.invitation_of(reading, session, named.pk).reach == REACH
    guests.answer_by_code(cards[0].code, replace(comes, need=""), at=cast.now)
    assert Need.objects.count() == 1


def test_invitations_refuse_and_go(cast: Cast) -> None:
    nadia, bram, session = cast.actor("nadia"), cast.actor("bram"), planned(cast)
    group = guests.invite(nadia, session.pk, Invited(YOUNG, 58), at=cast.now)
    with pytest.raises(errors.TooManyPlaces):
        guests.invite(nadia, session.pk, Invited(PARENT, 3), at=cast.now)
    for actor in (cast.actor("els"), cast.actor("joke")):
        with pytest.raises((NotFound, NotAllowed)):
            guests.invite(actor, session.pk, Invited(PARENT), at=cast.now)
    other = operations.plan_session(
        nadia, cast.pilot_a.pk, Step.TEST, PLAN, led_by=[cast.hats["nadia"].ref], at=cast.now
    )
    with pytest.raises(NotFound):  # Bram is of the pilot, and does not lead that session
        guests.invite(bram, other.pk, Invited(PARENT), at=cast.now)
    with pytest.raises(NotFound):
        evening.begin(bram, other.pk, at=cast.now)
    for call in (guests.make_cards, guests.take_back_invitation):
        with pytest.raises(NotFound):
            call(nadia, other.pk, group.pk, at=cast.now)
    with pytest.raises(NotFound):
        guests.write_down(nadia, session.pk, 99, Told("", Answer.NO), at=cast.now)
    reading = Reading(nadia, at=cast.now)
    for absent in (
        lambda: queries.guest_of(reading, session, 99),
        lambda: queries.invitation_of(reading, session, 0),
        lambda: queries.register_of(Reading(bram, at=cast.now), session),
    ):
        with pytest.raises(NotFound):
            absent()
    (card, *_) = guests.make_cards(nadia, session.pk, group.pk, at=cast.now)
    guests.answer_by_code(card.code, Told("", Answer.NO), at=cast.now)
    with pytest.raises(errors.SomebodyWasThere):
        guests.take_back_invitation(nadia, session.pk, group.pk, at=cast.now)
    with pytest.raises(errors.CodeOpensNothing):
        guests.invited_by(card.code, at=EVENING + timedelta(days=1))
    alone = guests.invite(nadia, session.pk, Invited(PARENT, contact=NAME), at=cast.now)
    guests.take_back_invitation(nadia, session.pk, alone.pk, at=cast.now)
    assert list(SessionInvitation.objects.all()) == [group]
    evening.begin(bram, session.pk, at=cast.now)
    evening.close(bram, session.pk, at=cast.now)
    with pytest.raises(errors.SessionIsDone):
        guests.invite(nadia, session.pk, Invited(PARENT), at=cast.now)
    with pytest.raises(errors.CodeOpensNothing):
        guests.invited_by(card.code, at=cast.now)


def test_the_evening_runs_part_by_part_and_ends(cast: Cast) -> None:
    bram, session = cast.actor("bram"), planned(cast)
    guests.invite(bram, session.pk, Invited(YOUNG, 2), at=cast.now)

    def minutes(count: int) -> datetime:
        return EVENING + timedelta(minutes=count)

    with pytest.raises(errors.SessionIsNotOpen):
        evening.tap(bram, session.pk, 1, came=True, at=EVENING)
    with pytest.raises(errors.SessionIsNotOpen):
        evening.begin_part(bram, session.pk, 1, at=EVENING)
    evening.begin(bram, session.pk, at=EVENING)
    evening.begin(bram, session.pk, at=minutes(1))
    evening.begin_part(bram, session.pk, 1, at=minutes(2))
    evening.begin_part(bram, session.pk, 1, at=minutes(3))  # two facilitators press
    evening.begin_part(bram, session.pk, 2, at=minutes(20))
    with pytest.raises(NotFound):
        evening.begin_part(bram, session.pk, 99, at=minutes(21))
    seen = queries.session_page(Reading(bram, at=minutes(24)), session.pk)
    assert seen.running is not None
    assert (seen.running.part.number, seen.running.seconds_left) == (2, 6 * 60)
    assert (seen.running.clock, seen.goes_on) == ("6:00", False)
    assert seen.next is not None
    assert (seen.next.part.number, seen.parts[0].is_over) == (3, True)
    assert seen.parts[0].part.began_at == minutes(2)
    evening.end_part(bram, session.pk, at=minutes(30))
    evening.tap(bram, session.pk, 1, came=True, at=EVENING)
    evening.tap(bram, session.pk, 1, came=True, at=minutes(1))
    walked_in = guests.invite(bram, session.pk, Invited(PARENT), at=EVENING).ref
    guests.let_in(bram, session.pk, PARENT, at=minutes(5), ref=walked_in)  # sent before
    guests.let_in(bram, session.pk, PARENT, at=minutes(5))
    with pytest.raises(NotFound):
        evening.tap(bram, session.pk, 99, came=True, at=EVENING)
    evening.close(bram, session.pk, at=minutes(115))
    assert list(Attendance.objects.order_by("number").values_list("came", "came_at")) == [
        (True, EVENING),
        (False, None),
        (False, None),
        (True, minutes(5)),
    ]
    evening.tap(bram, session.pk, 2, came=True, at=minutes(116))
    assert [count.came for count in queries.counts_of(session)] == [1, 2]
    assert queries.session_page(Reading(bram, at=minutes(117)), session.pk).goes_on
    evening.begin(bram, session.pk, at=minutes(117))  # ended by mistake
    evening.close(bram, session.pk, at=minutes(115))
    with pytest.raises(errors.SessionIsDone):
        evening.begin(bram, session.pk, at=minutes(115) + timedelta(hours=6))
    session.refresh_from_db()
    assert (session.state, session.done_at) == (SessionState.DONE, minutes(115))
    assert queries.next_in(bram, cast.pilot_a, at=minutes(117)) is None


def test_who_pays_writes_the_same_for_everybody_and_others_read_nothing(cast: Cast) -> None:
    nadia, session = cast.actor("nadia"), planned(cast, voucher=False)

    def write(form: AllowanceForm, **more: Any) -> Allowance:
        return money.write_allowance(
            nadia, session.pk, name=PAID, how=HOW, form=form, at=cast.now, **more
        )

    row = write(AllowanceForm.MONEY)
    assert write(AllowanceForm.MONEY, ref=row.ref) == row
    with pytest.raises(errors.VouchersAreNotGiven):
        write(AllowanceForm.VOUCHER)
    other = write(AllowanceForm.NOTHING)
    money.mark_paid(nadia, session.pk, row.number, at=cast.now)
    money.mark_paid(nadia, session.pk, row.number, at=cast.now + timedelta(days=2))
    money.remove_allowance(nadia, session.pk, other.number, at=cast.now)
    with pytest.raises(errors.AlreadyPaid):
        money.remove_allowance(nadia, session.pk, row.number, at=cast.now)
    with pytest.raises(NotFound):
        money.mark_paid(nadia, session.pk, 99, at=cast.now)
    with pytest.raises(NotAllowed):
        money.mark_paid(cast.actor("bram"), session.pk, row.number, at=cast.now)
    (line,) = queries.register_of(Reading(nadia, at=cast.now), session)
    assert (line.name, line.how, line.row.paid_on) == (PAID, HOW, cast.today)
    for name in ("bram", "els", "joke"):
        assert not Allowance.objects.visible_to(cast.actor(name), on=cast.today).exists()
    free = planned(cast, allowance_cents=0)
    with pytest.raises(errors.ThereIsNoAllowance):
        money.write_allowance(
            nadia, free.pk, name=PAID, how="", form=AllowanceForm.MONEY, at=cast.now
        )


def test_no_amount_is_invented_and_one_that_was_told_has_days_and_a_source(cast: Cast) -> None:
    nadia, session = cast.actor("nadia"), planned(cast)
    assert (AmountToKnow.objects.count(), queries.amounts_for(session)) == (0, [])
    told = Amount(12_300, Per.MONTH, date(2026, 1, 1), date(2026, 12, 31), " brief, 2 maart 2026 ")
    row = money.tell_amount(nadia, session.pk, told, at=cast.now)
    money.tell_amount(nadia, session.pk, replace(told, last_day=date(2026, 12, 2)), at=cast.now)

    assert (queries.amounts_for(session), row.source) == ([row], "brief, 2 maart 2026")
    assert row.euros == 123
    for wrong in (replace(told, source=" "), replace(told, last_day=date(2025, 1, 1))):
        with pytest.raises(errors.SayWhoSaidIt):
            money.tell_amount(nadia, session.pk, wrong, at=cast.now)
    assert AmountToKnow.objects.visible_to(cast.actor("bram"), on=cast.today).count() == 2
    assert not AmountToKnow.objects.visible_to(cast.actor("anouk"), on=cast.today).exists()
    cast.pilot_a.__class__.objects.filter(pk=cast.pilot_a.pk).update(
        vindplaats=None, state="proposed"
    )
    homeless = DesignSession.objects.get(pk=session.pk)
    assert queries.amounts_for(homeless) == []
    with pytest.raises(NotFound):
        money.tell_amount(nadia, session.pk, told, at=cast.now)


def test_what_is_sealed_stands_nowhere_else_and_is_forgotten_in_time(cast: Cast) -> None:
    nadia, bram, session = cast.actor("nadia"), cast.actor("bram"), planned(cast)
    named = guests.invite(
        nadia, session.pk, Invited(PARENT, contact=NAME, reach=REACH), at=cast.now
    )
    (card,) = guests.make_cards(nadia, session.pk, named.pk, at=cast.now)
    guests.answer_by_code(card.code, Told("", Answer.YES, need=NEED), at=cast.now)
    guests.write_down(bram, session.pk, 1, Told(NAME, Answer.YES, need=NEED), at=cast.now)
    money.write_allowance(
        nadia, session.pk, name=PAID, how=HOW, form=AllowanceForm.MONEY, at=cast.now
    )

    dumped = everything_stored()
    assert b"Wijkcentrum De Poort" in dumped, "the dump reads what is in clear"
    for secret in (NAME, NEED, REACH, PAID, HOW, card.code):
        assert secret.encode() not in dumped
    assert session.folder.ref != session.pay_folder.ref
    assert {row.folder_id for row in Allowance.objects.all()} == {session.pay_folder_id}
    to_people = {field.related_model for field in Allowance._meta.get_fields() if field.is_relation}
    assert not to_people & {Attendance, SessionInvitation, Need}

    def kept(after: timedelta) -> tuple[int, int, int, int]:
        now = EVENING + after
        for session_id in forgetting.with_something_over(at=now):
            forgetting.forget(session_id, at=now)
        names = Attendance.objects.exclude(name=None).count()
        reached = SessionInvitation.objects.exclude(contact=None).count()
        return Need.objects.count(), names, reached, Allowance.objects.count()

    assert kept(timedelta(days=6)) == (1, 1, 1, 1)
    with clock.fixed(EVENING + timedelta(days=7)):
        assert (tasks.forget_what_is_over.call(), tasks.forget_what_is_over.call()) == (1, 0)
    assert kept(timedelta(days=7)) == (0, 1, 1, 1)
    assert kept(timedelta(days=365)) == (0, 0, 0, 0)
    assert forgetting.with_something_over(at=EVENING + timedelta(days=400)) == []
    forgetting.forget(0, at=EVENING + timedelta(days=400))
    assert Attendance.objects.get().answer == Answer.YES
    lines = Line.objects.filter(folder=session.pay_folder).values_list("deed", flat=True)
    assert list(lines.order_by("number")) == ["made", "removed"]


def everything_stored() -> bytes:
    """Return all rows of all tables of this room and of the ledger, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("design_", "access_line", "people_", "programme_")):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
                found += [value for row in cursor.fetchall() for value in row]
    return b"\0".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in found
    )


def test_the_ready_agendas_can_be_run_by_a_newcomer() -> None:
    for step in Step:
        agenda = ready(step)
        assert 90 <= sum(piece.minutes for piece in agenda.pieces) <= 120, step
        assert agenda.pieces[0].title == "Welkom", step
        assert agenda.pieces[-1].title == "Afsluiten", step
        assert len(agenda.before) >= 4, step
        for piece in agenda.pieces:
            assert piece.script.startswith(("Doe:", "Zeg", "Vraag", "Lees", "Spreek")), piece.title


ORDERS = st.lists(
    st.builds(Piece, st.text(min_size=1, max_size=5), st.integers(1, 240)), max_size=8
)


@given(ORDERS, st.integers(-2, 10))
def test_moving_keeps_every_part_and_removing_takes_one(pieces: list[Piece], number: int) -> None:
    moved, less = rules.moved_up(pieces, number), rules.without(pieces, number)
    more = rules.replaced(pieces, number, Piece("nieuw", 5))

    assert sorted(map(repr, moved)) == sorted(map(repr, pieces))
    assert len(less) == len(pieces) - (1 <= number <= len(pieces))
    assert len(more) == len(pieces) + (not 1 <= number <= len(pieces))
    assert Piece("nieuw", 5) in more
    planned_for = rules.slots(EVENING, (piece.minutes for piece in pieces))
    ends = [EVENING, *(slot.ends_at for slot in planned_for)]
    assert [slot.begins_at for slot in planned_for] == ends[:-1]
    assert ends[-1] == rules.ends_at(EVENING, (piece.minutes for piece in pieces))


@given(st.text(max_size=120))
@example("é" * 120)  # two bytes a letter: a line is broken within no letter
def test_a_calendar_file_says_one_event_whatever_the_title(title: str) -> None:
    text = calendar_file(
        DesignSession().ref,
        title=title,
        place="De Poort, zaal 2",
        starts_at=EVENING,
        ends_at=EVENING + timedelta(hours=2),
        at=EVENING,
    )

    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")
    assert len(whole) == 13
    assert whole[6:8] == ["DTSTART:20261203T183000Z", "DTEND:20261203T203000Z"]
    assert whole[9] == "LOCATION:De Poort\\, zaal 2"
