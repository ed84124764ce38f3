"""From voices to a persona, to roads side by side, and back to who told it: the team's pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from smartstart.access.actor import Actor
from smartstart.design import operations_boards as leading
from smartstart.design.models import (
    Attendance,
    BoardGuest,
    GuestRoadYes,
    GuestSaid,
    Moment,
    Persona,
    RoadYes,
    TargetGroup,
    Trait,
)
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Borrowed, HeardBack, Insight
from smartstart.voices import operations_story
from smartstart.voices.states import TellBy
from tests.cast import Cast
from tests.design.test_boards import Phone, made
from tests.design.test_sessions import planned
from tests.voices.booth import Booth
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
Enter = Callable[..., Client]


def at(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_a_persona_and_a_turning_point_from_three_voices(cast: Cast, enter: Enter) -> None:
    booth = Booth(cast)
    excerpts = [booth.excerpt() for _ in range(3)]
    knots = [str(excerpt.knot.ref) for excerpt in excerpts]
    nadia, slug = enter("nadia"), booth.pilot.slug

    assert "Nog geen persona" in words_of(nadia.get(at("findings:personas", slug)))
    nadia.post(at("findings:new_persona", slug), {"name": "Samira", "about": "Alleen met twee."})
    persona = at("findings:persona", slug, Persona.objects.get().ref)
    guess = nadia.post(persona, {"facet": "does", "words": "Loopt voorbij.", "sources": []})
    assert guess.status_code == 422
    nadia.post(persona, {"facet": "does", "words": "Loopt voorbij.", "sources": knots[:2]})
    assert "2 mensen staan erachter. Er zijn er drie nodig." in words_of(nadia.get(persona))
    nadia.post(persona, {"facet": "wants", "words": "Wil rust.", "sources": knots[2:]})
    page = nadia.get(persona)
    assert "Rust op wat 3 mensen zeiden." in words_of(page)
    assert page.content.decode().count(at("thread:knot", slug, knots[2])) == 1

    roads = at("findings:roads", slug)
    assert "Er zijn 0 wegen. We beginnen bij drie." in words_of(nadia.get(roads))
    for excerpt in excerpts:
        nadia.post(at("findings:said_road", excerpt.interview_id), {"answer": "yes"})
    moment = {"event": "school", "contact": "school", "help_given": "no_fit"}
    for knot in knots:
        piece = {"piece": f"knot:{knot}", **moment}
        added = nadia.post(at("findings:add_moment", slug), piece)
        assert added.status_code == 302, words_of(added)
    page = words_of(nadia.get(roads))
    assert "3 van de 3 mensen met contact kregen geen hulp die paste." in page
    assert "Naar de basisschool" in page

    operations_story.withdraw_story(booth.teller(excerpts[2].interview), at=booth.now)
    page = words_of(nadia.get(persona))
    assert "Wil rust." not in page
    assert "Wat hier stond, rustte op een stem die is teruggenomen." in page
    assert "2 mensen staan erachter. Er zijn er drie nodig." in page
    assert "Nog te weinig wegen" in words_of(nadia.get(roads))

    gone = Trait.objects.get(words="Wil rust.").ref
    nadia.post(at("findings:remove_trait", slug, Persona.objects.get().ref), {"trait": gone})
    nadia.post(at("findings:remove_moment", slug, Moment.objects.order_by("id")[0].ref))
    nadia.post(at("findings:said_road", excerpts[1].interview_id), {"answer": "no"})
    assert (Trait.objects.count(), Moment.objects.count()) == (1, 1)
    assert RoadYes.objects.filter(taken_back_on=None).count() == 2
    assert enter("joke").get(persona).status_code == 404


def reads_it_in_another_language(nadia: Client, letter: str, teller: Actor, booth: Booth) -> None:
    """A letter is in the language that the person chose; what nobody translated is in Dutch."""
    english = words_of(nadia.get(f"{letter}?language=en"))
    assert "What was done with your story? You spoke with us on" in english
    operations_story.choose_how_to_hear(teller, tell_by=TellBy.POST, language="tr", at=booth.now)
    page = nadia.get(letter).content.decode()
    assert '<article class="ss-card ss-letter ss-stack"\n         lang="tr"' in page
    assert "Kartındaki kodu ve kendi kelimeni yaz." in page, "each sentence, not all but two"
    assert "Druk de brief af." in page, "what the team reads stays in its own language"
    assert 'dir="rtl"' in nadia.get(f"{letter}?language=ar").content.decode()
    assert 'lang="tr"' in nadia.get(f"{letter}?language=xx").content.decode()


def test_a_voice_becomes_an_insight_with_one_tap_and_who_told_it_hears(
    cast: Cast, enter: Enter
) -> None:
    booth = Booth(cast)
    excerpt = booth.excerpt()
    interview, slug = excerpt.interview, booth.pilot.slug
    nadia = enter("nadia")
    said = "Ik ging eerst twee keer voorbij"

    telling = at("voices:telling", slug)
    assert "0 van de 1 hoorden terug" in words_of(nadia.get(telling))
    knot = at("thread:knot", slug, excerpt.knot.ref)
    assert "Maak hier iets van Een inzicht" in words_of(nadia.get(knot))
    for _twice in range(2):
        made = nadia.post(at("thread:take_up", slug, excerpt.knot.ref), {"kind": "insight"})
    insight = Insight.objects.get()
    assert made.headers["Location"] == at("thread:knot", slug, insight.knot.ref)
    assert insight.title == "", "the words stay where they are sealed"
    assert words_of(nadia.get(made.headers["Location"])).count("twee keer voorbij") > 1, said
    missed = nadia.post(at("thread:take_up", slug, excerpt.knot.ref), {"kind": "concept"})
    assert missed.status_code == 404

    teller = booth.teller(interview)
    operations_story.choose_how_to_hear(teller, tell_by=TellBy.POST, at=booth.now)
    page = words_of(nadia.get(telling))
    assert "1 nieuwe stap. Wil het met de post. Maak de brief" in page
    letter = at("voices:letter", interview.pk)
    read = nadia.get(letter)
    assert "Wat is er met jouw verhaal gedaan?" in words_of(read)
    assert "We namen het over in de woorden waarin het is gezegd." in words_of(read)
    reads_it_in_another_language(nadia, letter, teller, booth)
    nadia.post(letter)
    assert HeardBack.objects.get().how == "letter"
    assert "Niemand wacht op nieuws" in words_of(nadia.get(telling))

    nadia.post(at("thread:new", slug, Kind.IDEA.value), {"title": "Een maatje", "rests_on": []})
    nadia.post(at("voices:spoken", interview.pk))
    operations_story.make_card(booth.nadia, interview.pk, word="zonnebloem", at=booth.now)
    operations_story.choose_how_to_hear(teller, tell_by=TellBy.NOTHING, at=booth.now)
    assert nadia.get(letter).status_code == 404
    assert "Stuur niets en bel niet." in words_of(nadia.get(at("voices:card", interview.pk)))
    assert Client().get(telling).status_code == 302


def test_a_thing_gets_words_of_its_own_a_translation_and_a_test(cast: Cast, enter: Enter) -> None:
    booth = Booth(cast)
    excerpt = booth.excerpt()
    nadia, slug = enter("nadia"), booth.pilot.slug
    nadia.post(at("thread:take_up", slug, excerpt.knot.ref), {"kind": "insight"})
    insight = Insight.objects.get()

    change = at("thread:change", slug, insight.knot.ref)
    nadia.post(change, {"title": "Ouders durven niet.", "words": ""})
    assert not Borrowed.objects.exists()
    nadia.post(
        at("thread:translate", slug, insight.knot.ref),
        {"language": "pl", "title": "Rodzice nie mają odwagi."},
    )

    tried = {
        "title": "Proef",
        "who": "zes ouders",
        "changed": "De deur staat open.",
        "rests_on": [],
    }
    test = nadia.post(at("thread:new", slug, Kind.TEST.value), tried).headers["Location"]
    assert "Wie het probeerde zes ouders Wat erna veranderde De deur staat open." in words_of(
        nadia.get(test)
    )


def heads_of(me: Client, note: UUID) -> list[str]:
    """How the pages begin on which somebody answers, takes back and corrects."""
    own = at("story:thought_say"), at("story:thought_take_back"), at("story:correct", note)
    return [words_of(me.get(page))[:14] for page in own]


def is_asked_again(cast: Cast, nadia: Client, me: Client, guest: BoardGuest) -> None:
    """A next evening and a road of one's own: asked by the team, answered on the own page."""
    assert "De volgende avond" not in words_of(me.get(at("story:thought")))
    after = planned(cast)
    again = at("design:invite_again", after.pk)
    assert "Telefoon 1, ouder: Inleven, 3 december 2026" in words_of(nadia.get(again))
    nadia.post(again, {"people": [guest.ref]})
    assert "Iedereen met een eigen bladzijde is gevraagd." in words_of(nadia.get(again))
    asked = me.get(at("story:thought"))
    assert "De volgende avond Inleven donderdag 3 december 2026" in words_of(asked)
    place = Attendance.objects.get(session=after).ref
    me.post(at("story:thought_next", place), {"answer": "yes"})
    assert "Je zei: ja, ik kom." in words_of(me.get(at("story:thought")))
    agenda = me.get(at("story:thought_calendar", place))
    assert b"BEGIN:VEVENT" in agenda.content
    assert agenda.headers["Cache-Control"] == "no-store, private"
    assert me.get(at("story:thought_calendar", guest.ref)).status_code == 404

    me.post(at("story:thought_road"), {"answer": "yes"})
    assert GuestRoadYes.objects.get().taken_back_on is None
    me.post(at("story:thought_road"), {"answer": "no"})
    assert GuestRoadYes.objects.get().taken_back_on == cast.today


