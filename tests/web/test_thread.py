"""The team's pages of a thread, over the real door."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.thread import operations
from smartstart.thread.kinds import Kind, State
from smartstart.thread.models import Audience, Concept, GapReason, Insight, Knot, Tie
from smartstart.voices.models import Excerpt
from smartstart.web.thread import markup
from tests.cast import Cast
from tests.thread.yarn import Yarn
from tests.voices.booth import Booth

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
SLUG = "pilot-a"


@pytest.fixture
def yarn(cast: Cast) -> Yarn:
    return Yarn(cast)


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


@pytest.fixture
def nadia(enter: Callable[..., Client]) -> Client:
    return enter("nadia")


def words_of(answer: Any, *, within: str = "main") -> str:
    """What a reader sees between the tags of one element, with single blanks."""
    html = answer.content.decode()
    found = re.search(rf"<{within}\b.*?</{within}>", html, re.DOTALL)
    assert found, html[:400]
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", found[0], flags=re.DOTALL)
    return " ".join(unescape(text).split())


def url(name: str, *args: object) -> str:
    return reverse(f"thread:{name}", args=[SLUG, *args])


def test_an_empty_thread_says_where_to_begin(nadia: Client) -> None:
    assert words_of(nadia.get(url("thread"))) == (
        "Pilot A De draad Van stemmen en cijfers naar een oplossing en wat die deed."
        " De draad is nog leeg Begin met een inzicht uit wat mensen zeiden."
        " Ook gemaakt van de stemmen Persona’s Wie dacht er mee Waar had hulp eerder kunnen komen?"
        " Voeg iets toe aan de draad"
        " Schrijf een inzicht Stel een hoe-kunnen-we-vraag Voeg een idee toe"
    )


def test_the_thread_is_drawn_and_listed_with_ways_both_up_and_down(
    nadia: Client, yarn: Yarn
) -> None:
    made = yarn.chain()

    page = nadia.get(url("thread")).content.decode().split('class="ss-thread-svg"')[1]
    drawing, listed = page.split("</svg>", 1)

    for kind in ("insight", "how_might_we", "idea", "concept"):
        assert f'href="{url("knot", made[kind].ref)}"' in drawing
        assert f'id="knot-{made[kind].ref}"' in listed
    assert drawing.count("<path") == 4 + 1  # four ties, and "not measured yet"
    item = listed.split(f'id="knot-{made["how_might_we"].ref}"')[1].split("</li>")[0]
    assert re.findall(r'class="nl-link" href="([^"]+)"', item) == [
        url("knot", made["insight"].ref),
        url("knot", made["idea"].ref),
    ]
    assert "Nog niet gemeten" in drawing
    assert "Nog niet gemeten" in listed


def test_an_insight_is_made_from_chosen_excerpts(nadia: Client, booth: Booth) -> None:
    excerpt = booth.excerpt()
    other = booth.excerpt(excerpt.transcript, 80, 100)

    asked = nadia.get(f"{url('new_insight')}?excerpt={excerpt.ref}")
    assert re.findall(r'value="([^"]+)"[^>]*checked', asked.content.decode()) == [
        str(excerpt.knot.ref)
    ]
    answer = nadia.post(
        url("new_insight"),
        {"title": "Ouders schamen zich.", "rests_on": [excerpt.knot.ref, other.knot.ref]},
    )

    insight = Insight.objects.get()
    assert answer.headers["Location"] == url("knot", insight.knot.ref)
    assert insight.title == "Ouders schamen zich."
    assert set(Tie.objects.values_list("lower", "upper")) == {
        (excerpt.knot_id, insight.knot_id),
        (other.knot_id, insight.knot_id),
    }


def test_a_concept_keeps_the_fixed_form_and_shows_its_gap(nadia: Client, yarn: Yarn) -> None:
    insight = yarn.write(Kind.INSIGHT, rests_on=[yarn.voice().ref])
    question = yarn.pilot.questions.get()
    form = {
        "title": "Duo-hulp",
        "goal": "De ouder houdt de regie.",
        "words": "Eén vast maatje.",
        "principles": "Naast de ouder.",
        "data_used": "Elf gesprekken.",
        "test_results": "Nog geen.",
        "question": question.pk,
        "developed_with": "ouders",
        "rests_on": [insight.knot.ref],
    }

    answer = nadia.post(url("new", "concept"), form, follow=True)

    concept = Concept.objects.get()
    assert (concept.goal, concept.question) == ("De ouder houdt de regie.", question)
    seen = words_of(answer)
    assert (
        "Doel De ouder houdt de regie. Zo werkt het Eén vast maatje."
        " Daar houden we ons aan Naast de ouder. Verhalen en cijfers Elf gesprekken."
        " Wat de tests lieten zien Nog geen. Voor welke vraag Wat helpt op pilot_a?"
        " Gemaakt met ouders" in seen
    )
    assert "Nog geen cijfer steunt dit. Knoop er hieronder een aan vast" in seen
    assert "Nog geen stem steunt dit." not in seen


def test_the_reason_for_a_gap_is_asked_and_kept(nadia: Client, yarn: Yarn) -> None:
    concept = yarn.chain()["concept"]
    gap = url("gap", concept.ref, "figure")

    empty = nadia.post(gap, {"figure-words": " "})
    kept = nadia.post(gap, {"figure-words": "De cijfers komen in maart."}, follow=True)

    assert empty.status_code == 422
    assert GapReason.objects.get().words == "De cijfers komen in maart."
    page = kept.content.decode()
    assert page.count("De cijfers komen in maart.") == 1, "in the box, to go on writing"
    box = r"<textarea[^>]*>\s*De cijfers komen in maart\.</textarea>"
    assert re.search(box, page)
    assert re.search(box, nadia.get(gap).content.decode())
    assert nadia.get(url("gap", concept.ref, "nothing")).status_code == 404


def test_a_tie_is_made_and_undone(nadia: Client, yarn: Yarn) -> None:
    low, up = yarn.voice(), yarn.write(Kind.INSIGHT).knot

    nadia.post(url("tie", up.ref), {"lower": str(low.ref)})
    assert Tie.objects.filter(lower=low, upper=up).exists()

    page = nadia.get(url("knot", up.ref)).content.decode()
    assert url("untie", up.ref, low.ref) in page
    nadia.post(url("untie", up.ref, low.ref))
    assert not Tie.objects.exists()


def test_what_rests_on_something_gone_is_weakened_until_the_team_looked(
    nadia: Client, yarn: Yarn
) -> None:
    first, second = yarn.voice(), yarn.voice()
    insight = yarn.write(Kind.INSIGHT, title="Ze lopen", rests_on=[first.ref, second.ref]).knot
    operations.withdraw_knots([first.pk], at=yarn.now)

    thread = nadia.get(url("thread"))
    assert "verzwakt: 1 van 2 stemmen" in words_of(thread)
    assert 'class="ss-thread-svg__weak"' in thread.content.decode()
    assert "Dit wacht op jou verzwakt Ze lopen Kijk of het nog klopt." in words_of(thread)
    gone = words_of(nadia.get(url("knot", first.ref)))
    assert "Dit kun je niet meer lezen. Het is teruggenomen op 20 november 2026." in gone

    looked = nadia.post(url("stand", insight.ref), follow=True)

    insight.refresh_from_db()
    assert insight.state == State.STANDING
    assert "verzwakt" not in words_of(looked)


def test_what_was_cut_loose_from_a_gone_voice_counts_no_nought_of_nought(
    nadia: Client, yarn: Yarn
) -> None:
    """Found by hand: 'verzwakt: 0 van 0 stemmen' stood on the public page."""
    voice = yarn.voice()
    insight = yarn.write(Kind.INSIGHT, title="Ze lopen", rests_on=[voice.ref]).knot
    operations.withdraw_knots([voice.pk], at=yarn.now)
    told = words_of(nadia.get(url("knot", insight.ref)))
    assert "Verzwakt. Nog over: 0 van 1 stem. We zoeken of het nog klopt." in told

    nadia.post(url("untie", insight.ref, voice.ref))
    told = words_of(nadia.get(url("knot", insight.ref)))
    assert "Verzwakt. Er is geen stem meer onder. We zoeken of het nog klopt." in told
    assert "verzwakt: er is geen stem meer" in words_of(nadia.get(url("thread")))


def test_the_words_of_a_thing_are_changed(nadia: Client, yarn: Yarn) -> None:
    knot = yarn.write(Kind.TEST, title="Eerste test").knot

    asked = nadia.get(url("change", knot.ref))
    wrong = nadia.post(url("change", knot.ref), {"title": "T", "people": 3, "went_on": 4})
    nadia.post(url("change", knot.ref), {"title": "Tweede test", "people": 14, "went_on": 11})

    assert 'value="Eerste test"' in asked.content.decode()
    assert wrong.status_code == 422
    assert "Dit kan niet meer zijn dan er meededen." in words_of(wrong)
    seen = words_of(nadia.get(url("knot", knot.ref)))
    assert "Tweede test 11 van de 14 gingen door" in seen


def test_who_thinks_along_sees_what_was_opened_to_them(
    nadia: Client, yarn: Yarn, cast: Cast, enter: Callable[..., Client]
) -> None:
    from smartstart.people.models import Hat

    yarn.meedenker()
    hat = Hat.objects.get(role="meedenker")
    cast.hats["maria"] = hat
    insight = yarn.write(Kind.INSIGHT, title="Voor wie meedenkt").knot
    yarn.write(Kind.INSIGHT, title="Nog van het team")

    maria = enter("maria")
    before = words_of(maria.get(url("thread")))
    nadia.post(url("open", insight.ref))
    after = words_of(maria.get(url("thread")))

    insight.refresh_from_db()
    assert insight.audience == Audience.MEEDENKERS
    assert "Voor wie meedenkt" not in before
    assert "Voor wie meedenkt" in after
    assert "Nog van het team" not in after
    assert "Schrijf een inzicht" not in after
    assert maria.post(url("new", "insight"), {"title": "Mag niet"}).status_code == 403


@pytest.mark.parametrize("name", ["joke", "els", "ada", "petra", "anouk", "sam"])
def test_who_does_not_work_here_finds_no_thread(
    yarn: Yarn, enter: Callable[..., Client], name: str
) -> None:
    insight = yarn.write(Kind.INSIGHT).knot
    client = enter(name)

    statuses = [
        client.get(url("thread")).status_code,
        client.get(url("knot", insight.ref)).status_code,
        client.get(url("new", "insight")).status_code,
        client.get(url("publish", insight.ref)).status_code,
        client.post(url("stand", insight.ref)).status_code,
        client.post(url("take_back", insight.ref)).status_code,
    ]

    assert statuses == [404] * 6
    assert Knot.objects.count() == 1


def test_reading_the_thread_leaves_a_line_for_each_voice(nadia: Client, booth: Booth) -> None:
    excerpt = booth.excerpt()
    lines = Line.objects.filter(folder=excerpt.folder, deed="read")
    before = lines.count()

    nadia.get(url("thread"))

    assert lines.count() == before + 1


def test_from_a_concept_to_a_quote_is_one_click(nadia: Client, booth: Booth) -> None:
    excerpt = booth.excerpt()
    yarn = Yarn(booth.cast)
    insight = yarn.write(Kind.INSIGHT, rests_on=[excerpt.knot.ref])
    concept = yarn.write(Kind.CONCEPT, rests_on=[insight.knot.ref])

    seen = words_of(nadia.get(url("knot", concept.knot.ref)))

    said = booth.reading().text(
        Excerpt.objects.select_related("folder").get(pk=excerpt.pk), "words"
    )
    assert f"In hun eigen woorden “{said}” moeder, 34 jaar" in seen


def test_a_box_is_drawn_as_its_component_is(db: None) -> None:
    from django.template.loader import render_to_string

    for url, small in (("/a/?b=1&c=2", ""), ("", "1 stem")):
        told = {"kind": "insight", "words": "Ze zei: “<b>ja</b>”", "from": small, "url": url}
        component = render_to_string("components/knot.html", told)
        ours = markup.knot("insight", told["words"], small, url)
        assert re.sub(r"\s+(?=<)|(?<=>)\s+", "", component) == ours


def test_what_people_wrote_is_never_markup(nadia: Client, yarn: Yarn) -> None:
    bad = '<script>alert("x")</script>"&\''
    yarn.write(Kind.INSIGHT, title=bad, rests_on=[yarn.voice().ref])
    yarn.write(Kind.CONCEPT, title=bad, form={"goal": bad, "words": bad})

    html = nadia.get(url("thread")).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
