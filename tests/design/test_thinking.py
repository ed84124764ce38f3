"""What who thinks along said: into the thread with one tap, back to that person, in the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.design import notes_in_thread, thinking
from smartstart.design import operations_boards as leading
from smartstart.design.mirror import mirror_in
from smartstart.design.mirror_rules import DEEDS, LEAST_SHOWN, mirror
from smartstart.design.models import BoardGuest, BoardNote, GuestSaid, NoteText
from smartstart.design.queries_thinking import guest_story, guests_page, news_for
from smartstart.design.roles import ParticipantRole
from smartstart.thread.kinds import Kind, State
from smartstart.thread.models import Borrowed, HeardBack, Knot
from smartstart.thread.queries import thread_of
from smartstart.voices.refusals import CardDoesNotOpen, StoryWasTakenBack, WordIsTooShort
from tests.cast import Cast
from tests.design.test_boards import Phone, made

TABLES = st.dictionaries(
    st.sampled_from(["inleven", "ideeen", "testen"]),
    st.dictionaries(
        st.sampled_from(["parent", "young_person", "professional", "representative"]),
        st.fixed_dictionaries({deed: st.integers(0, 12) for deed in DEEDS}),
        max_size=4,
    ),
    max_size=3,
)


@given(TABLES)
def test_no_small_number_is_in_a_mirror_or_can_be_subtracted_back(
    steps: Mapping[str, Mapping[str, Mapping[str, int]]],
) -> None:
    found = mirror(steps)

    rows = [*found.whole, *(row for each in found.steps.values() for row in each)]
    assert all(n == 0 or n >= LEAST_SHOWN for row in rows for n in row.counts.values() if n)
    roles = {role for table in steps.values() for role in table if any(table[role].values())}
    assert sorted(role for row in found.whole for role in row.roles) == sorted(roles)
    for row in found.whole:
        for deed, n in row.counts.items():
            parts = [one.counts[deed] for each in found.steps.values() for one in each
                     if one.roles == row.roles]  # fmt: skip
            assert (n is None) or (None not in parts and sum(filter(None, parts)) == n)


def at_own_page(guest: UUID) -> Actor:
    return Actor(role=Role.INTERVIEWEE, within=guest, person=guest, assurance=2)


@pytest.mark.django_db
def test_a_note_becomes_an_insight_and_its_writer_hears_corrects_and_takes_it_back(
    cast: Cast,
) -> None:
    board, nadia, now = made(cast), cast.actor("nadia"), cast.now
    one, two = Phone(board, cast), Phone(board, cast, ParticipantRole.PROFESSIONAL)
    mine, other = one.write("Oma mag mee"), two.write("Een folder")

    def reading(who: Actor) -> Reading:
        return Reading(who, at=now)

    with pytest.raises(NotFound):
        notes_in_thread.into_thread(nadia, mine, Kind.INSIGHT, at=now)
    leading.turn(cast.actor("bram"), board.pk, "reveal", on=True, at=now)
    insight = notes_in_thread.into_thread(nadia, mine, Kind.INSIGHT, at=now)
    assert notes_in_thread.into_thread(nadia, mine, Kind.INSIGHT, at=now) == insight
    idea = notes_in_thread.into_thread(nadia, mine, Kind.IDEA, at=now)
    notes_in_thread.into_thread(nadia, other, Kind.IDEA, at=now)
    with pytest.raises(NotFound):
        notes_in_thread.into_thread(cast.actor("joke"), mine, Kind.IDEA, at=now)
    view = thread_of(reading(nadia), board.session.pilot_id)
    note = next(knot for knot in view.knots if knot.words.words == "Oma mag mee")
    assert (note.kind, note.words.by) == (Kind.NOTE, f"ouder, {board.session.title}") or (
        note.words.by.startswith("parent")
    )
    assert view.knot(insight.knot.ref).words.title == "Oma mag mee"
    assert insight.title == ""

    guest = BoardGuest.objects.get(number=1)
    with pytest.raises(WordIsTooShort):
        thinking.make_guest_card(nadia, guest.ref, word="x", at=now)
    with pytest.raises(NotFound):
        thinking.make_guest_card(cast.actor("joke"), guest.ref, word="regenjas", at=now)
    codes = thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)
    assert news_for([guest.ref]) == {guest.ref: {insight.knot.ref, idea.knot.ref}}
    with pytest.raises(CardDoesNotOpen):
        thinking.open_guest(codes.typed, "anders", at=now)
    for code in (codes.typed, codes.picture):
        assert thinking.open_guest(code, "Regenjas ", at=now) == guest.ref
    assert (HeardBack.objects.count(), news_for([guest.ref])) == (1, {})

    me = at_own_page(guest.ref)
    story = guest_story(reading(me))
    assert [(note.words, note.question) for note in story.notes] == [
        ("Oma mag mee", "Hoe dan wel?")
    ]
    assert [fed.kind for fed in story.led_to] == [Kind.INSIGHT, Kind.IDEA]
    thinking.correct_note(me, mine, words="Een oma mag mee", at=now)
    assert [note.words for note in guest_story(reading(me)).notes] == ["Een oma mag mee"]
    assert one.reads() == [["Een oma mag mee"], ["Een folder"]] == two.reads()
    assert NoteText.objects.exclude(words=None).count() == 2, "the old words are gone"
    with pytest.raises(NotFound):
        thinking.correct_note(me, other, words="Iets anders", at=now)
    thinking.choose_mail(me, address="wie@example.org", at=now)
    assert guest_story(reading(me)).gets_mail
    said = thinking.say_back(me, words="Mooi zo.", at=now)
    page = guests_page(reading(nadia), board.session.pilot_id)
    [(_title, _day, lines)] = page.sessions
    assert [
        (line.notes, line.has_card, [said[2] for said in line.said_back]) for line in lines
    ] == [
        (1, True, ["Mooi zo."]),
        (1, False, []),
    ]
    assert (page.count.people, page.count.heard) == (2, 1)
    assert thinking.mark_read(nadia, [said.ref], at=now) == 1

    for _twice in range(2):
        thinking.take_all_back(me, at=now)
    assert guest_story(reading(me)).is_withdrawn
    assert [knot.state for knot in Knot.objects.filter(source=guest.ref)] == [State.WITHDRAWN]
    weak = Knot.objects.filter(pk__in=[insight.knot_id, idea.knot_id])
    assert {knot.state for knot in weak} == {State.WEAKENED}
    view = thread_of(reading(nadia), board.session.pilot_id)
    assert "oma" not in str(view).lower()
    assert [words for words in two.reads() if words] == [["Een folder"]]
    assert "oma" not in str(one.reads())
    gone = BoardNote.objects.get(ref=mine)
    assert not gone.texts.exclude(words=None).exists()
    assert (GuestSaid.objects.count(), HeardBack.objects.count(), Borrowed.objects.count()) == (
        0, 0, 1,
    )  # fmt: skip
    with pytest.raises(StoryWasTakenBack):
        thinking.say_back(me, words="Toch nog iets.", at=now)
    with pytest.raises(StoryWasTakenBack):
        thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)
    with pytest.raises(NotFound):
        guest_story(reading(at_own_page(board.ref)))


@pytest.mark.django_db
def test_what_is_taken_off_the_board_is_withdrawn_from_the_thread(cast: Cast) -> None:
    board, nadia, bram, now = (
        made(cast, "empathy"),
        cast.actor("nadia"),
        cast.actor("bram"),
        cast.now,
    )
    phone = Phone(board, cast)
    notes = [phone.write(words, column="says") for words in ("Oma mag mee", "Bel Piet thuis")]
    made_of = [notes_in_thread.into_thread(nadia, ref, Kind.INSIGHT, at=now).knot for ref in notes]

    phone.send("remove", notes[0])
    leading.hide_note(bram, board.pk, notes[1], hidden=True, at=now)

    for knot in made_of:
        knot.refresh_from_db()
    assert [knot.state for knot in made_of] == [State.WEAKENED, State.WEAKENED]
    view = str(thread_of(Reading(nadia, at=now), board.session.pilot_id))
    assert ("Oma" in view, "Piet" in view) == (False, False)
    phone.send("restore", notes[0])
    again = notes_in_thread.into_thread(nadia, notes[0], Kind.INSIGHT, at=now)
    assert again.knot != made_of[0], "what was withdrawn never stands again"


@pytest.mark.django_db
def test_the_mirror_counts_who_came_spoke_and_voted_by_role(cast: Cast) -> None:
    board, nadia, now = made(cast, "dots"), cast.actor("nadia"), cast.now
    parents = [Phone(board, cast) for _ in range(6)]
    notes = [phone.write(f"idee {number}") for number, phone in enumerate(parents[:5])]
    Phone(board, cast, ParticipantRole.PROFESSIONAL).write("folder")
    for phone in parents:
        phone.send("vote", notes[0], "1")
    thinking.aim_at(nadia, board.session.pilot_id, role=ParticipantRole.PARENT, people=9, at=now)
    _pilot, found = mirror_in(Reading(nadia, at=now), board.session.pilot_id)
    [line] = found.whole
    assert len(line.roles) == 2, "one professional alone is not shown"
    assert (line.spoke, line.voted, line.invited, line.came) == (6, 6, 0, 0)
    assert line.wanted == 100
    with pytest.raises(NotFound):
        mirror_in(Reading(cast.actor("joke"), at=now), board.session.pilot_id)
