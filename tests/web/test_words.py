"""The pages of the dictionary, and words that explain themselves in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import Client, RequestFactory
from django.utils.html import strip_tags

from smartstart.access.actor import VISITOR
from smartstart.base import clock
from smartstart.language.loading import load_terms
from smartstart.language.models import HurtfulMark, Meaning, Outcome, Term, WordProposal, WordVote
from tests.cast import Cast

Enter = Callable[..., Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
BETTER = {"about": "meaning", "domain": "welfare", "text": "Iemand vertelt dat er iets is."}


def words(response: Any) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return re.sub(r"\s+", " ", unescape(strip_tags(main.group())))


@pytest.fixture(autouse=True)
def _dictionary() -> None:
    cache.clear()
    load_terms()


def given(page: str, client: Client) -> dict[str, str]:
    hidden = client.get(page).content.decode()
    found = re.findall(r'<input type="hidden" name="(given|ref)" value="([^"]+)"', hidden)
    return dict(found)


def test_everybody_looks_words_up_with_few_queries(django_assert_max_num_queries: Any) -> None:
    visitor = Client()
    with django_assert_max_num_queries(6):
        everything = words(visitor.get("/words/"))
    assert "135 woorden" in everything
    assert "aangifte vertellen aan de politie" in everything
    for query, told, other in (
        ("?q=OTS", "ondertoezichtstelling", "voedselbank"),
        ("?q=schuldsanering", "wsnp", "voedselbank"),
        ("?q=eten+krijgt", "voedselbank", "wsnp"),
        ("?field=safety", "veilig thuis", "wsnp"),
        ("?letter=w", "wsnp", "veilig thuis"),
    ):
        found = words(visitor.get(f"/words/{query}")).split("letter", 1)[-1]
        assert told in found, query
        assert other not in found, query
    assert "Dit woord hebben we nog niet" in words(visitor.get("/words/?q=blorp"))
    assert "135 woorden" in words(visitor.get("/words/?field=nergens&letter=xx"))
    with django_assert_max_num_queries(6):
        page = words(visitor.get("/words/melding/"))
    assert "In gewone woorden: bericht" in page
    assert "Onderwijs Een bericht van school aan ouders" in page
    assert "Bron: Leerplichtwet 1969, artikel 21a, opgeschreven op 22 november 2026." in page
    assert "Nog niet getekend. Iemand uit dit vak moet het nog nakijken." in page
    assert visitor.get("/words/bestaat niet/").status_code == 404


def test_a_family_marks_a_word_and_takes_that_back(cast: Cast, enter: Enter) -> None:
    parent = enter("anouk")
    casus = Term.objects.get(word="casus")
    assert "Dit woord doet pijn" in words(parent.get("/words/casus/"))
    for _ in range(2):
        parent.post(f"/words/{casus.pk}/hurts/", {"say": "hurts"})
    assert "1 mens zegt dat dit woord pijn doet" in words(Client().get("/words/casus/"))
    parent.post(f"/words/{casus.pk}/hurts/", {"say": "back"})
    assert HurtfulMark.objects.count() == 0
    assert "Dit woord doet pijn" not in words(Client().get("/words/casus/"))


def test_a_visitor_proposes_and_the_keeper_answers(cast: Cast, enter: Enter) -> None:
    visitor, page = Client(), "/words/propose/?word=melding&about=meaning"
    with clock.fixed(cast.now):
        sent = BETTER | given(page, visitor)
    assert visitor.post(page, sent).status_code == 422  # sooner than a person types
    with clock.fixed(cast.now + timedelta(minutes=1)):
        for _ in range(2):
            assert visitor.post(page, sent).status_code == 302
    (waits,) = WordProposal.objects.all()
    assert (waits.about, waits.text, waits.outcome) == ("meaning", BETTER["text"], Outcome.WAITS)
    assert BETTER["text"] not in words(visitor.get("/words/proposals/"))

    parent, keeper = enter("anouk"), enter("els")
    look = f"/words/proposals/{waits.pk}/look/"
    assert BETTER["text"] not in words(parent.get("/words/proposals/"))
    assert "(1)" not in words(parent.get("/words/"))
    assert "(1)" in words(keeper.get("/words/"))
    assert parent.post(f"/words/proposals/{waits.pk}/agree/").status_code == 404
    assert parent.post(look).status_code == 404
    assert "Alleen jij kunt dit lezen." in words(keeper.get("/words/proposals/"))
    for _ in range(2):
        assert keeper.post(look, {"say": "show"}).status_code == 302
    assert parent.post(look, {"say": "away"}).status_code == 403
    assert BETTER["text"] not in words(visitor.get("/words/proposals/"))
    for _ in range(2):
        parent.post(f"/words/proposals/{waits.pk}/agree/")
    assert "1 mens is het ermee eens" in words(parent.get("/words/proposals/"))
    assert parent.get(f"/words/proposals/{waits.pk}/answer/").status_code == 403
    answer = f"/words/proposals/{waits.pk}/answer/"
    assert keeper.post(answer, {"why": "", "say": "yes"}).status_code == 422
    assert keeper.post(answer, {"why": "Zo zeggen we het.", "say": "yes"}).status_code == 302
    meaning = Meaning.objects.get(term__word="melding", domain="welfare")
    assert (meaning.text, meaning.source, meaning.signed_as) == (BETTER["text"], "", "")
    assert "Zo zeggen we het." in words(visitor.get("/words/proposals/"))
    assert parent.post(f"/words/proposals/{waits.pk}/agree/", {"say": "back"}).status_code == 409
    assert keeper.post(answer, {"why": "nog eens", "say": "no"}).status_code == 409
    assert WordVote.objects.count() == 1


def test_what_tells_who_it_is_about_is_shown_first_and_a_number_never_comes_in(
    cast: Cast, enter: Enter
) -> None:
    parent, keeper, page = enter("anouk"), enter("els"), "/words/propose/"
    number = {"word": "koffieuurtje", "text": "Bel mij op 0612345678.", "domain": ""}
    refused = parent.post(page, number)
    assert refused.status_code == 422
    assert "Haal het eruit" in words(refused)
    named = number | {"text": "Als Emma de Vries langskomt."}
    shown = parent.post(page, named)
    assert (shown.status_code, WordProposal.objects.count()) == (422, 0)
    assert "Zegt dit wie het is?" in words(shown)
    looked = re.findall(r'name="looked" value="(\w+)"', shown.content.decode())
    other = named | {"looked": looked[0], "text": "Als Jayden de Vries langskomt."}
    assert parent.post(page, other).status_code == 422, "other words are looked at anew"
    assert parent.post(page, named | {"looked": looked[0]}).status_code == 302
    (waits,) = WordProposal.objects.all()
    assert keeper.post(f"/words/proposals/{waits.pk}/look/", {"say": "away"}).status_code == 302
    assert WordProposal.objects.count() == 0
    assert "Emma" not in words(keeper.get("/words/proposals/"))


def test_a_new_word_another_word_and_a_no(cast: Cast, enter: Enter) -> None:
    parent, keeper = enter("anouk"), enter("els")
    new = {"word": " Warme  Overdracht ", "text": "samen praten", "domain": "education"}
    assert parent.post("/words/propose/", new).status_code == 302
    assert parent.post("/words/propose/", new | {"word": "melding"}).status_code == 409
    plain = {"about": "plain", "text": "ons verhaal", "domain": "health"}
    assert parent.post("/words/propose/?word=casus", plain).status_code == 302
    assert parent.post("/words/propose/?word=casus", BETTER | {"domain": ""}).status_code == 422
    assert parent.post("/words/propose/?word=plan", plain | {"text": "nee"}).status_code == 302
    first, second, third = WordProposal.objects.order_by("id")
    for one, say in ((first, "yes"), (second, "yes"), (third, "no")):
        keeper.post(f"/words/proposals/{one.pk}/answer/", {"why": "daarom", "say": say})
    made = Term.objects.get(word="warme overdracht")
    assert (made.plain, made.meanings.get().text) == ("samen praten", "samen praten")
    assert Term.objects.get(word="casus").plain == "ons verhaal"
    assert Term.objects.get(word="plan").plain == "afspraken op papier"
    assert "Het komt er niet in." in words(parent.get("/words/proposals/"))
    assert "nee" not in words(Client().get("/words/proposals/")).split("antwoord")[-1]


def test_machines_are_held_up_and_nothing_typed_is_lost(cast: Cast) -> None:
    visitor, page = Client(), "/words/propose/"
    new = {"word": "blorp", "text": "iets", "website": "x"} | given(page, visitor)
    with clock.fixed(cast.now + timedelta(minutes=1)):
        held = visitor.post(page, new)
        assert (held.status_code, "blorp" in held.content.decode()) == (422, True)
        for number in range(6):
            sent = new | {"website": "", "word": f"blorp {number}", "ref": ""}
            last = visitor.post(page, sent)
    assert (last.status_code, WordProposal.objects.count()) == (429, 5)


def test_somebody_of_the_field_signs_what_they_read(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    bram = enter("bram")
    domain = cast.hats["bram"].organisation.domain  # type: ignore[union-attr]
    meaning = Meaning.objects.filter(term__word="melding", domain=domain).get()
    assert "Ik werk hier en dit klopt" in words(bram.get("/words/melding/"))
    bram.post(f"/words/meanings/{meaning.pk}/sign/", {"read": "iets anders"})
    assert "Getekend door" not in words(bram.get("/words/melding/"))
    bram.post(f"/words/meanings/{meaning.pk}/sign/", {"read": meaning.text})
    meaning.refresh_from_db()
    assert (meaning.signed_as, meaning.signed_on) == (cast.hats["bram"].called, cast.today)
    assert f"Getekend door een {meaning.signed_as}" in words(Client().get("/words/melding/"))

    assert "Teken uitleg van mijn vak" in words(bram.get("/words/"))
    assert "Teken uitleg van mijn vak" not in words(enter("anouk").get("/words/"))
    left = Meaning.objects.filter(domain=domain, signed_on=None)
    with django_assert_max_num_queries(12):
        page = words(bram.get("/words/to-sign/"))
    assert f"1 uitleg is getekend. {left.count()} wachten nog." in page
    first = left.order_by("term__word")[0]
    assert first.text in page
    assert meaning.text not in page
    sent = bram.post(f"/words/meanings/{first.pk}/sign/", {"read": first.text, "from": "list"})
    assert sent.headers["Location"] == "/words/to-sign/"
    first.refresh_from_db()
    assert (first.signed_by, first.signed_on) == (cast.hats["bram"].account.person, cast.today)
    assert first.text not in words(bram.get("/words/to-sign/"))


def drawn(template: str, **context: object) -> str:
    request = RequestFactory().get("/")
    request.actor, request.today = VISITOR, date(2026, 11, 20)  # type: ignore[attr-defined]
    return engines["django"].from_string("{% load words %}" + template).render(context, request)


def test_a_word_explains_itself_once_and_the_rest_of_the_text_stays_as_it_is(
    django_assert_num_queries: Any,
) -> None:
    text = "Een <b>melding</b> & een zorgmelding.\nDe OTS loopt."
    drawn("{% explained 'x' %}")
    with django_assert_num_queries(1):
        page = drawn("{% explained text %}|{% explained text %}", text=text)
    first, second = page.split("|")
    assert second == "Een &lt;b&gt;melding&lt;/b&gt; &amp; een zorgmelding.<br>De OTS loopt."
    buttons = re.findall(
        r'<button class="ss-term"[^>]*popovertarget="([^"]+)">([^<]+)</button>', first
    )
    assert [shown for _, shown in buttons] == ["melding", "OTS"]
    for name, _shown in buttons:
        assert first.count(f'id="{name}"') == 1
    assert "In gewone woorden: bericht" in strip_tags(first)
    told = "Onderwijs: Een bericht van school aan ouders"
    assert told in strip_tags(first)
    gentle = drawn("{% explained 'een vertrouwenspersoon' %}")
    assert ("Jeugdhulp" in gentle, "cliënt" in gentle) == (True, False)
    assert "cliënt" in words(Client().get("/words/vertrouwenspersoon/"))
    without = re.sub(
        r"<span class=\"ss-explains\".*?</button>\s*</span>", "", first, flags=re.DOTALL
    )
    assert strip_tags(without.replace("<br>", "\n")) == strip_tags(second.replace("<br>", "\n"))


def test_hints_show_both_meanings_and_words_to_use_instead() -> None:
    text = "Er is een melding. Indien dat kan."
    both = drawn("{% writing_hints text fields %}", text=text, fields={"education", "health"})
    seen = re.sub(r"\s+", " ", strip_tags(both))
    assert "“melding” betekent niet voor elke lezer hetzelfde." in unescape(seen)
    assert "Onderwijs: Een bericht van school" in seen
    assert "Gezondheid: Een bericht aan de inspectie" in seen
    assert "Indien Dit klinkt als een kantoor. Zeg: als" in seen
    assert drawn("{% writing_hints 'Wij komen morgen.' fields %}", fields={"health"}).strip() == ""


def test_who_writes_reads_what_can_be_said_plainer_and_nothing_is_kept() -> None:
    visitor, long = Client(), "Wij bellen je morgen om negen uur op, maar als dat niet gaat mag je"
    long += " ons ook zelf bellen."
    text = f"Indien er een melding is, wordt er gebeld. {long}"
    sent = {"words": text, "readers": ["education", "health"]}
    answer = visitor.post("/words/plainer/", sent)
    seen = words(answer)
    assert "Indien Dit klinkt als een kantoor. Zeg: als" in seen
    assert "wordt er gebeld Hier doet niemand het." in seen
    assert "Wij bellen je morgen om negen uur op. Maar als dat niet gaat" in seen
    assert "“melding” betekent niet voor elke lezer hetzelfde." in seen
    assert answer.headers["Cache-Control"] == "no-store, private"
    plain = visitor.post("/words/plainer/", {"words": "Wij komen morgen."})
    assert "We vonden niets." in words(plain)
    assert visitor.post("/words/plainer/", {"words": "x" * 5_001}).status_code == 422


def test_the_dictionary_speaks_english_to_who_chose_that_and_its_dutch_is_marked_dutch() -> None:
    visitor = Client()
    visitor.post("/i18n/setlang/", {"language": "en", "next": "/words/"})
    in_english = visitor.get("/words/melding/")
    seen = words(in_english)
    assert "In plain words: bericht" in seen
    assert "Not signed yet" in seen
    page = in_english.content.decode()
    assert re.search(r'<html lang="en"', page)
    assert '<p lang="nl">Een bericht van school' in page
    visitor.post("/i18n/setlang/", {"language": "nl", "next": "/words/"})
    assert "In gewone woorden: bericht" in words(visitor.get("/words/melding/"))
