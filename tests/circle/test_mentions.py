"""Somebody who is named in a circle and has no account asks that it rests (AVG 18).

Nobody but who wrote it reads what names them, on no surface, until it is ended: by them with the
code of their letter, or on a day that they know a week before.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import (
    export,
    looked_at,
    queries_family,
    queries_mail,
    queries_meetings,
    queries_sharing,
    queries_words,
    queries_work,
)
from smartstart.circle import operations_mentions as mentions
from smartstart.circle.errors_questions import TheFamilyThinks
from smartstart.circle.models import (
    Action,
    Agreement,
    Beforehand,
    ConsentAnswer,
    Entry,
    Ground,
    Meeting,
    Mention,
    OwnSide,
    Part,
    Question,
    Reply,
    RightsRequest,
    Seat,
)
from smartstart.circle.operations_authority import state_authority
from smartstart.circle.operations_meetings import (
    agree_on,
    keep_minutes,
    plan_meeting,
    say_before,
)
from smartstart.circle.operations_questions import answer, ask_question
from smartstart.circle.operations_rest import TellThemFirst, end_rest_on
from smartstart.circle.operations_rights import AnsweredAlready, answer_right, write_down_right
from smartstart.circle.operations_seats import Place, offer_seat
from smartstart.circle.operations_sharing import say_yes
from smartstart.circle.operations_words import (
    add_action,
    add_own_side,
    correct_entry,
    make_agreement,
    write_entry,
)
from smartstart.circle.states import Answer, AuthorityKind, GroundState, Right, SeatKind
from smartstart.people.models import Hat
from tests.circle.kin import Kin, enter_kin
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db
NAMED = "Hendrik-Jan Zwaan"


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


def come(place: Town, name: str) -> Client:
    """Somebody who is signed in."""
    hat = Hat.objects.get(account__username=f"t-{name}")
    return enter_kin(cast("Kin", SimpleNamespace(hats={name: hat})), name)


def seen_by(place: Town, name: str) -> dict[str, set[int]]:
    """Everything that the doors give somebody today."""
    actor, on, at = place.actor(name), place.today, place.at
    found = {
        model.__name__: set(model.objects.visible_to(actor, on=on).values_list("pk", flat=True))
        for model in (Entry, OwnSide, Agreement, Action, Seat, Meeting, Beforehand)
    }
    asked = Question.objects.read_by(actor, at=at)
    known = Question.objects.known_to(actor, at=at)
    return found | {
        "Question": set(asked.values_list("pk", flat=True)),
        "known": set(known.values_list("pk", flat=True)),
        "Reply": set(Reply.objects.filter(question__in=asked).values_list("pk", flat=True)),
    }


def lived(place: Town) -> dict[str, Any]:
    """A home of two adults in which much was written, and some of it names a neighbour."""
    circle = place.open()
    place.adult(circle, "bas")
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    house, at = place.household(circle), place.at
    for name in ("fatima", "daan"):
        place.seat(noor, name)
    place.ask(noor, "fatima")
    anouk, fatima, bas = (place.actor(one) for one in ("anouk", "fatima", "bas"))
    made: dict[str, Any] = {"circle": circle, "noor": noor}
    made["plain"] = write_entry(anouk, house.ref, words="Hendrikje en Zwaantje spelen.", at=at)
    made["first"] = write_entry(anouk, house.ref, words="Morgen naar oma.", at=at)
    made["added"] = correct_entry(
        anouk, made["first"].ref, words=f"Met {NAMED.upper()} in de auto.", at=at
    )
    made["beside"] = write_entry(bas, house.ref, words="We eten samen.", at=at)
    made["side"] = add_own_side(anouk, made["beside"].ref, words=f"Nee, met {NAMED}!", at=at)
    to = {"to": place.ref("daan"), "at": at}
    made["asked"] = ask_question(anouk, noor.ref, title=f"{NAMED}?", words="Hoe nu?", **to)
    made["other"] = ask_question(anouk, noor.ref, title="Slapen", words="Hoe laat?", **to)
    made["goal"] = make_agreement(
        anouk, house.ref, goal="Rust in huis", review_on=place.today + timedelta(9), at=at
    )
    made["does"] = add_action(
        anouk,
        made["goal"].ref,
        responsible=place.ref("anouk"),
        words=f"Bel {NAMED}.",
        due_on=place.today + timedelta(3),
        at=at,
    )
    made["seat"] = offer_seat(
        anouk,
        house.ref,
        kind=SeatKind.CONFIDANT,
        place=Place(NAMED, phone="0610000000"),
        last_day=place.today + timedelta(60),
        at=at,
    )
    assert fatima.position is not None
    return made


def talks(place: Town, house: Part, title: str) -> Meeting:
    """A meeting that Anouk planned."""
    begins = place.at + timedelta(2)
    return plan_meeting(
        place.actor("anouk"),
        house.ref,
        title=title,
        place="",
        chair=place.ref("anouk"),
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        at=place.at,
    )


def letter(place: Town, kind: Right = Right.RESTRICT) -> tuple[RightsRequest, str]:
    petra = place.actor("petra")
    made = write_down_right(
        petra, kind, name="H.J. Zwaan", reach="Dorpsstraat 2", words="", at=place.at
    )
    return made, mentions.make_letter(petra, made.ref, at=place.at)


def rests(place: Town, request: RightsRequest, named: str = NAMED, of: str = "Anouk") -> int:
    return mentions.rest_where_named(
        place.actor("petra"), request.ref, of=of, named=named, words="Het rust.", at=place.at
    )


def looked_at_names(place: Town, made: dict[str, Any], name: str) -> set[str]:
    """What the kijkboek would name to somebody, of what others looked at in the household."""
    house = place.household(made["circle"]).folder_id
    known = {one.ref: key for key, one in made.items() if hasattr(one, "ref")}
    found = looked_at.rows(Reading(place.actor(name), at=place.at), [house], known)
    return {known[ref] for ref in found}


def test_what_names_somebody_rests_for_all_but_who_wrote_it_and_comes_back(place: Town) -> None:
    made = lived(place)
    names = ("anouk", "bas", "fatima", "daan")
    before = {name: seen_by(place, name) for name in names}
    request, code = letter(place)
    assert {name: seen_by(place, name) for name in names} == before  # asked is not decided

    assert rests(place, request) == 6

    home, mine = made["circle"].ref, Reading(place.actor("anouk"), at=place.at)
    assert queries_words.entry_page(mine, home, made["first"].ref).rests  # she is told why
    assert queries_sharing.asked_page(mine, home, made["asked"].ref).rests
    assert not queries_words.entry_page(mine, home, made["plain"].ref).rests
    assert queries_words.agreement_seen(mine, home, made["goal"].ref).rests
    seen = queries_family.scene(mine, home)
    resting = [one.ref for one in seen.seats if queries_family.seat_rests(seen, one.ref)]
    assert resting == [made["seat"].ref]
    bas, gone = seen_by(place, "bas"), before["bas"]
    assert gone["Entry"] - bas["Entry"] == {made["first"].pk, made["added"].pk}
    assert made["plain"].pk in bas["Entry"]
    assert made["beside"].pk in bas["Entry"]  # it is his own
    assert gone["Agreement"] - bas["Agreement"] == {made["goal"].pk}
    assert gone["Action"] - bas["Action"] == {made["does"].pk}
    assert gone["Seat"] - bas["Seat"] == {made["seat"].pk}
    assert made["beside"].pk not in seen_by(place, "anouk")["Entry"]
    assert seen_by(place, "anouk")["Question"] == before["anouk"]["Question"]
    for name in ("fatima", "daan"):
        assert before[name]["Question"] - seen_by(place, name)["Question"] == {made["asked"].pk}
    assert made["asked"].pk not in seen_by(place, "fatima")["known"]
    page = queries_work.question(Reading(place.actor("daan"), at=place.at), made["asked"].ref)
    assert (page.words, page.acts) == (None, True)  # it stays with who holds it, without its words
    told = export.as_json(
        export.export_of(Reading(place.actor("bas"), at=place.at), made["circle"].ref)
    )
    assert NAMED.casefold() not in told.decode().casefold()
    assert looked_at_names(place, made, "bas") == {"plain", "beside"}
    assert looked_at_names(place, made, "anouk") == {"plain", "first", "added", "side", "goal"}

    mentions.end_by_code(code, at=place.at)
    assert {name: seen_by(place, name) for name in names} == before
    with pytest.raises(NotFound):
        mentions.end_by_code(code, at=place.at)


def test_who_is_asked_for_a_yes_to_a_question_that_rests_reads_nothing_of_it(place: Town) -> None:
    made = lived(place)
    circle, house = made["circle"].ref, place.household(made["circle"])
    place.seat(house, "gerda")
    anouk = place.actor("anouk")
    for about in (None, made["first"]):
        ask_question(
            anouk,
            house.ref,
            to=place.ref("gerda"),
            title=NAMED,
            words="x",
            about=about,
            at=place.at,
        )

    def asked(name: str) -> list[str]:
        reading = Reading(place.actor(name), at=place.at)
        shared, _seen = queries_sharing.shared_with(reading, circle)
        waits = queries_family.first_page(reading, circle).waits
        return [one.title for one in (*shared, *waits) if one.title == NAMED]

    assert len(asked("bas")) == 4
    ground = Ground.objects.filter(folder=house.folder, question__isnull=False).earliest("id")
    say_yes(place.actor("bas"), ground.ref, at=place.at)
    request, _code = letter(place)
    rests(place, request)
    assert asked("bas") == []
    assert_a_yes_is_taken_back_while_it_rests(place, circle, ground)
    assert queries_mail.waits_for([place.actor("bas")], at=place.at).refs == frozenset()
    assert len(asked("anouk")) == 2  # her own; what hangs on it she reads


def assert_a_yes_is_taken_back_while_it_rests(place: Town, circle: UUID, ground: Ground) -> None:
    """The other parent finds the yes they gave before, without a word of what it was about."""
    bas, sharing = come(place, "bas"), reverse("circle:sharing", args=[circle])
    stop = reverse("circle:take_back", args=[circle, ground.ref])
    with clock.fixed(place.at):
        page = bas.get(sharing).content.decode()
        assert (stop in page, NAMED in page) == (True, False)
        assert "en dit rust nu" not in come(place, "anouk").get(sharing).content.decode()
        assert bas.post(stop, follow=True).redirect_chain[-1][0] == sharing
        assert stop not in bas.get(sharing).content.decode()
    said = ConsentAnswer.objects.get(ground=ground, person=place.ref("bas"), ended_at=None)
    assert said.answer == Answer.WITHDRAWN


def test_a_guardian_too_takes_back_a_yes_to_what_rests(place: Town) -> None:
    circle = place.open()
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(noor, "fatima")
    assert noor.member is not None
    state_authority(
        place.actor("anouk"),
        circle.ref,
        noor.member.ref,
        who=place.ref("wil"),
        kind=AuthorityKind.GUARDIAN,
        at=place.at,
    )
    told = {"to": place.ref("fatima"), "title": NAMED, "words": "Hoe nu?", "at": place.at}
    ask_question(place.actor("anouk"), noor.ref, **told)
    ground = Ground.objects.get(question__isnull=False)
    say_yes(place.actor("wil"), ground.ref, at=place.at)
    request, _code = letter(place)
    rests(place, request)

    wil, page = come(place, "wil"), reverse("circle:decisions")
    stop = reverse("circle:decision", args=[ground.ref])
    with clock.fixed(place.at):
        shown = wil.get(page).content.decode()
        assert (stop in shown, NAMED in shown) == (True, False)
        assert wil.get(stop).status_code == 404
        assert (
            wil.post(stop, {"answer": "yes"}).status_code == 404
        )  # a page opened before it rested
        assert Ground.objects.get(pk=ground.pk).state == GroundState.GRANTED
        taken = wil.post(stop, {"answer": "stop"}, follow=True)
        assert taken.redirect_chain[-1][0] == page
        assert stop not in wil.get(page).content.decode()
    ground.refresh_from_db()
    assert ground.state == GroundState.WITHDRAWN


def test_what_was_said_hangs_on_its_meeting_before_the_line_is_written(place: Town) -> None:
    house = place.household(place.open())
    talk = talks(place, house, "School")
    with CaptureQueriesContext(connection) as asked:
        kept = keep_minutes(place.actor("anouk"), talk.ref, title="", words="Rust.", at=place.at)
    assert Meeting.objects.get(pk=talk.pk).minutes_id == kept.pk
    said = [one["sql"] or "" for one in asked]
    hung = next(at for at, sql in enumerate(said) if sql.startswith('UPDATE "circle_meeting"'))
    line = next(at for at, sql in enumerate(said) if "access_append" in sql or "access_line" in sql)
    assert hung < line


def test_a_meeting_rests_by_its_title_or_by_what_was_said_before(place: Town) -> None:
    circle = place.open()
    place.adult(circle, "bas")
    house, bas, anouk = place.household(circle), place.actor("bas"), place.actor("anouk")
    titled, told, other, both = (
        talks(place, house, title) for title in (f"Over {NAMED}", "Rust", "Geld", "School")
    )
    say_before(bas, told.ref, comes=True, words=f"Zonder {NAMED}.", at=place.at)
    for one in (told, both):
        say_before(anouk, one.ref, comes=True, words="Goed.", at=place.at)
    keep_minutes(anouk, both.ref, title="", words=f"- {NAMED} bellen", at=place.at)
    before = {name: seen_by(place, name) for name in ("anouk", "bas")}
    request, code = letter(place)

    assert rests(place, request) == 3

    listed = queries_meetings.meetings_of(Reading(bas, at=place.at))
    assert {one.ref for one in listed} == {other.ref, both.ref}
    for one in (titled, told):
        with pytest.raises(NotFound):
            queries_meetings.meeting_one(Reading(bas, at=place.at), one.ref)
    with pytest.raises(NotFound):  # what was said rests: no line of it becomes an agreement
        agree_on(bas, both.ref, 0, at=place.at)
    mine = queries_meetings.meeting_one(Reading(anouk, at=place.at), told.ref)
    assert ([one.words for one in mine.before], mine.rests) == (["Goed."], True)
    mentions.end_by_code(code, at=place.at)
    assert {name: seen_by(place, name) for name in ("anouk", "bas")} == before


def test_it_ends_on_a_day_that_who_asked_it_knows_and_can_be_looked_for_again(place: Town) -> None:
    made = lived(place)
    request, _code = letter(place)
    rests(place, request)
    house = place.household(made["circle"])
    later = write_entry(place.actor("anouk"), house.ref, words=f"Toch {NAMED}.", at=place.at)
    assert later.pk in seen_by(place, "bas")["Entry"]
    petra = place.actor("petra")
    assert mentions.look_again(petra, request.ref, at=place.at) == 1
    assert mentions.look_again(petra, request.ref, at=place.at) == 0
    assert later.pk not in seen_by(place, "bas")["Entry"]
    with pytest.raises(TellThemFirst):
        end_rest_on(petra, request.ref, day=place.today + timedelta(6), at=place.at)
    end_rest_on(petra, request.ref, day=place.today + timedelta(7), at=place.at)
    reads = []
    for _ in range(8):
        reads.append(later.pk in seen_by(place, "bas")["Entry"])
        place.later(1)
    assert reads == [False] * 7 + [True]
    assert mentions.by_code(_code, at=place.at).rests is False


def test_what_is_refused(place: Town) -> None:
    lived(place)
    request, code = letter(place)
    with pytest.raises(mentions.NamedNowhere):
        rests(place, request, "Piet Jansen")
    with pytest.raises(mentions.NamedNowhere):
        rests(place, request, "Zwaa")  # whole names only
    with pytest.raises(mentions.WhichFamily):
        rests(place, request, of="Iemand")
    for name in ("anouk", "willem", "ada"):
        with pytest.raises((NotFound, NotAllowed)):
            mentions.rest_where_named(
                place.actor(name), request.ref, of="Anouk", named=NAMED, words="x", at=place.at
            )
    other, _code = letter(place, Right.ERASE)
    with pytest.raises(NotAllowed):
        rests(place, other)
    with pytest.raises(NotFound):
        mentions.by_code("ABCD-EFGH-2345-6789", at=place.at)
    with pytest.raises(NotFound):
        mentions.end_by_code(code, at=place.at)  # nothing rests
    answer_right(place.actor("petra"), request.ref, words="Nee.", is_done=False, at=place.at)
    with pytest.raises(AnsweredAlready):
        rests(place, request)
    assert not Mention.objects.exists()


def test_with_the_code_one_reads_the_own_request_and_ends_the_rest(place: Town) -> None:
    lived(place)
    request, code = letter(place)
    rests(place, request)
    client = Client()
    with clock.fixed(place.at):
        assert client.get("/my-request/").status_code == 200
        wrong = client.post("/my-request/", {"code": "2345-2345-2345-2345"})
        assert wrong.status_code == 422
        page = client.post("/my-request/", {"code": code.lower()})
        assert page.status_code == 200
        told = page.content.decode()
        assert "Het rust." in told
        assert NAMED not in told
        assert "Noor" not in told
        assert page["Cache-Control"] == "no-store, private"
        client.post("/my-request/go-on/", {"code": code})
    assert mentions.by_code(code, at=place.at).rests is False
    assert NAMED in Reading(place.actor("bas"), at=place.at).text(
        Seat.objects.select_related("folder").get(
            pk=Mention.objects.get(seat__isnull=False).seat_id
        ),
        "called",
    )


def test_the_privacy_officer_lets_it_rest_looks_again_and_makes_a_letter(place: Town) -> None:
    lived(place)
    request, old = letter(place)
    petra = come(place, "petra")
    form = {"of": "Anouk", "named": NAMED, "words": "Het rust."}
    with clock.fixed(place.at):
        page = petra.get(reverse("circle:request", args=[request.ref])).content.decode()
        rest = reverse("circle:request_rest", args=[request.ref])
        assert rest in page
        assert "In welk gezin?" in petra.get(rest).content.decode()
        assert petra.post(rest, form | {"named": "Niemand"}).status_code == 422
        told = petra.post(rest, form, follow=True).content.decode()
        assert "6 dingen rusten nu." in told
        again = reverse("circle:request_again", args=[request.ref])
        assert "Er is niets nieuws gevonden." in petra.post(again, follow=True).content.decode()
        made = petra.post(reverse("circle:request_letter", args=[request.ref])).content.decode()
    # Not by its letters alone: an address of digits only looks the same, once in thousands of runs.
    (code,) = re.findall(r'<p class="ss-code-large">([0-9A-Z-]+)</p>', made)
    assert mentions.by_code(code, at=place.at).rests
    with pytest.raises(NotFound):
        mentions.by_code(old, at=place.at)


def test_a_question_that_rests_cannot_be_answered_until_it_is_read_again(place: Town) -> None:
    made = lived(place)
    request, code = letter(place)
    rests(place, request)
    daan = place.actor("daan")
    with pytest.raises(TheFamilyThinks):
        answer(daan, made["asked"].ref, words="Ja.", at=place.at)
    mentions.end_by_code(code, at=place.at)
    answer(daan, made["asked"].ref, words="Ja.", at=place.at)
