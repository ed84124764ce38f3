"""The pages of the programme, each once, and not only its status."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags

from smartstart.access.actor import VISITOR
from smartstart.base import clock
from smartstart.programme import operations
from smartstart.programme.choices import State
from smartstart.programme.models import (
    DataRequest,
    Decision,
    EvidenceMark,
    Lesson,
    LessonAnswer,
    Pilot,
    PilotFigure,
    Proposal,
    QuestionVersion,
    TookPart,
)
from smartstart.programme.operations import Seen
from smartstart.web.programme import brake
from tests.cast import Cast, pilot

Enter = Callable[..., Client]
SEEN = {"sees": "Drie keer dezelfde vraag.", "place": "De Regenboog", "name": "Kim", "reach": "06"}


def words(response: Any) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return re.sub(r"\s+", " ", unescape(strip_tags(main.group())))


@pytest.fixture(autouse=True)
def _empty_brake(db: None) -> None:
    cache.clear()


@pytest.fixture
def public(cast: Cast) -> Pilot:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    cast.pilot_a.refresh_from_db()
    return cast.pilot_a


def at_work(cast: Cast, page: str = "") -> str:
    return f"/desk/{cast.pilot_a.slug}/{page}"


# What everyone reads


def test_the_home_page_shows_the_questions_and_how_it_goes(public: Pilot) -> None:
    seen = words(Client().get("/home/"))
    assert "Eerder helpen, samen met ouders en jongeren" in seen
    assert "1. Een vraag" in seen
    assert "4. Kijken of het helpt" in seen
    assert "Pilot A Wat helpt op pilot_a? Stand 0 van 5. De vraag is gekozen" in seen
    assert "Zie jij iets wat steeds terugkomt?" in seen
    assert "Pilot B" not in seen


def test_without_a_pilot_the_home_page_invites(cast: Cast) -> None:
    seen = words(Client().get("/home/"))
    assert "Nog geen vraag Stel de eerste voor." in seen
    assert "Alle 0" in seen


def test_the_overview_is_filtered_by_links_and_turned_by_24(cast: Cast, now: datetime) -> None:
    for number in range(27):
        pilot(f"p-{number:02}", cast.region, now=now, is_public=True)
    Pilot.objects.filter(slug="p-03").update(computed_halves=10)
    everything = words(Client().get("/pilots/"))
    assert "Alle 27 Wordt bedacht (26) Wordt uitgeprobeerd (0) Gemeten (1)" in everything
    assert everything.count("van 5.") == 24
    assert "Bladzijde 1 van 2" in everything
    assert words(Client().get("/pilots/?page=2")).count("van 5.") == 3
    assert words(Client().get("/pilots/?page=99")).count("van 5.") == 3
    measured = words(Client().get("/pilots/?stand=measured"))
    assert measured.count("van 5.") == 1
    assert "P-03" in measured
    assert words(Client().get("/pilots/?stand=nonsense&page=-3")).count("van 5.") == 24


def fill(public: Pilot, cast: Cast) -> None:
    """Let a pilot have one of everything that its page shows."""
    nadia, at = cast.actor("nadia"), cast.now
    for item in ("question-written", "place-takes-part", "parents-in-team", "plan-made"):
        operations.mark_evidence(nadia, public.pk, item, note="Met 3 ouders.", at=at)
    operations.take_back_evidence(nadia, public.pk, "plan-made", why="Het plan viel om.", at=at)
    operations.change_question(
        nadia, public.pk, text="Wat helpt echt?", changed_by="12 gesprekken", told="Terug.", at=at
    )
    operations.add_figure(
        nadia,
        public.pk,
        words="heeft één ouder.",
        value="31%",
        low="28%",
        high="34%",
        source="CBS",
        year=2023,
        at=at,
    )
    operations.count_who_took_part(
        nadia,
        public.pk,
        side="parent",
        people=11,
        heard_back=4,
        rest_hears_by=cast.in_days(9),
        at=at,
    )
    asked = operations.ask_for_figures(
        nadia, public.pk, asked_of="een instelling", what="wachttijden", at=at - timedelta(days=9)
    )
    operations.answer_request(nadia, asked.pk, state="refused", ground="Mag niet.", at=at)
    operations.ask_decision(
        nadia,
        public.pk,
        what="Gaan we door?",
        holder=cast.account("els"),
        due_on=cast.in_days(5),
        is_public=True,
        at=at,
    )


def test_the_page_of_a_pilot_tells_everything_in_the_fixed_order(
    public: Pilot, cast: Cast, django_assert_num_queries: Any
) -> None:
    fill(public, cast)
    with clock.fixed(cast.now), django_assert_num_queries(4):
        answer = Client().get(f"/pilots/{public.slug}/")
    seen = words(answer)
    told = [
        "Vragen uit de regio School pilot_a, sinds oktober 2026 Wat helpt echt?",
        "Stand 0 van 5: de vraag is gekozen",
        "Waarom 0",
        "Met 3 ouders.",
        "Nog niet: Gaan we door? Wie pakt dit op: Els, voor 25 november 2026",
        "0 (nov 2026)",
        "De vraag veranderde één keer",
        "Wat helpt op pilot_a?",
        "november 2026, geldt nu Wat helpt echt? Veranderd door: 12 gesprekken",
        "Een stap terug in november 2026. Terug.",
        "Wie deed mee 11 ouders. 4 van de 11 hoorden terug",
        "7 horen het voor 29 november 2026.",
        "Wat we weten 31% heeft één ouder. Het ligt tussen 28% en 34%. CBS, 2023.",
        "Welke cijfers vroegen we? Wachttijden. Gevraagd aan een instelling op 11 november 2026.",
        "Geweigerd na 9 dagen. Mag niet.",
    ]
    places = [seen.index(one) for one in told]
    assert places == sorted(places)


def test_what_is_not_public_is_not_there_for_others(cast: Cast, enter: Enter) -> None:
    page = f"/pilots/{cast.pilot_a.slug}/"
    assert Client().get(page).status_code == 404
    assert enter("joke").get(page).status_code == 404
    seen = words(enter("nadia").get(page))
    assert "Alleen het team ziet deze bladzijde." in seen


def test_lessons_say_when_to_think_of_them_and_what_others_did(public: Pilot, cast: Cast) -> None:
    lesson = Lesson.objects.create(
        pilot=public,
        text="Meet eerst.",
        advice="Vraag iets kleins.",
        halves=7,
        kind="food_bank",
        learned_on=cast.today,
    )
    LessonAnswer.objects.create(
        lesson=lesson,
        pilot=cast.pilot_b,
        answer="used",
        why="Ja",
        by=cast.account("joke"),
        on=cast.today,
    )
    seen = words(Client().get("/lessons/"))
    assert "Meet eerst. Vraag iets kleins." in seen
    assert "Denk hieraan vanaf stand 3,5, soort plek: voedselbank. Van: Pilot A." in seen
    assert "1 keer gebruikt, 0 keer niet gebruikt, 0 keer klopte het niet." in seen
    Lesson.objects.update(is_public=False)
    assert "Nog geen les" in words(Client().get("/lessons/"))


# Public pages are asked again, and made again only when something changed


@pytest.mark.parametrize("page", ["/home/", "/pilots/", "/pilots/pilot-a/", "/lessons/"])
def test_a_public_page_is_sent_again_only_when_something_changed(
    public: Pilot, cast: Cast, page: str
) -> None:
    Lesson.objects.create(pilot=public, text="Les", halves=0, learned_on=cast.today)
    with clock.fixed(cast.now):
        visitor = Client()
        visitor.get(page)  # brings the cookie that the forms in the footer belong to
        first = visitor.get(page)
        tag = first["ETag"]
        assert first["Cache-Control"] == "no-cache"
        again = visitor.get(page, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        english = visitor.get(page, headers={"If-None-Match": tag, "Accept-Language": "en"})
        assert english.status_code == 200
        nadia = cast.actor("nadia")
        operations.change_question(
            nadia, public.pk, text="Anders?", changed_by="een gesprek", at=cast.now
        )
        assert visitor.get(page, headers={"If-None-Match": tag}).status_code == 200
    with clock.fixed(cast.now + timedelta(days=1)):
        assert visitor.get(page, headers={"If-None-Match": tag}).status_code == 200


def test_hiding_a_pilot_is_seen_on_the_next_request(public: Pilot, cast: Cast) -> None:
    with clock.fixed(cast.now):
        visitor = Client()
        tags = {page: visitor.get(page)["ETag"] for page in ("/pilots/pilot-a/", "/pilots/")}
        operations.publish_pilot(cast.actor("nadia"), public.pk, shown=False, at=cast.now)
        asked = {p: visitor.get(p, headers={"If-None-Match": tag}) for p, tag in tags.items()}
    assert {page: answer.status_code for page, answer in asked.items()} == {
        "/pilots/pilot-a/": 404,
        "/pilots/": 200,
    }
    assert "Pilot A" not in words(asked["/pilots/"])


def test_who_signed_in_gets_pages_that_nobody_keeps(public: Pilot, enter: Enter) -> None:
    answer = enter("nadia").get("/pilots/pilot-a/")
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.has_header("ETag")


# Proposing


def sent(visitor: Client, cast: Cast, seconds: int = 20, **fields: str) -> Any:
    """Open the form, wait, and send it."""
    with clock.fixed(cast.now):
        token = visitor.get("/pilots/propose/").context["form"]["given"].value()
    with clock.fixed(cast.now + timedelta(seconds=seconds)):
        return visitor.post("/pilots/propose/", {**SEEN, "given": token, **fields})


def test_a_visitor_proposes_and_follows_without_a_word_being_shown(cast: Cast) -> None:
    visitor = Client()
    answer = sent(visitor, cast)
    proposal = Proposal.objects.get()
    assert answer.url == f"/pilots/proposals/{proposal.ref}/"
    seen = words(visitor.get(answer.url))
    assert "Wie pakt dit op: Els Je krijgt antwoord voor 4 december 2026." in seen
    assert not [told for told in SEEN.values() if len(told) > 2 and told in seen]
    els = cast.actor("els")
    operations.decline_proposal(els, proposal.pilot_id, why="Loopt al.", at=cast.now)
    seen = words(visitor.get(answer.url))
    assert "Het antwoord is nee. Els vertelt waarom." in seen
    assert "Loopt al." not in seen


@pytest.mark.parametrize(
    ("what", "sentence", "status"),
    [
        ({"seconds": 1}, "We willen zeker weten dat een mens dit stuurt.", 422),
        ({"seconds": 90_000}, "We willen zeker weten dat een mens dit stuurt.", 422),
        ({"given": "forged"}, "We willen zeker weten dat een mens dit stuurt.", 422),
        ({"website": "https://spam"}, "Eén vak moet leeg blijven.", 422),
        ({"sees": ""}, "“Wat zie jij steeds terugkomen?”", 422),
        ({"sees": "\u200b \u2060\u00ad"}, "“Wat zie jij steeds terugkomen?”", 422),
    ],
)
def test_a_form_that_is_held_up_comes_back_with_every_word(
    cast: Cast, what: dict[str, Any], sentence: str, status: int
) -> None:
    answer = sent(Client(), cast, **what)
    assert answer.status_code == status
    assert sentence in words(answer)
    form = answer.context["form"]
    assert {name: form[name].value() for name in SEEN} == {
        **SEEN,
        "sees": what.get("sees", SEEN["sees"]),
    }
    assert form["website"].value() in ("", None)
    assert not Proposal.objects.exists()


def test_pressing_again_sends_it(cast: Cast) -> None:
    visitor = Client()
    held = sent(visitor, cast, website="https://spam")
    token = held.context["form"]["given"].value()
    with clock.fixed(cast.now + timedelta(seconds=40)):
        answer = visitor.post("/pilots/propose/", {**SEEN, "given": token, "website": ""})
    assert answer.status_code == 302
    assert Proposal.objects.count() == 1


def test_the_sixth_in_an_hour_waits_and_loses_nothing(cast: Cast) -> None:
    visitor = Client()
    for _ in range(brake.MOST_IN_AN_HOUR):
        assert sent(visitor, cast).status_code == 302
    held = sent(visitor, cast)
    assert held.status_code == 429
    assert "Hier kwamen veel vragen vandaan." in words(held)
    assert SEEN["sees"] in words(held)
    assert Proposal.objects.count() == brake.MOST_IN_AN_HOUR
    assert brake.may_send("127.0.0.1", now=cast.now + timedelta(hours=2))


# The programme office


def test_the_office_reads_a_proposal_and_says_yes(cast: Cast, enter: Enter) -> None:
    proposal = operations.propose_pilot(VISITOR, Seen(**SEEN), at=cast.now)
    els = enter("els")
    seen = words(els.get("/pilots/proposals/"))
    assert "Drie keer dezelfde vraag. Waar: De Regenboog. Van: Kim. Te bereiken: 06." in seen
    page = f"/pilots/proposals/{proposal.pilot_id}/accept/"
    told = {
        "called": "De eerste stap",
        "question": "Wat helpt eerder?",
        "vindplaats": cast.pilot_a.vindplaats_id,
        "leader": "bram",
        "why": "Past goed.",
    }
    wrong = els.post(page, {**told, "leader": "niemand"})
    assert wrong.status_code == 422
    assert "Past goed." in words(wrong)
    assert els.post(page, told).status_code == 302
    assert Pilot.objects.get(slug="de-eerste-stap").state == State.ACCEPTED
    left = els.get("/pilots/proposals/")
    assert "Er wacht geen voorstel" in words(left)
    assert "Van: Kim. Te bereiken: 06." in words(left)
    assert 'href="/desk/de-eerste-stap/"' in left.content.decode()
    again = els.get(page)
    assert "Dit voorstel heeft al een antwoord" in words(again)
    assert "<textarea" not in again.content.decode()


def test_the_office_begins_a_pilot_at_a_new_place(cast: Cast, enter: Enter) -> None:
    proposal = operations.propose_pilot(VISITOR, Seen(**SEEN), at=cast.now)
    els, page = enter("els"), f"/pilots/proposals/{proposal.pilot_id}/accept/"
    told = {"called": "Nieuw", "question": "Wat helpt?", "leader": "bram", "why": "Past goed."}
    assert "Kies een plek, of schrijf de naam van een nieuwe op." in words(els.post(page, told))
    told |= {"place_name": "De Linde"}
    assert "Kies wat voor plek het is." in words(els.post(page, told))
    told |= {"place_kind": "primary_school", "town_name": "Goirle", "town_code": "0785"}
    assert els.post(page, told).status_code == 422
    assert els.post(page, {**told, "town_code": "gm0785"}).status_code == 302
    place = Pilot.objects.get(slug="nieuw").vindplaats
    assert place is not None
    assert (place.name, place.municipality.code) == ("De Linde", "GM0785")


def test_people_are_chosen_by_name_and_no_parent_is_on_the_list(cast: Cast, enter: Enter) -> None:
    page = enter("nadia").get(at_work(cast, "team/")).content.decode()
    assert "Joke (joke)" in page
    assert "Anouk" not in page


def test_the_office_says_no_with_a_reason(cast: Cast, enter: Enter) -> None:
    pilot_id = operations.propose_pilot(VISITOR, Seen(**SEEN), at=cast.now).pilot_id
    els, page = enter("els"), f"/pilots/proposals/{pilot_id}/decline/"
    assert "Drie keer dezelfde vraag." in words(els.get(page))
    assert els.post(page, {"why": ""}).status_code == 422
    assert els.post(page, {"why": "Loopt al elders."}).status_code == 302
    assert "Dit voorstel heeft al een antwoord" in words(els.get(page))
    seen = words(els.get("/pilots/proposals/"))
    assert "Te bereiken: 06." in seen
    assert "De reden: Loopt al elders. Bel terug wie het voorstelde, en vertel waarom." in seen
    assert Pilot.objects.get(pk=pilot_id).state == State.DECLINED


def test_whom_nobody_can_call_back_is_not_asked_to_be_called(cast: Cast, enter: Enter) -> None:
    seen = Seen(**{**SEEN, "reach": ""})
    pilot_id = operations.propose_pilot(VISITOR, seen, at=cast.now).pilot_id
    operations.decline_proposal(cast.actor("els"), pilot_id, why="Loopt al.", at=cast.now)
    told = words(enter("els").get("/pilots/proposals/"))
    assert "De reden: Loopt al. Er staat niet hoe je deze mens bereikt." in told


def test_proposals_are_for_the_office_only(cast: Cast, enter: Enter) -> None:
    pilot_id = operations.propose_pilot(VISITOR, Seen(**SEEN), at=cast.now).pilot_id
    for page in ("/pilots/proposals/", f"/pilots/proposals/{pilot_id}/accept/"):
        assert Client().get(page).status_code == 302
        answer = enter("nadia").get(page)
        assert answer.status_code == 404
        assert "Drie keer" not in answer.content.decode()


# The desk


def test_the_first_page_says_the_next_step_and_what_waits(cast: Cast, enter: Enter) -> None:
    Pilot.objects.filter(pk=cast.pilot_b.pk).update(is_public=True)
    Lesson.objects.create(pilot=cast.pilot_b, text="Meet eerst.", halves=0, learned_on=cast.today)
    nadia = enter("nadia")
    answer = nadia.get("/desk/", follow=True)
    assert answer.redirect_chain == [(at_work(cast), 302)]
    seen = words(answer)
    for told in (
        "Stand 0 van 5: de vraag is gekozen Wat helpt op pilot_a?",
        "Voor de volgende halve stap De vraag staat op papier.",
        "Wat mist een stem of een cijfer Er is nog geen oplossing.",
        "Wat er wacht Les: Meet eerst.",
        "Sluit de pilot vandaag af Laat iedereen het zien",
    ):
        assert told in seen
    assert "De pilot zelf" not in words(enter("bram").get(at_work(cast)))


def test_each_role_begins_where_it_works(cast: Cast, enter: Enter) -> None:
    begins = {name: enter(name).get("/desk/").url for name in ("nadia", "els", "petra")}
    assert begins == {"nadia": at_work(cast), "els": "/pilots/proposals/", "petra": "/pilots/"}


PAGES = {
    "": "Volgende stap",
    "evidence/": "Bewijs De stand volgt vanzelf",
    "evidence/plan-made/mark/": "Er is een plan met dagen.",
    "evidence/plan-made/take-back/": "Neem bewijs terug",
    "stand/": "Het bewijs bepaalt de stand.",
    "question/": "Wat helpt op pilot_a?",
    "team/": "Nadia, project_leader",
    "figures/": "Voeg een cijfer toe",
    "took-part/": "Er is nog niemand gevraagd.",
    "decisions/": "Er hoeft nu niets besloten te worden.",
    "requests/": "Er is nog niets gevraagd.",
    "lessons/": "Er wacht geen les.",
    "doubts/": "Er staat nog geen twijfel op papier.",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_is_for_the_team_and_the_office(cast: Cast, enter: Enter, page: str) -> None:
    assert PAGES[page] in words(enter("nadia").get(at_work(cast, page)))
    assert enter("els").get(at_work(cast, page)).status_code == 200
    assert Client().get(at_work(cast, page)).status_code == 302
    for other in ("joke", "anouk", "petra"):
        assert enter(other).get(at_work(cast, page)).status_code == 404


def test_marking_evidence_moves_the_stand_and_taking_back_tells_why(
    cast: Cast, enter: Enter
) -> None:
    nadia = enter("nadia")
    for item in ("question-written", "place-takes-part", "parents-in-team", "plan-made"):
        page = at_work(cast, f"evidence/{item}/mark/")
        assert nadia.post(page, {"note": "Met Kim."}).url == at_work(cast, "evidence/")
    assert Pilot.objects.get(pk=cast.pilot_a.pk).computed_halves == 1
    seen = words(nadia.get(at_work(cast, "evidence/")))
    assert "Afgevinkt. De stand volgt vanzelf." in seen
    assert "gedaan Er is een plan met dagen. Met Kim." in seen
    page = at_work(cast, "evidence/plan-made/take-back/")
    assert nadia.post(page, {"why": ""}).status_code == 422
    assert nadia.post(page, {"why": "Viel om."}).status_code == 302
    assert EvidenceMark.objects.get(item="plan-made").why_taken_back == "Viel om."
    assert nadia.get(at_work(cast, "evidence/onzin/mark/")).status_code == 404
    assert nadia.get(at_work(cast, "evidence/onzin/take-back/")).status_code == 404


def test_another_stand_is_explained_and_ended(cast: Cast, enter: Enter) -> None:
    nadia, page = enter("nadia"), at_work(cast, "stand/")
    told = {"halves": "4", "reason": "Elders gemeten.", "until": cast.in_days(9).isoformat()}
    with clock.fixed(cast.now):
        assert nadia.post(page, {**told, "reason": ""}).status_code == 422
        assert nadia.post(page, told).status_code == 302
        seen = words(nadia.get(page))
        assert "Stand 2 van 5" in seen
        assert "tot en met 29 november 2026: Elders gemeten." in seen
        assert nadia.post(at_work(cast, "stand/end/")).status_code == 302
        assert "Stand 0 van 5" in words(nadia.get(page))
        too_far = nadia.post(page, {**told, "until": cast.in_days(400).isoformat()})
        assert too_far.status_code == 422
        assert "Elders gemeten." in words(too_far)


def test_what_a_researcher_may_not_do_is_refused_and_the_words_come_back(
    cast: Cast, enter: Enter
) -> None:
    told = {"text": "Een heel andere vraag?", "changed_by": "niets", "told": ""}
    answer = enter("bram").post(at_work(cast, "question/"), told)
    assert answer.status_code == 403
    assert "Een heel andere vraag?" in answer.content.decode()
    assert QuestionVersion.objects.filter(pilot=cast.pilot_a).count() == 1


def test_the_question_figures_and_people_are_kept(cast: Cast, enter: Enter) -> None:
    nadia = enter("nadia")
    question = {"text": "Wat helpt eerder?", "changed_by": "12 gesprekken", "told": ""}
    assert nadia.post(at_work(cast, "question/"), question).status_code == 302
    figure = {"words": "van de gezinnen", "value": "31%", "source": "CBS", "year": "2023"}
    assert nadia.post(at_work(cast, "figures/"), figure).status_code == 422
    assert nadia.post(at_work(cast, "figures/"), {"words": "wachttijd"}).status_code == 422
    sure = {**figure, "low": "28%", "high": "34%"}
    assert nadia.post(at_work(cast, "figures/"), sure).status_code == 302
    kept = PilotFigure.objects.get()
    assert "31% van de gezinnen CBS 2023" in words(nadia.get(at_work(cast, "figures/")))
    assert nadia.post(at_work(cast, f"figures/{kept.pk}/remove/")).status_code == 302
    assert not PilotFigure.objects.exists()
    counted = {"side": "parent", "people": "3", "heard_back": "4"}
    assert nadia.post(at_work(cast, "took-part/"), counted).status_code == 422
    assert (
        nadia.post(at_work(cast, "took-part/"), {**counted, "heard_back": "2"}).status_code == 302
    )
    assert "Ouders: 2 van de 3 hoorden terug" in words(nadia.get(at_work(cast, "took-part/")))
    assert TookPart.objects.count() == 1


def test_the_team_changes_at_once(cast: Cast, enter: Enter) -> None:
    nadia, page = enter("nadia"), at_work(cast, "team/")
    told = {"account": "joke", "role": "facilitator", "called": "begeleider"}
    assert nadia.post(page, {**told, "account": "wie"}).status_code == 422
    unknown = nadia.post(page, {**told, "account": "", "username": "wie"})
    assert "We kennen niemand met deze gebruikersnaam." in words(unknown)
    over = nadia.post(page, {**told, "last_day": (cast.today - timedelta(days=1)).isoformat()})
    assert over.status_code == 422
    assert "Deze dag is voorbij. Kies vandaag of later." in words(over)
    assert nadia.post(page, told).status_code == 302
    assert "Joke, begeleider" in words(nadia.get(page))
    assert nadia.post(page, told).status_code == 409
    hat = cast.account("joke").hats.get(role="facilitator")
    assert nadia.post(at_work(cast, f"team/{hat.pk}/end/")).status_code == 302
    assert "Joke, begeleider" not in words(nadia.get(page))
    last = nadia.post(at_work(cast, f"team/{cast.hats['nadia'].pk}/end/"))
    assert last.status_code == 409
    assert "Een pilot heeft een leider nodig." in words(last)


def test_decisions_requests_and_doubts_are_kept(cast: Cast, enter: Enter) -> None:
    nadia = enter("nadia")
    with clock.fixed(cast.now):
        asked = {"what": "Gaan we door?", "holder": "els", "due_on": cast.in_days(3).isoformat()}
        assert nadia.post(at_work(cast, "decisions/"), {**asked, "what": ""}).status_code == 422
        assert nadia.post(at_work(cast, "decisions/"), asked).status_code == 302
        decision = Decision.objects.get()
        page = at_work(cast, f"decisions/{decision.pk}/take/")
        assert "Gaan we door?" in words(nadia.get(page))
        assert nadia.post(page, {"outcome": "Ja, in maart."}).status_code == 302
        assert "Ja, in maart." in words(nadia.get(at_work(cast, "decisions/")))
        wanted = {"asked_of": "een instelling", "what": "wachttijden"}
        assert nadia.post(at_work(cast, "requests/"), wanted).status_code == 302
        request = DataRequest.objects.get()
        assert "Er kwam antwoord: wachttijden" in words(nadia.get(at_work(cast, "requests/")))
        page = at_work(cast, f"requests/{request.pk}/answer/")
        assert "Wachttijden. een instelling." in words(nadia.get(page))
        assert nadia.post(page, {"state": "refused", "ground": ""}).status_code == 422
        assert nadia.post(page, {"state": "got", "ground": ""}).status_code == 302
        doubt = {"doubt": "Mag dit?", "choice": "Nee, te klein."}
        assert nadia.post(at_work(cast, "doubts/"), doubt).status_code == 302
        assert "Mag dit? Nee, te klein." in words(nadia.get(at_work(cast, "doubts/")))
        assert nadia.get(at_work(cast, "decisions/9999/take/")).status_code == 404
        assert nadia.get(at_work(cast, "requests/9999/answer/")).status_code == 404


def test_a_lesson_is_written_answered_and_taken_off(cast: Cast, enter: Enter) -> None:
    Pilot.objects.update(is_public=True)
    nadia, joke = enter("nadia"), enter("joke")
    told = {"text": "Meet eerst.", "advice": "Klein.", "halves": "0", "kind": ""}
    assert nadia.post(at_work(cast, "lessons/"), told).status_code == 302
    lesson = Lesson.objects.get()
    theirs = f"/desk/{cast.pilot_b.slug}/lessons/{lesson.pk}/answer/"
    assert "Meet eerst. Klein. Van: Pilot A" in words(joke.get(theirs))
    assert joke.post(theirs, {"answer": "used", "why": ""}).status_code == 422
    assert joke.post(theirs, {"answer": "used", "why": "Dat doen we."}).status_code == 302
    assert joke.get(theirs).status_code == 409
    assert nadia.post(at_work(cast, f"lessons/{lesson.pk}/withdraw/")).status_code == 302
    assert "Meet eerst." not in words(Client().get("/lessons/"))


def test_the_pilot_is_shown_hidden_and_closed_by_its_leader(cast: Cast, enter: Enter) -> None:
    nadia, state = enter("nadia"), Pilot.objects.filter(pk=cast.pilot_a.pk)
    nadia.post(at_work(cast, "state/show/"))
    assert state.values_list("is_public", "state").get() == (True, State.RUNNING)
    nadia.post(at_work(cast, "state/hide/"))
    assert nadia.post(at_work(cast, "state/start/")).status_code == 409
    nadia.post(at_work(cast, "state/close/"))
    assert state.values_list("is_public", "state").get() == (False, State.CLOSED)
    assert nadia.post(at_work(cast, "state/explode/")).status_code == 404
    assert enter("bram").post(at_work(cast, "state/show/")).status_code == 403
