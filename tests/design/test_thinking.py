"""What who thinks along said: into the thread with one tap, back to that person, in the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import notes_in_thread, thinking
from smartstart.design import operations_boards as leading
from smartstart.design.errors_boards import BoardIsClosed
from smartstart.design.mirror import mirror_in, took_part_in
from smartstart.design.mirror_rules import DEEDS, LEAST_SHOWN, mirror
from smartstart.design.models import BoardGuest, BoardNote, GuestSaid, NoteText
from smartstart.design.notes_in_thread import NoteWords
from smartstart.design.queries_thinking import (
    guest_by_token,
    guest_story,
    guests_page,
    has_newer_card,
    is_guest,
    news_for,
)
from smartstart.design.roles import ParticipantRole
from smartstart.thread.cards import Codes
from smartstart.thread.kinds import Kind, State
from smartstart.thread.models import Borrowed, HeardBack, Knot, Thing
from smartstart.thread.queries import ThreadView, thread_of
from smartstart.thread.queries_heard import HeardCount
from smartstart.voices.refusals import (
    CardDoesNotOpen,
    CardIsClosedForAWhile,
    StoryWasTakenBack,
    WordIsTooShort,
    WriteSomething,
)
from tests.cast import Cast
from tests.design.test_boards import Phone, made, page

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
    if any(row.counts["came"] is None for row in found.whole):
        assert all(row.share is None for row in found.whole), "a part tells how many came in all"


def at_own_page(guest: UUID) -> Actor:
    return Actor(role=Role.INTERVIEWEE, within=guest, person=guest, assurance=2)


class Evening:
    """A revealed board with a note of a parent, in the thread twice, and one of a professional."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now, self.nadia = cast, cast.now, cast.actor("nadia")
        self.board = made(cast)
        self.one = Phone(self.board, cast)
        self.two = Phone(self.board, cast, ParticipantRole.PROFESSIONAL)
        self.mine, self.other = self.one.write("Oma mag mee"), self.two.write("Een folder")
        with pytest.raises(NotFound):
            self.up(self.mine, Kind.INSIGHT)
        leading.turn(cast.actor("bram"), self.board.pk, "reveal", on=True, at=self.now)
        self.insight = self.up(self.mine, Kind.INSIGHT)
        self.idea = self.up(self.mine, Kind.IDEA)
        self.guest = BoardGuest.objects.get(number=1)
        self.me = at_own_page(self.guest.ref)

    def up(self, note: UUID, kind: Kind) -> Thing:
        return notes_in_thread.into_thread(self.nadia, note, kind, at=self.now)

    def card(self, word: str = "regenjas", *, by: str = "nadia") -> Codes:
        actor = self.cast.actor(by)
        return thinking.make_guest_card(actor, self.guest.ref, word=word, at=self.now)

    def reading(self, who: Actor | None = None) -> Reading:
        return Reading(who or self.me, at=self.now)

    def thread(self) -> ThreadView:
        return thread_of(self.reading(self.nadia), self.board.session.pilot_id)


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return Evening(cast)


@pytest.mark.django_db
def test_a_note_becomes_an_insight_in_words_that_stay_where_they_are_sealed(
    evening: Evening, cast: Cast
) -> None:
    assert evening.up(evening.mine, Kind.INSIGHT) == evening.insight
    evening.up(evening.other, Kind.IDEA)
    with pytest.raises(NotFound):
        notes_in_thread.into_thread(cast.actor("joke"), evening.mine, Kind.IDEA, at=evening.now)
    view = evening.thread()
    note = next(knot for knot in view.knots if knot.words.words == "Oma mag mee")
    assert note.kind is Kind.NOTE
    assert evening.board.session.title in note.words.by
    assert view.knot(evening.insight.knot.ref).words.title == "Oma mag mee"
    assert evening.insight.title == ""


@pytest.mark.django_db
def test_a_card_and_a_word_open_the_page_and_who_comes_in_heard_back(evening: Evening) -> None:
    guest, now = evening.guest.ref, evening.now
    with pytest.raises(WordIsTooShort):
        evening.card("x")
    with pytest.raises(NotFound):
        evening.card(by="joke")
    codes = evening.card()
    assert news_for([guest]) == {guest: {evening.insight.knot.ref, evening.idea.knot.ref}}
    with pytest.raises(CardDoesNotOpen):
        thinking.open_guest(codes.typed, "anders", at=now)
    for code in (codes.typed, codes.picture):
        assert thinking.open_guest(code, "Regenjas ", at=now) == guest
    assert (HeardBack.objects.count(), news_for([guest])) == (1, {})
    [(_title, _day, lines)] = guests_page(
        evening.reading(evening.nadia), evening.board.session.pilot_id
    ).sessions
    assert [(line.notes, line.has_card, line.news) for line in lines] == [
        (1, True, 0),
        (1, False, 0),
    ]
    with pytest.raises(NotFound):
        guest_story(evening.reading(at_own_page(evening.board.ref)))


