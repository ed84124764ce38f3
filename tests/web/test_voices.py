"""The pages of the interviews, each once, with real rows and Django's client."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from smartstart.access.permissions import Role
from smartstart.access.reading import open_for_deed
from smartstart.people.models import Hat
from smartstart.voices import (
    operations,
    operations_coding,
    operations_quotes,
    operations_story,
)
from smartstart.voices.models import (
    Code,
    Coding,
    CodingRound,
    Interview,
    Pseudonym,
    QuoteApproval,
    Transcript,
)
from smartstart.voices.states import Layer, ProposalState, TellBy
from tests.cast import Cast
from tests.voices.booth import TEXT, Booth

Enter = Callable[..., Client]
pytestmark = [pytest.mark.usefixtures("at_now")]
BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


@pytest.fixture
def nadia(enter: Enter) -> Client:
    return enter("nadia")


def where(name: str, *arguments: Any) -> str:
    return reverse(f"voices:{name}", args=arguments)


def words(response: Any) -> str:
    """The words of the page itself, blanks folded."""
    main = re.search(r"<main.*</main>", response.content.decode(), flags=re.DOTALL)
    assert main, response.content[:300]
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", main.group(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


# Interviews and consent ---------------------------------------------------------------------------


def test_an_empty_pilot_says_how_to_begin(booth: Booth, nadia: Client) -> None:
    page = words(nadia.get(where("interviews", booth.pilot.slug)))

    assert "Nog geen gesprek" in page
    assert "Plan een gesprek" in page


def test_who_does_no_research_is_told_so(booth: Booth, enter: Enter) -> None:
    booth.agreed()

    here = where("interviews", booth.pilot.slug)
    Hat.objects.filter(ref=booth.cast.hats["bram"].ref).update(role=Role.FACILITATOR.value)

    page = words(enter("bram").get(here))

    assert "In jouw rol lees je geen gesprekken." in page
    assert "moeder" not in page
    assert "Plan een gesprek" not in page
    assert enter("els").get(here).status_code == 404


def test_the_list_says_of_each_interview_what_comes_next(booth: Booth, nadia: Client) -> None:
    booth.plan(described="eerste")
    booth.agreed()
    booth.imported()
    checked = booth.checked()
    booth.round(booth.checked())
    coded = booth.round(booth.checked())
    booth.ready(coded, "nadia", "bram")
    operations_coding.merge(booth.nadia, coded.ref, at=booth.now)
    gone = booth.agreed()
    operations.withdraw_consent(booth.nadia, gone.pk, at=booth.now)

    page = words(nadia.get(where("interviews", booth.pilot.slug)))

    for stands in (
        "Nog geen ja.",
        "Ja gezegd, nog geen tekst.",
        "De tekst staat erin.",
        "De namen zijn nagekeken.",
        "Er wordt gecodeerd.",
        "Het coderen is klaar. Kies woorden voor een inzicht",
        "Gesprek 7 is teruggenomen op 20 november 2026.",
    ):
        assert stands in page
    assert checked.interview.number == 4


def test_home_leads_to_the_pilot_of_the_role(booth: Booth, nadia: Client, enter: Enter) -> None:
    assert nadia.get(where("home"))["Location"] == where("interviews", booth.pilot.slug)
    assert enter("ada").get(where("home")).status_code == 404


def test_planning_leads_to_the_consent(booth: Booth, nadia: Client) -> None:
    form = {"with_whom": "Samira", "described": "moeder, 29 jaar", "planned_on": "2026-12-01"}

    response = nadia.post(where("plan", booth.pilot.slug), form)

    made = Interview.objects.get()
    assert response["Location"] == where("consent", made.pk)
    assert booth.reading().text(Interview.objects.select_related("folder").get(), "described") == (
        "moeder, 29 jaar"
    )


def test_a_plan_without_a_day_comes_back_with_what_was_typed(booth: Booth, nadia: Client) -> None:
    response = nadia.post(where("plan", booth.pilot.slug), {"with_whom": "Samira"})

    assert response.status_code == 422
    assert "Samira" in response.content.decode()
    assert not Interview.objects.exists()


def test_the_page_to_withdraw_tells_what_stops_and_what_goes_on(
    booth: Booth, nadia: Client
) -> None:
    transcript = booth.checked()
    interview = transcript.interview_id

    page = words(nadia.get(where("withdraw", interview)))
    assert "Wat stopt De tekst en alle codes erop zijn meteen weg, voorgoed." in page
    assert "Wat doorgaat" in page

    nadia.post(where("withdraw", interview))
    left = nadia.get(where("interview", interview))
    assert left.status_code == 410
    assert "Gesprek 1 is teruggenomen op 20 november 2026." in words(left)
    assert "moeder" not in words(left)
    for name in ("coding", "names", "merging", "quotes", "card", "import_text"):
        assert nadia.get(where(name, interview))["Location"] == where("interview", interview)


# The text and its names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("leeg.txt", b"", "Dit bestand is leeg."),
        ("foto.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "foto.docx"),
        ("gesprek.pdf", b"%PDF-1.7\n", "gesprek.pdf"),
    ],
)
def test_a_file_that_is_refused_is_named_and_the_text_is_kept(
    booth: Booth, nadia: Client, name: str, content: bytes, told: str
) -> None:
    interview = booth.agreed()
    form = {"file": SimpleUploadedFile(name, content), "text": "Vraag: wat hielp?\n\nKoffie."}

    response = nadia.post(where("import_text", interview.pk), form)

    assert response.status_code == 422
    assert told in words(response)
    assert "Koffie." in response.content.decode()
    assert not Transcript.objects.exists()


def test_nothing_is_not_a_text(booth: Booth, nadia: Client) -> None:
    response = nadia.post(where("import_text", booth.agreed().pk), {"text": "  "})

    assert response.status_code == 422
    assert "Kies een bestand, of plak een tekst." in words(response)


def test_a_pasted_text_is_shown_as_it_was_cut_with_what_is_odd(booth: Booth, nadia: Client) -> None:
    interview = booth.agreed()
    text = "Skip to content\n\n" + TEXT

    nadia.post(where("import_text", interview.pk), {"text": text})

    page = words(nadia.get(where("names", interview.pk)))
    assert "Skip to content" in page
    assert "Vraag: En daarna?" in page
    assert "We zoeken naar namen. Je kunt vast kijken." in page


def test_without_a_yes_no_text_comes_in(booth: Booth, nadia: Client) -> None:
    response = nadia.post(where("import_text", booth.plan().pk), {"text": TEXT})

    assert response.status_code == 409
    assert "Ik ging eerst" in response.content.decode(), "what was typed is given back"
    assert not Transcript.objects.exists()


def test_the_part_with_the_progress_asks_for_the_whole_page_once_done(
    booth: Booth, nadia: Client
) -> None:
    transcript = booth.imported()
    address, part = where("names", transcript.interview_id), {"HX-Target": "progress"}
    assert "We zoeken naar namen" in nadia.get(address, headers=part).content.decode()

    from smartstart.voices import operations_text

    operations_text.propose_pseudonyms(transcript.ref, at=booth.now)
    assert nadia.get(address, headers=part)["HX-Refresh"] == "true"
    assert "We zochten alleen op vaste regels." in words(nadia.get(address))


def test_names_are_decided_one_by_one_and_only_then_released(booth: Booth, nadia: Client) -> None:
    transcript = booth.proposed()
    interview = transcript.interview_id
    waiting = list(Pseudonym.objects.filter(transcript=transcript).order_by("start"))
    assert waiting, "the rules find a name in the text"

    early = nadia.post(where("finish", interview), {"checked": "yes"})
    assert early.status_code == 409
    coding = nadia.get(where("coding", interview))
    assert coding.status_code == 409
    assert f'href="{where("names", interview)}"' in coding.content.decode()

    for row in waiting[:1]:
        form = {"pseudonym": row.ref, "answer": "yes", "replacement": "[vrijwilliger 1]"}
        answer = nadia.post(where("decide", interview), {**form, "place": "1"})
        assert answer["Location"] == where("names", interview) + "#n2"
    for row in waiting[1:]:
        nadia.post(where("decide", interview), {"pseudonym": row.ref, "answer": "no"})
    states = Pseudonym.objects.filter(transcript=transcript).values_list("state", flat=True)
    assert set(states) <= {ProposalState.CONFIRMED, ProposalState.REJECTED}

    nadia.post(where("add_name", interview), {"words": "dochter", "replacement": "[kind]"})
    assert nadia.post(where("finish", interview), {}).status_code == 422
    assert nadia.post(where("finish", interview), {"checked": "yes"}).status_code == 302
    page = words(nadia.get(where("coding", interview)))
    assert "Wie codeert deze tekst?" in page
    fresh = Transcript.objects.select_related("folder").get()
    text = booth.reading().text(fresh, "text")
    assert "[vrijwilliger 1]" in text
    assert "Mijn [kind]" in text
    assert "dochter" not in text


def test_words_that_are_not_there_are_not_replaced(booth: Booth, nadia: Client) -> None:
    transcript = booth.proposed()

    response = nadia.post(
        where("add_name", transcript.interview_id), {"words": "Nergens", "replacement": "[x]"}
    )

    assert response.status_code == 422
    assert "Deze woorden staan niet in de tekst" in words(response)


# Codebook and coding ------------------------------------------------------------------------------


def test_codes_are_added_renamed_and_refused_when_the_name_is_taken(
    booth: Booth, nadia: Client
) -> None:
    slug = booth.pilot.slug
    nadia.post(where("codebook", slug), {"name": "Schaamte", "description": "Zich klein voelen."})
    code = Code.objects.get()
    assert "1 Schaamte" in words(nadia.get(where("codebook", slug)))

    nadia.post(where("code", slug, code.ref), {"name": "Zich schamen"})
    assert "1 Zich schamen" in words(nadia.get(where("codebook", slug)))
    assert nadia.post(where("codebook", slug), {"name": "zich schamen"}).status_code == 422
    assert nadia.get(where("code", slug, uuid4())).status_code == 404


@pytest.fixture
def round_(booth: Booth) -> CodingRound:
    """Two coders, blind, on a checked text; two codes."""
    booth.code("Schaamte")
    booth.code("Opnieuw vertellen")
    return booth.round(booth.checked())


def form_of(round_: CodingRound, start: int, end: int, **more: str) -> dict[str, Any]:
    code = Code.objects.get(number=1)
    return {"round": round_.ref, "code": code.ref, "start": start, "end": end, **more}


def test_coding_begins_with_one_or_two_people_of_the_pilot(booth: Booth, nadia: Client) -> None:
    interview = booth.checked().interview_id
    hats = booth.cast.hats

    response = nadia.post(where("begin", interview), {"coders": [hats["joke"].ref]})
    assert response.status_code == 422
    both = [hats["nadia"].ref, hats["bram"].ref]
    assert nadia.post(where("begin", interview), {"coders": both}).status_code == 302
    assert CodingRound.objects.get().coders.count() == 2


def test_a_code_is_saved_once_however_often_it_is_sent(
    booth: Booth, round_: CodingRound, nadia: Client
) -> None:
    address = where("save", round_.transcript.interview_id)
    first = nadia.post(address, form_of(round_, 40, 60, memo="Sterk beeld"))
    again = nadia.post(address, form_of(round_, 40, 60), headers=BY_SCRIPT)

    coding = Coding.objects.select_related("folder").get()
    assert booth.reading().text(coding, "memo") == "Sterk beeld", "sent again it loses no memo"
    assert first["Location"].endswith(f"?piece={coding.ref.hex}#c{coding.ref.hex}")
    assert again.json() == {"coding": coding.ref.hex, "saved": "10.00"}


def test_the_memo_of_a_piece_is_there_when_it_is_chosen(
    booth: Booth, round_: CodingRound, nadia: Client
) -> None:
    made = booth.put(round_, 40, 60, memo="Sterk beeld")
    address = where("coding", round_.transcript.interview_id)

    assert "Sterk beeld" not in nadia.get(address).content.decode()
    assert "Sterk beeld" in words(nadia.get(f"{address}?piece={made.ref.hex}"))
    part = nadia.get(f"{address}?piece={made.ref.hex}", headers={"HX-Target": "piece"})
    assert "Sterk beeld" in part.content.decode()
    assert "<main" not in part.content.decode()


@pytest.mark.parametrize(("start", "end"), [(0, 99_999), (9, 9), (20, 10), ("", ""), ("x", 4)])
def test_a_code_outside_the_text_is_refused_in_a_sentence(
    round_: CodingRound, nadia: Client, start: Any, end: Any
) -> None:
    address = where("save", round_.transcript.interview_id)

    response = nadia.post(address, form_of(round_, start, end, memo="Dit blijft staan"))

    assert response.status_code == 422
    assert "Dit blijft staan" in response.content.decode()
    assert not Coding.objects.exists()


def test_blind_means_that_nothing_of_the_other_is_there(
    booth: Booth, round_: CodingRound, nadia: Client, enter: Enter
) -> None:
    mine = booth.put(round_, 40, 60, memo="van Nadia")
    theirs = booth.put(round_, 61, 80, by="bram", memo="van Bram")
    interview = round_.transcript.interview_id

    for client, own, other in ((nadia, mine, theirs), (enter("bram"), theirs, mine)):
        page = client.get(where("coding", interview)).content.decode()
        assert own.ref.hex in page
        assert other.ref.hex not in page
        foreign = client.get(f"{where('coding', interview)}?piece={other.ref.hex}")
        assert "van " not in words(foreign)
        assert client.get(where("merging", interview)).status_code == 409
        taken = client.post(where("remove", interview), {"coding": other.ref})
        assert taken.status_code == 404
    assert Coding.objects.count() == 2


def test_sentence_by_sentence_with_ticks(round_: CodingRound, nadia: Client) -> None:
    interview = round_.transcript.interview_id
    codes = [code.ref for code in Code.objects.order_by("number")]

    response = nadia.post(where("sentence", interview, 3), {"codes": codes})
    assert response["Location"] == where("sentence", interview, 4)
    assert Coding.objects.count() == 2
    nadia.post(where("sentence", interview, 3), {"codes": codes[1:]})

    only = Coding.objects.get()
    assert only.code.number == 2
    page = nadia.get(where("sentence", interview, 3)).content.decode()
    assert len(re.findall(r"<input[^>]*\schecked", page)) == 1
    assert nadia.get(where("sentence", interview, 999)).status_code == 302


def test_after_the_last_sentence_comes_the_whole_text(round_: CodingRound, nadia: Client) -> None:
    interview, last = round_.transcript.interview_id, 1
    while nadia.get(where("sentence", interview, last + 1)).status_code == 200:
        last += 1
    page = words(nadia.get(where("sentence", interview, last)))
    assert "Bewaar, en terug naar de hele tekst" in page
    assert "Volgende" not in page

    response = nadia.post(where("sentence", interview, last), {"codes": []})
    assert response["Location"] == where("coding", interview)


def test_ready_merge_and_the_measure(booth: Booth, round_: CodingRound, nadia: Client) -> None:
    booth.put(round_, 40, 60)
    booth.put(round_, 40, 60, by="bram")
    booth.put(round_, 80, 99, by="bram", code="Opnieuw vertellen")
    interview, about = round_.transcript.interview_id, {"round": round_.ref}
    booth.ready(round_, "bram")
    assert nadia.post(where("ready", interview), about)["Location"] == where("merging", interview)

    page = nadia.get(where("merging", interview))
    assert "Bram en Nadia naast elkaar" in words(page) or "Nadia en Bram" in words(page)
    assert "De onzekerheid: heel groot" in words(page)
    assert "Voeg samen (nog 1 open)" in words(page)
    assert nadia.post(where("merge", interview), about).status_code == 409

    fields = dict(re.findall(r'name="(first|second)"\s+value="([^"]*)"', page.content.decode()))
    nadia.post(where("choose", interview), {**about, **fields, "choice": "neither"})
    assert "Voeg samen" in words(nadia.get(where("merging", interview)))
    assert nadia.post(where("merge", interview), about).status_code == 302
    assert list(Coding.objects.order_by("id").values_list("stands", flat=True)).count(True) == 1
    assert nadia.post(where("choose", interview), {**about, "choice": "all"}).status_code == 404


# Giving back and taking along ---------------------------------------------------------------------


def test_a_piece_becomes_an_excerpt_and_its_words_are_asked(
    booth: Booth, round_: CodingRound, nadia: Client
) -> None:
    interview = round_.transcript.interview_id

    response = nadia.post(where("excerpt", interview), {"start": 40, "end": 75})
    excerpt = round_.transcript.excerpts.get()
    assert response["Location"].endswith(f"?excerpt={excerpt.ref}")
    page = nadia.get(where("quotes", interview))
    assert "Vraag of dit getoond mag worden" in words(page)

    nadia.post(where("ask", interview, excerpt.ref), {"words": "heel andere woorden"})
    assert not QuoteApproval.objects.exists(), "only words of the piece itself can be asked"
    nadia.post(where("ask", interview, excerpt.ref), {})
    assert "Gevraagd. Er is nog geen antwoord." in words(nadia.get(where("quotes", interview)))


def test_after_a_yes_the_words_stand_on_the_page_once(booth: Booth, nadia: Client) -> None:
    excerpt = booth.excerpt()
    said, me = "twee keer voorbij", booth.teller(excerpt.interview)
    whole = open_for_deed(excerpt, "words")
    address = where("quotes", excerpt.interview_id)

    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words=whole, at=booth.now)
    page = words(nadia.get(address))
    assert page.count(whole) == 1
    assert "Deze persoon zegt ja op deze woorden." in page

    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, words=said, at=booth.now)
    assert "Gevraagd: " + said in words(nadia.get(address))
    operations_story.approve_quote(me, asked.ref, words=said, at=booth.now)
    assert "Deze persoon zegt ja op: " + said in words(nadia.get(address))


@pytest.mark.parametrize(
    ("tell_by", "told"),
    [
        (TellBy.POST, "met de post."),
        (TellBy.PHONE, "op de mobiel."),
        (TellBy.NOTHING, "niets thuis. Stuur niets en bel niet."),
    ],
)
def test_the_team_reads_how_somebody_wants_to_hear_where_it_prepares_that(
    booth: Booth, nadia: Client, tell_by: TellBy, told: str
) -> None:
    interview = booth.checked().interview
    operations_story.make_card(booth.nadia, interview.pk, word="zonnebloem", at=booth.now)
    operations_story.choose_how_to_hear(booth.teller(interview), tell_by=tell_by, at=booth.now)

    for name in ("quotes", "card"):
        page = words(nadia.get(where(name, interview.pk)))
        assert f"Zo wil deze persoon het horen: {told}" in page


def test_who_could_not_choose_yet_is_not_said_to_have_chosen(booth: Booth, nadia: Client) -> None:
    """Found by hand: a talk that was just planned said what the person wanted."""
    interview = booth.checked().interview

    page = words(nadia.get(where("quotes", interview.pk)))

    assert "Zo wil deze persoon het horen: nog niet bekend. Zonder kaartje kan niemand" in page


def test_the_card_shows_its_code_once(booth: Booth, nadia: Client) -> None:
    interview = booth.agreed().pk

    made = nadia.post(where("card", interview), {"word": "zonnebloem"})
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", words(made))
    assert code
    assert "<svg" in made.content.decode()
    assert "zonnebloem" not in words(made)
    again = words(nadia.get(where("card", interview)))
    assert "Er is al een kaartje." in again
    assert code.group() not in again
    assert nadia.post(where("card", interview), {"word": "zon"}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "ending", "begins"),
    [("project", "qdpx", b"PK"), ("codebook", "qdc", b"<?xml"), ("fragments", "csv", b"\xef\xbb")],
)
def test_coded_work_leaves_whole_with_a_safe_name(
    booth: Booth, round_: CodingRound, nadia: Client, kind: str, ending: str, begins: bytes
) -> None:
    booth.put(round_, 40, 60)

    response = nadia.get(where("export", booth.pilot.slug, kind))

    assert response["Content-Disposition"] == (
        f'attachment; filename="{booth.pilot.slug}-2026-11-20.{ending}"'
    )
    assert response["Cache-Control"] == "no-store, private"
    assert response.content.startswith(begins)


# Who may not --------------------------------------------------------------------------------------


def test_who_works_elsewhere_sees_nothing(booth: Booth, round_: CodingRound, enter: Enter) -> None:
    joke, interview, slug = enter("joke"), round_.transcript.interview_id, booth.pilot.slug
    answers = {
        name: joke.get(where(name, interview)).status_code
        for name in ("interview", "consent", "withdraw", "coding", "names", "merging", "quotes")
    }
    answers |= {
        name: joke.get(where(name, slug)).status_code for name in ("interviews", "plan", "codebook")
    }

    assert set(answers.values()) == {404}
    assert joke.post(where("save", interview), form_of(round_, 4, 9)).status_code == 404


def test_a_voice_is_read_with_two_keys_only(round_: CodingRound, enter: Enter) -> None:
    nadia = enter("nadia", assurance=1)

    response = nadia.get(where("coding", round_.transcript.interview_id))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("people:second_key"))


def test_no_yes_to_quoting_means_no_asking(booth: Booth, nadia: Client) -> None:
    transcript = booth.checked(layers=(Layer.USE,))
    booth.excerpt(transcript)

    page = words(nadia.get(where("quotes", transcript.interview_id)))

    assert "Deze persoon wil niet aangehaald worden." in page
    assert "Vraag of dit getoond mag worden" not in page


def test_a_new_code_of_a_blind_round_is_shown_to_who_made_it(
    booth: Booth, round_: CodingRound, nadia: Client, enter: Enter
) -> None:
    address = where("codebook", booth.pilot.slug)
    nadia.post(address, {"name": "Schroom"})

    told = "Alleen jij ziet deze code, tot iedereen klaar is met coderen."
    assert "Schroom" in words(nadia.get(address))
    assert told in words(nadia.get(address))
    for page in (address, where("coding", round_.transcript.interview_id)):
        assert "Schroom" not in words(enter("bram").get(page))


def test_the_leader_lets_a_round_go_on_without_who_left(
    booth: Booth, nadia: Client, enter: Enter
) -> None:
    round_ = booth.round()
    booth.ready(round_, "nadia")
    here, button = [round_.transcript.interview_id], "Ga verder zonder deze persoon"
    booth.second_researcher("omar")
    assert button not in words(nadia.get(where("coding", *here)))
    Hat.objects.filter(ref=booth.bram.hat).update(ended_at=booth.now)
    assert button in words(nadia.get(where("coding", *here)))
    others = words(enter("omar").get(where("coding", *here)))
    assert button not in others
    assert "Deze persoon is weg. Vraag de projectleider om verder te gaan." in others

    answer = nadia.post(where("go_on", *here), {"round": str(round_.ref)})

    assert answer["Location"] == where("coding", *here)
    assert "Eén persoon codeert" in words(nadia.get(where("coding", *here)))


def test_who_is_alone_in_a_team_reads_how_a_second_coder_comes(booth: Booth, nadia: Client) -> None:
    """Found by hand: one name, and no word that somebody can be added."""
    interview, told = booth.checked().interview.pk, "Nog niemand anders in deze pilot kan coderen."
    assert told not in words(nadia.get(where("coding", interview)))

    booth.cast.hats["bram"].delete()

    assert told in words(nadia.get(where("coding", interview)))


def test_without_script_nobody_is_told_of_keys_that_do_nothing(booth: Booth, nadia: Client) -> None:
    interview = booth.round().transcript.interview
    page = nadia.get(where("coding", interview.pk)).content.decode()
    assert re.search(r'id="keys" data-with-script hidden', page)
