from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.models import Line
from smartstart.access.operations import finish_erasures
from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.jobs.mail import send_mail
from smartstart.post.errors import NotAnAddress
from smartstart.post.models import Mail, Mailbox
from smartstart.thread import cards
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind
from smartstart.thread.models import HeardBack, HowHeard
from smartstart.voices import operations_story
from smartstart.voices.models import Interview, SaidBack, StoryCard
from smartstart.voices.queries_telling import heard_in, news_for, telling_page
from smartstart.voices.refusals import (
    CardDoesNotOpen,
    CardIsClosedForAWhile,
    NothingAtHome,
    StoryWasTakenBack,
    TheDayHasPassed,
    WordIsTooShort,
    WriteSomething,
)
from smartstart.voices.states import TellBy
from tests.post.boxes import said_yes
from tests.voices.booth import Booth, nobody

pytestmark = pytest.mark.django_db


def test_a_card_is_twelve_safe_letters_and_only_hashes_are_kept(booth: Booth) -> None:
    interview = booth.agreed()
    code = operations_story.make_card(booth.nadia, interview.pk, word="Fiets", at=booth.now)
    card = StoryCard.objects.get()
    assert len(code) == 12
    assert set(code) <= set(cards.ALPHABET)
    assert not set(cards.ALPHABET) & set("aeiouly0123456789")
    assert code not in card.code_hash
    assert "iets" not in card.word_hash
    with pytest.raises(WordIsTooShort):
        operations_story.make_card(booth.nadia, interview.pk, word=" ja ", at=booth.now)


def test_a_card_opens_however_it_is_typed_and_leaves_a_line(booth: Booth) -> None:
    interview = booth.agreed()
    code = operations_story.make_card(booth.nadia, interview.pk, word="Fiets", at=booth.now)
    typed = f" {code[:4].upper()}-{code[4:8]} {code[8:]}"
    assert operations_story.open_story(typed, "fiets ", at=booth.now) == interview.ref
    line = Line.objects.filter(folder=interview.folder).order_by("number").last()
    assert line is not None
    assert line.deed == Deed.ENTERED


def test_a_new_card_makes_the_old_one_worthless(booth: Booth) -> None:
    interview = booth.agreed()
    old = operations_story.make_card(booth.nadia, interview.pk, word="fiets", at=booth.now)
    operations_story.make_card(booth.nadia, interview.pk, word="fiets", at=booth.now)
    with pytest.raises(CardDoesNotOpen):
        operations_story.open_story(old, "fiets", at=booth.now)


def test_the_same_send_of_the_form_is_the_same_card(booth: Booth) -> None:
    interview, other, send = booth.agreed(), booth.agreed(), uuid4()

    def make(interview: Interview, ref: UUID) -> str:
        return operations_story.make_card(
            booth.nadia, interview.pk, word="fiets", at=booth.now, ref=ref
        )

    first, lines = make(interview, send), Line.objects.count()
    codes = [first, make(interview, send)]

    assert first == codes[1] != make(other, send)
    assert Line.objects.count() == lines + 1
    assert operations_story.open_story(codes[1], "fiets", at=booth.now) == interview.ref
    assert make(interview, uuid4()) not in codes
    with pytest.raises(CardDoesNotOpen):
        operations_story.open_story(codes[0], "fiets", at=booth.now)


def wrong_words(code: str, *, at: datetime) -> None:
    for _ in range(cards.MOST_WRONG_WORDS):
        with pytest.raises(CardDoesNotOpen):
            operations_story.open_story(code, "auto", at=at)


def test_wrong_words_close_a_card_each_time_longer(booth: Booth) -> None:
    code = operations_story.make_card(booth.nadia, booth.agreed().pk, word="fiets", at=booth.now)
    now = booth.now
    for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440):
        wrong_words(code, at=now)
        with pytest.raises(CardIsClosedForAWhile):
            operations_story.open_story(code, "fiets", at=now + timedelta(minutes=minutes - 1))
        now += timedelta(minutes=minutes)
    assert operations_story.open_story(code, "fiets", at=now)
    wrong_words(code, at=now)
    assert operations_story.open_story(code, "fiets", at=now + timedelta(minutes=15))