def test_a_note_and_what_was_made_of_it_lead_to_each_other(cast: Cast, enter: Enter) -> None:
    board, nadia, bram = made(cast, "clusters"), enter("nadia"), enter("bram")
    note, slug = Phone(board, cast).write("Oma mag mee"), cast.pilot_a.slug
    lead = at("design_boards:lead", board.pk)
    assert "In de draad: 0 van de 1 briefjes." in words_of(bram.get(lead))
    take_up = at("findings:note_take_up", slug, note)
    up = nadia.post(take_up, {"kind": "insight"})
    knot = nadia.get(up.headers["Location"])
    on_board = f"{lead}?note={note}#note-{note}"
    assert f'href="{on_board}"' in knot.content.decode()
    again = nadia.post(take_up, {"kind": "insight", "board": str(board.pk)})
    assert again.headers["Location"] == on_board, "in the middle of an evening one stays there"
    led = bram.get(on_board)
    assert "In de draad: 1 van de 1 briefjes." in words_of(led)
    assert f'href="{up.headers["Location"]}">Inzicht</a>' in led.content.decode()


def test_who_thought_along_gets_a_card_and_a_page_of_their_own(cast: Cast, enter: Enter) -> None:
    board, nadia, slug = made(cast), enter("nadia"), cast.pilot_a.slug
    phone = Phone(board, cast)
    note = phone.write("Oma mag mee")
    lead, bram = at("design_boards:lead", board.pk), enter("bram")
    assert "In de draad als" not in words_of(bram.get(lead)), "still covered"
    leading.turn(cast.actor("bram"), board.pk, "reveal", on=True, at=cast.now)
    assert "In de draad als" in words_of(bram.get(lead))
    guests, guest = at("findings:guests", slug), BoardGuest.objects.get()

    up = nadia.post(at("findings:note_take_up", slug, note), {"kind": "insight"})
    assert "Oma mag mee" in words_of(nadia.get(up.headers["Location"]))
    assert "Telefoon 1, ouder 1 briefje 1 nieuwe stap. Maak het kaartje" in words_of(
        nadia.get(guests)
    )
    card = at("findings:guest_card", slug, guest.ref)
    printed = nadia.post(card, {"word": "regenjas"}).content.decode()
    code = re.search(r'ss-story-card__code">([A-Z-]+)<', printed)
    assert code is not None

    me = Client()
    came = me.post(at("story:open"), {"code": code[1], "word": "Regenjas"}, follow=True)
    page = words_of(came)
    assert page.startswith("Wat is er gedaan met wat jij zei? Je dacht mee op 3 december."), page
    assert "Jij zei Hoe dan wel? “Oma mag mee” Zo bedoelde ik het niet" in page
    assert "Dat leerde ons We namen het over in de woorden waarin het is gezegd." in page
    assert "Smart Start" not in came.content.decode()
    assert "1 van de 1 die een briefje schreven, hoorden terug." in words_of(nadia.get(guests))

    assert heads_of(me, note) == ["Zeg iets terug", "Je verhaal ter", "Hoe bedoelde j"]
    assert "Er is al een kaartje." in words_of(nadia.get(card))
    me.post(at("story:correct", note), {"words": "Een oma mag mee"})
    me.post(at("story:thought_say"), {"words": "Mooi zo."})
    me.post(at("story:thought_mail"), {"address": "wie@example.org"})
    page = words_of(me.get(at("story:thought")))
    assert "“Een oma mag mee”" in page
    assert "nog niet gelezen Mooi zo." in page
    assert "Je krijgt een mail als er nieuws is." in page
    said = GuestSaid.objects.get()
    assert "Mooi zo. Ik heb het gelezen" in words_of(nadia.get(guests))
    nadia.post(at("findings:guest_read", slug), {"said": said.ref})
    assert ", gelezen Mooi zo." in words_of(me.get(at("story:thought")))

    is_asked_again(cast, nadia, me, guest)
    assert me.post(at("story:thought_mail"), {"address": "thuis"}).status_code == 422
    assert "Alles" not in words_of(me.get(at("story:correct", note)))
    gone = me.post(at("story:thought_take_back"), follow=True)
    assert words_of(gone).startswith("Je woorden zijn weg")
    assert "oma" not in words_of(nadia.get(at("thread:thread", slug))).lower()
    assert enter("joke").get(guests).status_code == 404