@pytest.mark.django_db
def test_who_thought_along_reads_corrects_answers_and_gets_mail(evening: Evening) -> None:
    evening.card()
    me, now = evening.me, evening.now
    story = guest_story(evening.reading())
    assert [(note.words, note.question) for note in story.notes] == [
        ("Oma mag mee", "Hoe dan wel?")
    ]
    assert [fed.kind for fed in story.led_to] == [Kind.INSIGHT, Kind.IDEA]

    thinking.correct_note(me, evening.mine, words="Een oma mag mee", at=now)
    assert [note.words for note in guest_story(evening.reading()).notes] == ["Een oma mag mee"]
    assert evening.two.reads() == [["Een oma mag mee"], ["Een folder"]]
    assert NoteText.objects.exclude(words=None).count() == 2, "the old words are gone"
    with pytest.raises(NotFound):
        thinking.correct_note(me, evening.other, words="Iets anders", at=now)

    thinking.choose_mail(me, address="wie@example.org", at=now)
    assert guest_story(evening.reading()).gets_mail
    said = thinking.say_back(me, words="Mooi zo.", at=now)
    page = guests_page(evening.reading(evening.nadia), evening.board.session.pilot_id)
    assert [said[2] for said in page.sessions[0][2][0].said_back] == ["Mooi zo."]
    assert (page.count.people, page.count.heard) == (2, 0)
    board = made(evening.cast)
    Phone(board, evening.cast)
    other = BoardGuest.objects.get(session=board.session)
    thinking.make_guest_card(evening.nadia, other.ref, word="laarzen", at=now)
    also = thinking.say_back(at_own_page(other.ref), words="Dank.", at=now)
    assert thinking.mark_read(evening.nadia, [said.ref, also.ref], at=now) == 2
    assert thinking.mark_read(evening.nadia, [said.ref], at=now) == 0
    for row in (said, also):
        lines = [bytes(line.body) for line in Line.objects.filter(folder=row.folder)]
        assert [row.ref.hex.encode() in body for body in lines if b'"read"' in body] == [True]


@pytest.mark.django_db
def test_who_takes_all_back_leaves_no_word_and_weakens_what_rested_on_it(
    evening: Evening,
) -> None:
    codes = evening.card()
    evening.up(evening.other, Kind.IDEA)
    thinking.open_guest(codes.typed, "regenjas", at=evening.now)
    thinking.say_back(evening.me, words="Mooi zo.", at=evening.now)

    for _twice in range(2):
        thinking.take_all_back(evening.me, at=evening.now)

    assert guest_story(evening.reading()).is_withdrawn
    assert guest_story(evening.reading()).withdrawn_on == evening.cast.today
    thinking.open_guest(codes.typed, "regenjas", at=evening.now)
    assert not HeardBack.objects.exists(), "who took it back hears nothing more, and may look"
    assert NoteWords().for_public([evening.insight.knot_id], on=evening.cast.today) == {}
    mine = Knot.objects.filter(source=evening.guest.ref)
    assert [knot.state for knot in mine] == [State.WITHDRAWN]
    weak = Knot.objects.filter(pk__in=[evening.insight.knot_id, evening.idea.knot_id])
    assert {knot.state for knot in weak} == {State.WEAKENED}
    everywhere = f"{evening.thread()} {evening.one.hears()} {evening.two.reads()}".lower()
    assert ("oma" in everywhere, "een folder" in everywhere) == (False, True)
    gone = BoardNote.objects.get(ref=evening.mine)
    assert not gone.texts.exclude(words=None).exists()
    left = (GuestSaid.objects.count(), HeardBack.objects.count(), Borrowed.objects.count())
    assert left == (0, 0, 1)
    with pytest.raises(StoryWasTakenBack):
        thinking.say_back(evening.me, words="Toch nog iets.", at=evening.now)
    with pytest.raises(StoryWasTakenBack):
        evening.card()