def test_a_card_that_was_tried_for_years_stays_closed_a_day_each_time(booth: Booth) -> None:
    code = operations_story.make_card(booth.nadia, booth.agreed().pk, word="fiets", at=booth.now)
    StoryCard.objects.update(wrong_tries=cards.MOST_KEPT - 1)
    for days in range(3):
        at = booth.now + timedelta(days=days)
        with pytest.raises(CardDoesNotOpen):
            operations_story.open_story(code, "auto", at=at)
        with pytest.raises(CardIsClosedForAWhile):
            operations_story.open_story(code, "fiets", at=at + timedelta(hours=23))
    assert operations_story.open_story(code, "fiets", at=booth.now + timedelta(days=3))


def test_a_researcher_of_another_pilot_makes_no_card(booth: Booth) -> None:
    with pytest.raises(NotFound):
        operations_story.make_card(
            booth.cast.actor("joke"), booth.agreed().pk, word="fiets", at=booth.now
        )


def test_one_says_something_back_and_the_team_reads_it(booth: Booth) -> None:
    interview = booth.agreed()
    me = booth.teller(interview)
    with pytest.raises(WriteSomething):
        operations_story.say_back(me, words="  ", at=booth.now)
    said = operations_story.say_back(me, words="Mooi gedaan", at=booth.now)
    assert b"Mooi" not in bytes(said.words or b"")
    more = operations_story.say_back(me, words="En bedankt", at=booth.now)
    lines = Line.objects.filter(folder=interview.folder_id)
    told = lines.count()

    def read(actor: Actor, *refs: UUID) -> int:
        return operations_story.mark_read(actor, interview.pk, refs, at=booth.now)

    with pytest.raises(NotFound):
        read(booth.cast.actor("joke"), said.ref)
    with pytest.raises(NotFound):
        read(booth.bram, said.ref, nobody())
    with pytest.raises(NotAllowed):
        read(me, said.ref)
    assert SaidBack.objects.filter(read_at=None).count() == 2
    assert [read(booth.bram, said.ref, more.ref) for _ in range(2)] == [2, 0]
    assert [row.read_by for row in SaidBack.objects.all()] == [booth.bram.hat] * 2
    assert lines.count() == told + 1


def test_after_the_last_day_one_hears_what_to_do_and_nothing_is_written(booth: Booth) -> None:
    interview = booth.agreed(until=booth.cast.today)
    me, later = booth.teller(interview), booth.now + timedelta(days=1)

    with pytest.raises(TheDayHasPassed):
        operations_story.say_back(me, words="Toch nog iets", at=later)

    assert not SaidBack.objects.exists()


def test_one_chooses_how_to_hear(booth: Booth) -> None:
    interview = booth.agreed()
    assert interview.tell_by == TellBy.NOTHING
    operations_story.choose_how_to_hear(booth.teller(interview), tell_by=TellBy.POST, at=booth.now)
    assert Interview.objects.get().tell_by == TellBy.POST
    with pytest.raises(NotFound):
        operations_story.choose_how_to_hear(booth.nadia, tell_by=TellBy.PHONE, at=booth.now)


def test_one_takes_the_own_story_back_and_the_page_still_opens(booth: Booth) -> None:
    interview = booth.agreed()
    code = operations_story.make_card(booth.nadia, interview.pk, word="fiets", at=booth.now)
    me = booth.teller(interview)
    operations_story.withdraw_story(me, at=booth.now)
    assert operations_story.withdraw_story(me, at=booth.now).withdrawn == 0
    with pytest.raises(StoryWasTakenBack):
        operations_story.say_back(me, words="toch", at=booth.now)
    assert operations_story.open_story(code, "fiets", at=booth.now) == interview.ref
    with pytest.raises(NotFound):
        operations_story.withdraw_story(booth.nadia, at=booth.now)
    assert finish_erasures() == 1


def test_the_picture_holds_eighty_bits_and_opens_the_same_story(booth: Booth) -> None:
    interview = booth.agreed()
    codes = operations_story.make_codes(booth.nadia, interview.pk, word="Fiets", at=booth.now)

    assert len(cards.ALPHABET) ** len(codes.picture) > 2**80
    assert not codes.picture.startswith(codes.typed)
    assert [cards.is_of_picture(code) for code in (codes.typed, codes.picture)] == [False, True]
    for code in (codes.typed, codes.picture, codes.picture.upper()):
        assert operations_story.open_story(code, "fiets", at=booth.now) == interview.ref
    with pytest.raises(CardDoesNotOpen):
        operations_story.open_story(codes.picture[:-1], "fiets", at=booth.now)


