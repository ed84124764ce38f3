"""Boards: what phones write is stored once, nobody sees what is covered, and votes point at nobody.

Nadia leads the pilot, Bram the session.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.access import ledger
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound, Refusal, RulesChanged
from smartstart.design import boards_rules as rules
from smartstart.design import errors_boards as errors
from smartstart.design import operations_boards as leading
from smartstart.design import operations_boards_phone as phones
from smartstart.design import operations_boards_showing as showing
from smartstart.design import queries_boards as queries
from smartstart.design.boards_kinds import KINDS
from smartstart.design.boards_rules import VoteLine
from smartstart.design.models.boards import Board, BoardKind, BoardNote, BoardStep, NoteText
from smartstart.design.operations_boards_phone import Step
from smartstart.design.roles import ParticipantRole
from tests.cast import Cast
from tests.design.test_sessions import planned

PARENT = ParticipantRole.PARENT


class Phone:
    """A phone that sends steps and keeps what it heard."""

    def __init__(self, board: Board, cast: Cast, role: ParticipantRole = PARENT) -> None:
        self.board, self.at, self.client, self.counter = board, cast.now, uuid4(), 0
        _board, self.token = phones.join(board.code, role, at=cast.now)
        found = showing.enter(board.ref, self.token)
        assert found is not None
        self.guest = found[1]

    def send(self, field: str, note: UUID, value: str = "", **more: object) -> int:
        self.counter += 1
        step = Step(self.client, self.counter, field, note, value, **more)  # type: ignore[arg-type]
        return phones.take(self.board.ref, self.token, step, at=self.at)

    def write(self, words: str, **more: object) -> UUID:
        note = uuid4()
        self.send("write", note, words, **more)
        return note

    def hears(self, since: int = 0) -> dict[str, object]:
        found = showing.changes(self.board.pk, since=since)
        assert found is not None
        return found.for_guest(self.guest, since=since)

    def reads(self) -> list[list[str]]:
        notes: list[dict[str, list[list[str]]]] = self.hears()["notes"]  # type: ignore[assignment]
        return [[words for _number, words in note.get("texts", [])] for note in notes]


def made(cast: Cast, kind: str = "brainstorm") -> Board:
    session = planned(cast)
    return leading.make_board(
        cast.actor("bram"), session.pk, BoardKind(kind), "Hoe dan wel?", at=cast.now
    )


def told(seen: queries.BoardPage) -> list[str]:
    return [str(dots) for card in seen.cards for _words, dots in card.votes]


def page(cast: Cast, board: Board, name: str = "bram") -> queries.BoardPage:
    return queries.board_page(Reading(cast.actor(name), at=cast.now), board.pk)


def test_a_step_is_stored_once_and_a_covered_note_reaches_no_other_phone(cast: Cast) -> None:
    board, bram = made(cast), cast.actor("bram")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Oma mag mee")
    again = Step(one.client, one.counter, "write", note, "Oma mag mee")

    first = phones.take(board.ref, one.token, again, at=cast.now)

    assert (NoteText.objects.count(), BoardStep.objects.count()) == (1, 1)
    assert first == BoardStep.objects.get().number
    heard = json.dumps([two.hears(), two.hears(since=first - 1)])
    assert "Oma" not in heard
    assert str(note) not in heard
    assert one.reads() == [["Oma mag mee"]]
    assert page(cast, board).is_covered

    leading.turn(bram, board.pk, "reveal", on=True, at=cast.now)
    assert two.reads() == [["Oma mag mee"]]
    leading.turn(bram, board.pk, "reveal", on=False, at=cast.now)
    assert two.reads() == []


def test_a_note_written_after_covering_reaches_no_phone_that_is_being_told(cast: Cast) -> None:
    board, bram = made(cast), cast.actor("bram")
    one, two = Phone(board, cast), Phone(board, cast)
    first = one.write("Oma mag mee")
    leading.turn(bram, board.pk, "reveal", on=True, at=cast.now)
    late: list[UUID] = []

    def meanwhile(execute: Any, sql: str, *told: Any) -> Any:
        if "design_boardnote" in sql and not late:
            late.append(uuid4())
            leading.turn(bram, board.pk, "reveal", on=False, at=cast.now)
            one.send("write", late[0], "Nog afgedekt")
        return execute(sql, *told)

    with connection.execute_wrapper(meanwhile):
        assert two.reads() == [["Oma mag mee"]]
    assert [bool(late), two.reads(), len(one.reads())] == [True, [], 2]
    assert first != late[0]


def test_what_was_asked_before_a_change_is_shown_as_it_was_or_asked_again(cast: Cast) -> None:
    board, bram = made(cast), cast.actor("bram")
    seen, listed = page(cast, board), Reading(bram, at=cast.now)
    leading.type_note(bram, board.pk, uuid4(), "Van papier", column="", at=cast.now)
    assert queries.deeds_of(seen) == []
    queries.boards_of(listed, board.session_id)
    pilot = board.session.pilot.folder_id
    ledger.note(bram, ledger.Deed.CHANGED, folders=[pilot], at=cast.now, rules_changed=[pilot])
    with pytest.raises(RulesChanged):
        listed.settle()


def test_a_note_from_paper_that_does_not_fit_comes_back_with_its_words(
    cast: Cast, enter: Callable[[str], Client]
) -> None:
    board, bram = made(cast, "canvas"), enter("bram")
    for words, column in (("a" * 1_001, "name"), ("Een huiskamer", "nergens")):
        answer = bram.post(f"/boards/{board.pk}/paper/", {"words": words, "column": column})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not NoteText.objects.exists()
    told = {"words": "Een huiskamer", "column": "name"}
    assert bram.post(f"/boards/{board.pk}/paper/", told).status_code == 302
    assert [card.texts for card in page(cast, board).cards] == [("Een huiskamer",)]


def test_texts_that_clash_both_stand_until_somebody_saw_both(cast: Cast) -> None:
    board = made(cast, "canvas")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Eerst", column="name")
    (seen,) = NoteText.objects.values_list("number", flat=True)

    left = one.send("write", note, "Links", column="name", base=(seen,))
    right = two.send("write", note, "Rechts", column="name", base=(seen,))
    assert (one.reads(), two.reads()) == ([["Links", "Rechts"]],) * 2
    assert [card.texts for card in page(cast, board).cards] == [("Links", "Rechts")]

    two.send("write", note, "Samen", column="name", base=(left, right))
    assert one.reads() == [["Samen"]]
    assert NoteText.objects.count() == 4  # nothing that was typed is gone


def test_a_note_moves_to_another_place_by_who_may_write_in_it(cast: Cast) -> None:
    board, shared = made(cast, "empathy"), made(cast, "canvas")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Weer hetzelfde vertellen", column="says")
    one.send("place", note, "feels")
    for phone, place in ((two, "does"), (one, "op")):
        with pytest.raises(errors.NoteDoesNotFit):
            phone.send("place", note, place)
    told = two.hears()["notes"]
    assert [(n["column"], n["texts"][0][1]) for n in told] == [  # type: ignore[attr-defined]
        ("feels", "Weer hetzelfde vertellen")
    ]
    ours = Phone(shared, cast).write("Een huiskamer", column="name")
    Phone(shared, cast).send("place", ours, "how")
    standing = {column.slug: len(column.cards) for column in page(cast, shared).columns}
    assert standing == {"name": 0, "whom": 0, "how": 1, "who": 0, "test": 0}


def test_words_for_a_note_that_is_gone_stay_on_the_phone_that_wrote_them(cast: Cast) -> None:
    board = made(cast, "canvas")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Een huiskamer", column="name")
    one.send("remove", note)
    with pytest.raises(errors.NoteDoesNotFit):
        two.send("write", note, "Met een keuken erbij")
    assert one.send("write", note, "Een woonkamer")
    assert NoteText.objects.count() == 2


def test_what_was_taken_away_leaves_a_trace_that_its_writer_sees(cast: Cast) -> None:
    board, bram = made(cast, "dots"), cast.actor("bram")
    one, two = Phone(board, cast), Phone(board, cast)
    rude, sorry = one.write("Meester Kees is stom"), one.write("Weg ermee")
    one.send("remove", sorry)
    leading.hide_note(bram, board.pk, rude, hidden=True, at=cast.now)

    mine = {n["note"]: (n["gone"], bool(n.get("texts"))) for n in one.hears()["notes"]}  # type: ignore[attr-defined]
    theirs = {n["note"]: (n["gone"], "texts" in n) for n in two.hears()["notes"]}  # type: ignore[attr-defined]
    assert mine == {str(rude): ("hidden", True), str(sorry): ("removed", True)}
    assert theirs == {str(rude): ("hidden", False), str(sorry): ("removed", False)}
    assert [card.texts for card in page(cast, board).hidden] == [("Meester Kees is stom",)]

    one.send("restore", sorry)
    leading.hide_note(bram, board.pk, rude, hidden=False, at=cast.now)
    assert sorted(two.reads()) == [["Meester Kees is stom"], ["Weg ermee"]]


def test_what_a_board_refuses_is_not_stored(cast: Cast) -> None:
    board, bram = made(cast), cast.actor("bram")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("مرحبا 👩‍👧 \u202eomgekeerd")
    assert one.reads() == [["مرحبا 👩‍👧 \u202eomgekeerd"]]
    refused: list[tuple[type[Refusal], Callable[[], object]]] = [
        (errors.NoteIsEmpty, lambda: one.write("  \n ")),
        (errors.NoteIsTooLong, lambda: one.write("a" * 10_000_000)),
        (errors.NoteDoesNotFit, lambda: one.write("x", column="nergens")),
        (errors.NoteDoesNotFit, lambda: two.send("write", note, "van mij")),
        (errors.NoteDoesNotFit, lambda: two.send("remove", note)),
        (errors.NoteDoesNotFit, lambda: one.send("vote", note, "1")),
        (errors.NoteDoesNotFit, lambda: one.send("into", note, str(note))),
        (errors.NoteDoesNotFit, lambda: one.send("group", uuid4(), "Nog afgedekt")),
        (errors.NoteDoesNotFit, lambda: one.send("drop", note)),
        (errors.NoteDoesNotFit, lambda: one.send("place", note, "")),
        (errors.BoardIsClosed, lambda: phones.take(uuid4(), one.token, _step(), at=cast.now)),
        (errors.BoardIsClosed, lambda: phones.take(board.ref, "geraden", _step(), at=cast.now)),
    ]
    for refusal, deed in refused:
        with pytest.raises(refusal):
            deed()
    for _twice in range(2):  # two facilitators lock at once
        leading.turn(bram, board.pk, "lock", on=True, at=cast.now)
    with pytest.raises(errors.BoardIsLocked):
        one.write("te laat")
    leading.turn(bram, board.pk, "lock", on=False, at=cast.now)
    leading.turn(bram, board.pk, "close", on=True, at=cast.now)
    with pytest.raises(errors.BoardIsClosed):
        one.write("nog later")
    assert (NoteText.objects.count(), BoardNote.objects.count()) == (1, 1)
    assert one.hears()["over"] is True


def test_numbers_that_no_board_ever_had_are_no_fault_of_the_house(cast: Cast) -> None:
    board = made(cast, "dots")
    one = Phone(board, cast)
    note = one.write("Oma mag mee")
    plain, path = Client(), f"/board/{board.ref}/"
    plain.cookies[settings.BOARD_COOKIE_NAME] = one.token
    for since in ("9" * 30, "9" * 5_000, "-1", "٣", "één"):
        assert len(plain.get(f"{path}news/", {"since": since}).json()["notes"]) == 1
    told = {"client": uuid4(), "counter": 1, "field": "write", "note": note, "value": "Opa ook"}
    assert plain.post(f"{path}step/", told | {"base": "9" * 30}).status_code == 302
    assert one.reads() == [["Oma mag mee", "Opa ook"]]


def _step() -> Step:
    return Step(uuid4(), 1, "write", uuid4(), "x")


def test_a_code_opens_its_board_for_one_evening_and_a_phone_stays_who_it_is(cast: Cast) -> None:
    board = made(cast)
    typed = f" {board.code[:3].lower()} {board.code[3:]}"
    _board, token = phones.join(typed, PARENT, at=cast.now)
    assert phones.join(board.code, PARENT, at=cast.now, token=token)[1] == token

    late = board.code_until + timedelta(seconds=1)
    for code, at in [("22222", cast.now), (board.code + "A", cast.now), (board.code, late)]:
        with pytest.raises(errors.BoardCodeOpensNothing):
            phones.join(code, PARENT, at=at)
    leading.confirm_guest(cast.actor("bram"), board.pk, 1, PARENT, stays=False, at=cast.now)
    assert showing.enter(board.ref, token) is None
    with pytest.raises(NotFound):
        leading.turn(cast.actor("joke"), board.pk, "close", on=True, at=cast.now)
    with pytest.raises((NotAllowed, NotFound)):
        leading.turn(cast.actor("els"), board.pk, "close", on=True, at=cast.now)


def test_a_phone_that_is_sent_away_takes_no_part_in_any_way(cast: Cast) -> None:
    board = made(cast)
    one = Phone(board, cast)
    one.write("Nog binnen")
    leading.confirm_guest(cast.actor("bram"), board.pk, 1, PARENT, stays=False, at=cast.now)

    assert one.hears() == {"number": Board.objects.get().events, "over": True}
    with pytest.raises(errors.BoardIsClosed):
        one.write("Te laat")
    plain, path = Client(), f"/board/{board.ref}/"
    plain.cookies[settings.BOARD_COOKIE_NAME] = one.token
    assert "Dit bord is dicht" in plain.get(path).content.decode()
    assert "Nog binnen" not in plain.get(path).content.decode()
    assert plain.get(f"{path}news/").status_code == 410
    again = {"client": uuid4(), "counter": 1, "field": "write", "note": uuid4(), "value": "x"}
    assert plain.post(f"{path}step/", again).status_code == 410
    # With the code it comes in as somebody else, whom who leads can see.
    _board, token = phones.join(board.code, PARENT, at=cast.now, token=one.token)
    assert token != one.token
    assert [guest.number for guest in page(cast, board).guests] == [2]
    assert NoteText.objects.count() == 1


def test_votes_are_counted_by_role_and_reach_nobody_before(cast: Cast) -> None:
    board, bram = made(cast, "dots"), cast.actor("bram")
    crowd = [Phone(board, cast) for _ in range(6)]
    crowd += [Phone(board, cast, ParticipantRole.PROFESSIONAL) for _ in range(5)]
    for number in range(1, 12):
        role = PARENT if number <= 6 else ParticipantRole.PROFESSIONAL
        leading.confirm_guest(bram, board.pk, number, role, stays=True, at=cast.now)
    notes = [crowd[0].write(f"Idee {number}") for number in range(4)]
    for phone in crowd:
        phone.send("vote", notes[0], "1")
    for ref in notes[1:3]:
        crowd[0].send("vote", ref, "1")
    with pytest.raises(errors.NoMoreVotes):
        crowd[0].send("vote", notes[3], "1")
    crowd[0].send("vote", notes[1], "0")

    # A vote on a note that is gone can be given to another: nobody can take it back there.
    crowd[0].send("vote", notes[3], "1")
    leading.hide_note(bram, board.pk, notes[3], hidden=True, at=cast.now)
    crowd[0].send("vote", notes[1], "1")
    crowd[0].send("vote", notes[1], "0")
    leading.hide_note(bram, board.pk, notes[3], hidden=False, at=cast.now)
    with_two = {str(ref): value for ref, value in zip(notes, (1, 0, 1, 0), strict=True)}
    assert crowd[0].hears()["votes"] == with_two

    before = crowd[1].hears()
    assert (before["votes"], before["tally"]) == ({str(notes[0]): 1}, None)
    leading.turn(bram, board.pk, "count", on=True, at=cast.now)
    tally = crowd[1].hears()["tally"]
    assert tally == {
        str(notes[0]): {"parent": {"1": 6}, "professional": {"1": 5}},
        str(notes[2]): {"parent": {"1": 1}},
    }
    seen = page(cast, board)
    assert (seen.voters, told(seen)[0]) == (11, "11 (ouder 6, professional 5)")


def test_a_ranked_vote_moves(cast: Cast) -> None:
    board, bram = made(cast, "ranked"), cast.actor("bram")
    one = Phone(board, cast)
    first, second = one.write("A"), one.write("B")
    one.send("vote", first, "1")
    one.send("vote", second, "1")
    assert one.hears()["votes"] == {str(first): 0, str(second): 1}
    leading.turn(bram, board.pk, "count", on=True, at=cast.now)
    assert told(page(cast, board)) == ["0", "3 (samen 3)"]


def test_roles_of_few_people_are_merged_so_that_no_subtraction_gives_them_back() -> None:
    def shown(**sizes: int) -> set[str]:
        people = [role for role, size in sizes.items() for _ in range(size)]
        return set(rules.groups(dict(enumerate(people))).values())

    assert shown(family=5, workers=5) == {"family", "workers"}
    assert shown(family=9, workers=4) == {"together"}
    assert shown(a=9, b=3, c=2) == {"a", "together"}
    assert shown(a=9, b=5, c=1) == {"a", "together"}
    assert shown(a=5, unsure=8) == {"a", "together"}
    note = uuid4()
    votes = [VoteLine(1, note, 3, 1, "a"), VoteLine(2, note, 0, 1, "a"), VoteLine(3, note, 1, 1)]
    assert rules.dots(votes, ranks=3) == {str(note): {"together": {"1": 1}}}


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d", rules.UNSURE]), st.integers(1, 12)))
@example({"a": 9, "b": 4})  # the whole minus nine gives four away
def test_every_shown_part_of_a_vote_is_of_five_or_it_is_the_whole(sizes: dict[str, int]) -> None:
    roles = dict(enumerate(role for role, size in sizes.items() for _ in range(size)))
    named = rules.groups(roles)
    parts = Counter(named.values())

    assert set(named) == set(roles)
    assert len(parts) <= 1 or all(size >= rules.LEAST_SHOWN for size in parts.values())
    assert all(sizes[group] == size for group, size in parts.items() if group != rules.TOGETHER)


def test_every_kind_of_board_is_told_and_takes_a_note(cast: Cast) -> None:
    assert set(KINDS) == {kind.value for kind in BoardKind}
    for slug, kind in KINDS.items():
        board = made(cast, slug)
        column = kind.columns[-1][0] if kind.columns else ""
        Phone(board, cast).write("Een briefje", column=column)
        leading.type_note(
            cast.actor("bram"), board.pk, uuid4(), "Van papier", column=column, at=cast.now
        )
        assert [card.texts for card in page(cast, board).cards] == [
            ("Een briefje",),
            ("Van papier",),
        ]


def test_one_phone_does_not_fill_a_board(cast: Cast) -> None:
    board = made(cast)
    phone, other = Phone(board, cast), Phone(board, cast)
    many = [
        BoardNote(
            folder=board.folder, board=board, author_id=phone.guest, changed=1, made_at=cast.now
        )
        for _ in range(rules.MOST_OF_ONE - 1)
    ]
    BoardNote.objects.bulk_create(many)
    phone.write("De laatste")

    with pytest.raises(errors.EnoughNotesOfOne):
        phone.write("Nog een")
    other.write("Van mij past er nog een")