def test_a_phone_makes_its_own_card_and_who_takes_part_stands_in_the_mirror(
    cast: Cast, enter: Enter
) -> None:
    board, nadia, slug = made(cast), enter("nadia"), cast.pilot_a.slug
    own = at("story:own_card", board.ref)
    assert Client().get(own).status_code == 404
    theirs = Client()
    theirs.cookies[settings.BOARD_COOKIE_NAME] = Phone(board, cast).token
    asked = words_of(theirs.get(own))
    assert ("Maak mijn kaart" in asked, "Jouw eigen woord" in asked) == (True, True)
    told = {"word": "regenjas", "ref": str(uuid4())}
    card = theirs.post(own, told)
    assert "ss-story-card__code" in card.content.decode()
    assert words_of(theirs.post(own, told)) == words_of(card), "sent twice is one card"
    assert "Ben je het kwijt?" in words_of(theirs.get(own)), "who has one is not asked again"
    taken = theirs.post(own, {"word": "laarzen"})  # who holds this phone next
    assert (taken.status_code, "Je hebt al een kaart." in words_of(taken)) == (409, True)

    mirror = at("findings:mirror", slug)
    nadia.post(mirror, {"role": "parent", "people": 40})
    assert TargetGroup.objects.get().people == 40
    assert "Na de eerste sessie staat het hier." in words_of(nadia.get(mirror))
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    pilot = at("programme:pilot", slug)
    before = Client().get(pilot)
    assert "Wie was erbij" not in words_of(before), "nothing moves while a session is going on"
    for _five in range(5):
        Phone(board, cast).write("Oma mag mee")
    session = board.session
    session.state, session.opened_at, session.done_at = "done", cast.now, cast.now
    session.save()
    after = Client().get(pilot, headers={"if-none-match": before.headers["ETag"]})
    page = words_of(after)
    assert (
        "Wie was erbij, per rol en per stap Ouder 0 uitgenodigd 0 kwamen 5 zeiden iets 0 stemden"
        in page
    )
    assert "over 1 sessie op 3 december 2026. Bron: uitnodigingen, wie er was" in page
    assert "5 mensen dachten mee in een sessie. 0 van hen hoorden terug" in page