def test_who_opens_the_page_heard_back_once_and_anew_at_each_step(booth: Booth) -> None:
    excerpt = booth.excerpt()
    mine = excerpt.interview
    other = booth.agreed()
    code = operations_story.make_card(booth.nadia, mine.pk, word="fiets", at=booth.now)

    def count() -> tuple[int, int]:
        found = heard_in(booth.pilot.pk, on=booth.cast.today)
        return found.people, found.heard

    operations_story.open_story(code, "fiets", at=booth.now)
    assert (count(), HeardBack.objects.count()) == ((2, 0), 0), "nothing came of it yet"

    def step(kind: Kind, below: UUID) -> UUID:
        made = thread.write(
            booth.nadia, booth.pilot.pk, kind, title="Iets", rests_on=[below], at=booth.now
        )
        return made.knot.ref

    insight = step(Kind.INSIGHT, excerpt.knot.ref)
    assert news_for([mine.ref, other.ref], on=booth.cast.today) == {mine.ref: {insight}}
    for _again in range(2):
        operations_story.open_story(code, "fiets", at=booth.now)
    assert (count(), HeardBack.objects.count()) == ((2, 1), 1)
    assert news_for([mine.ref], on=booth.cast.today) == {}

    idea = step(Kind.IDEA, insight)
    page = telling_page(booth.reading(), booth.pilot.pk)
    assert [(line.id, line.news, line.heard_how) for line in page.waiting] == [
        (mine.pk, 1, HowHeard.PAGE)
    ]
    assert operations_story.was_told(booth.nadia, mine.pk, how=HowHeard.SPOKEN, at=booth.now)
    assert [set(row.steps) for row in HeardBack.objects.order_by("id")] == [
        {insight.hex},
        {insight.hex, idea.hex},
    ]
    assert telling_page(booth.reading(), booth.pilot.pk).waiting == ()

    operations_story.withdraw_story(booth.teller(mine), at=booth.now)
    assert (count(), HeardBack.objects.count()) == ((1, 0), 0)


def test_a_letter_goes_only_to_who_chose_post(booth: Booth) -> None:
    interview = booth.excerpt().interview
    with pytest.raises(NothingAtHome):
        operations_story.was_told(booth.nadia, interview.pk, how=HowHeard.LETTER, at=booth.now)
    operations_story.choose_how_to_hear(booth.teller(interview), tell_by=TellBy.POST, at=booth.now)
    told = operations_story.was_told(booth.nadia, interview.pk, how=HowHeard.LETTER, at=booth.now)
    assert not told, "nothing came of it yet"
    with pytest.raises(NotFound):
        operations_story.was_told(
            booth.cast.actor("joke"), interview.pk, how=HowHeard.LETTER, at=booth.now
        )


def test_mail_tells_that_there_is_news_and_its_address_goes_with_another_choice(
    booth: Booth, django_capture_on_commit_callbacks: Any
) -> None:
    excerpt = booth.excerpt()
    mine = booth.teller(excerpt.interview)

    def choose(tell_by: TellBy, **where: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            operations_story.choose_how_to_hear(mine, tell_by=tell_by, at=booth.now, **where)

    with pytest.raises(NotAnAddress):
        choose(TellBy.MAIL, address="thuis")
    choose(TellBy.MAIL, address="anouk@example.org")
    said_yes(Mailbox.objects.get(), at=booth.now)
    tomorrow = booth.now + timedelta(days=1)
    send_mail(at=tomorrow)
    assert Mail.objects.count() == 0, "nothing came of the story yet"

    thread.write(
        booth.nadia,
        booth.pilot.pk,
        Kind.INSIGHT,
        title="Iets",
        rests_on=[excerpt.knot.ref],
        at=booth.now,
    )
    for days in (2, 3):
        send_mail(at=booth.now + timedelta(days=days))
    mail = Mail.objects.get()
    assert (mail.kind, mail.mailbox.story) == (Mail.Kind.STORY_CHANGED, excerpt.interview.ref)
    assert "anouk" not in str(Mailbox.objects.values())

    choose(TellBy.MAIL, address="anouk@example.org")
    assert Mailbox.objects.get().confirmed_at, "the same address is not asked twice"
    choose(TellBy.NOTHING)
    assert Mail.objects.count() == 0
    with pytest.raises(KeyIsGone):
        open_for_deed(Mailbox.objects.get(), "address")

    choose(TellBy.MAIL, address="anouk@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        operations_story.withdraw_story(mine, at=booth.now)
    assert not Mailbox.objects.filter(closed_at=None).exists()