@pytest.mark.django_db
def test_words_in_a_note_of_somebody_else_are_taken_back_too_and_none_come_after(
    cast: Cast,
) -> None:
    board, nadia, now = made(cast, "canvas"), cast.actor("nadia"), cast.now
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Een huiskamer", column="name")
    (seen,) = NoteText.objects.values_list("number", flat=True)
    two.send("write", note, "Bij Fatma thuis", base=(seen,))
    made_of = notes_in_thread.into_thread(nadia, note, Kind.IDEA, at=now).knot
    guest = BoardGuest.objects.get(number=2)
    thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)

    thinking.take_all_back(at_own_page(guest.ref), at=now)

    assert [row.words is None for row in NoteText.objects.order_by("number")] == [False, True]
    made_of.refresh_from_db()
    assert made_of.state == State.WEAKENED, "it rested on words that are gone"
    told = {"mine": True, "gone": "", "texts": [], "earlier": "Een huiskamer", "column": "name"}
    assert one.hears()["notes"] == [told | {"note": str(note), "into": "", "group": False}]
    assert (page(cast, board).cards, two.hears()["over"]) == ([], True)
    with pytest.raises(BoardIsClosed):
        two.write("Toch nog iets", column="name")
    three = Phone(board, cast)
    assert three.hears()["notes"] == [{"note": str(note), "mine": False, "gone": "removed"}]


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

    before = took_part_in(board.session.pilot_id, on=cast.today)
    assert (before.mirror.is_empty, before.mirror.sessions, before.mirror.until) == (True, 0, None)
    session = board.session
    session.state, session.opened_at, session.done_at = "done", now, now
    session.save()
    one = BoardGuest.objects.get(pk=parents[0].guest)
    HeardBack.objects.create(
        pilot_id=session.pilot_id, source=one.ref, how="page", steps=[], heard_at=now
    )
    after = took_part_in(session.pilot_id, on=cast.today)
    assert after.mirror.whole == found.whole
    assert (after.mirror.sessions, after.mirror.until) == (1, day_of(session.starts_at))
    assert after.mirror.guests == HeardCount(6, 1)
    assert after.mark != before.mark


@pytest.mark.django_db
def test_who_takes_all_back_is_not_told_by_two_looks_at_the_mirror(cast: Cast) -> None:
    board, nadia, now = made(cast), cast.actor("nadia"), cast.now
    for number in range(7):
        Phone(board, cast).write(f"idee {number}")
    session = board.session
    session.state, session.opened_at, session.done_at = "done", now, now
    session.save()
    before = took_part_in(session.pilot_id, on=cast.today).mirror
    guest = BoardGuest.objects.get(number=1)
    thinking.make_guest_card(nadia, guest.ref, word="regenjas", at=now)

    thinking.take_all_back(at_own_page(guest.ref), at=now)

    after = took_part_in(session.pilot_id, on=cast.today).mirror
    assert [line.spoke for line in before.whole] == [7]
    assert (after.whole, after.steps) == (before.whole, before.steps)


@pytest.mark.django_db
def test_a_card_closes_after_wrong_words_and_a_phone_finds_only_itself(evening: Evening) -> None:
    ref, now = uuid4(), evening.now

    def card() -> Codes:
        return thinking.make_guest_card(
            evening.nadia, evening.guest.ref, word="regenjas", at=now, ref=ref
        )

    codes = card()
    assert card() == codes
    assert is_guest(evening.me)
    assert not is_guest(evening.nadia)
    assert guest_by_token(evening.board.ref, evening.one.token) == evening.guest
    for token in ("", "niets"):
        with pytest.raises(NotFound):
            guest_by_token(evening.board.ref, token)
    assert not has_newer_card(evening.guest.ref, than=now)
    for _try in range(5):
        with pytest.raises(CardDoesNotOpen):
            thinking.open_guest(codes.typed, "anders", at=now)
    with pytest.raises(CardIsClosedForAWhile):
        thinking.open_guest(codes.typed, "regenjas", at=now)

    said = uuid4()
    first = thinking.say_back(evening.me, words="Mooi.", at=now, ref=said)
    assert thinking.say_back(evening.me, words="Mooi.", at=now, ref=said) == first
    with pytest.raises(WriteSomething):
        thinking.say_back(evening.me, words=" ", at=now)
    for stranger in (evening.nadia, at_own_page(ref)):
        with pytest.raises(NotFound):
            thinking.say_back(stranger, words="Mooi.", at=now)
    with pytest.raises(NotFound):
        guest_story(evening.reading(evening.nadia))
    with pytest.raises(NotFound):
        guests_page(evening.reading(evening.cast.actor("els")), evening.board.session.pilot_id)
    thinking.choose_mail(evening.me, address="wie@example.org", at=now)
    thinking.choose_mail(evening.me, address="", at=now)
    assert not guest_story(evening.reading()).gets_mail
    assert [words for _when, words, _read in guest_story(evening.reading()).said_back] == ["Mooi."]