def test_notes_of_a_journey_board_are_put_on_roads_and_show_where_they_stood(
    cast: Cast, enter: Enter
) -> None:
    board, nadia, slug = made(cast, "journey"), enter("nadia"), cast.pilot_a.slug
    notes = [Phone(board, cast).write("De school belde", column="turn") for _three in range(3)]
    roads = at("findings:roads", slug)
    assert "Telefoon 1, ouder: Inleven Nog niet gevraagd." in words_of(nadia.get(roads))
    guests = list(BoardGuest.objects.order_by("number"))
    for guest in guests:
        nadia.post(at("findings:guest_said_road", slug, guest.ref), {"answer": "yes"})
    page = words_of(nadia.get(roads))
    assert "“De school belde” hier had hulp kunnen komen · Inleven" in page
    moment = {"event": "school", "contact": "school", "help_given": "no_fit"}
    for note in notes:
        nadia.post(at("findings:add_moment", slug), {"piece": f"note:{note}", **moment})
    page = words_of(nadia.get(roads))
    assert "3 van de 3 mensen met contact kregen geen hulp die paste." in page
    assert "“De school belde” hier had hulp kunnen komen" in page
    nadia.post(at("findings:guest_said_road", slug, guests[0].ref), {"answer": "no"})
    page = words_of(nadia.get(roads))
    assert "Opnieuw geteld. Iemand nam een weg terug." in page
    assert "Er zijn 2 wegen. We beginnen bij drie." in page


def test_words_in_the_words_of_a_voice_go_with_that_voice(cast: Cast, enter: Enter) -> None:
    booth = Booth(cast)
    excerpt = booth.excerpt()
    nadia, slug = enter("nadia"), booth.pilot.slug
    nadia.post(at("thread:take_up", slug, excerpt.knot.ref), {"kind": "idea"})
    thread = at("thread:thread", slug)
    assert "voorbij" in words_of(nadia.get(thread))

    refused = nadia.post(at("thread:publish", slug, Borrowed.objects.get().knot.ref))
    assert refused.status_code in {409, 422}
    operations_story.withdraw_story(booth.teller(excerpt.interview), at=booth.now)
    assert "voorbij" not in words_of(nadia.get(thread))
    assert not Borrowed.objects.exists()
