"""The private page of who told a story: opening it, reading it, answering, taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.brake import Brake
from smartstart.language.catalogue import po
from smartstart.language.catalogue.check import PLACEHOLDER
from smartstart.post.models import Mailbox
from smartstart.thread import operations as thread
from smartstart.thread.models import PublishedWords
from smartstart.thread.operations_taking import translate
from smartstart.voices import operations_story
from smartstart.voices.models import Consent, Interview, QuoteApproval, SaidBack
from smartstart.web.story import brake
from tests.cast import Cast
from tests.web.test_thread import words_of
from tests.web.test_thread_public import SAID, Play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
WORD = "Regenjas"


@pytest.fixture
def play(cast: Cast) -> Play:
    return Play(cast)


@pytest.fixture
def card(play: Play) -> str:
    interview = play.excerpt.interview_id
    return operations_story.make_card(play.yarn.nadia, interview, word=WORD, at=play.cast.now)


def url(name: str, *args: object) -> str:
    return reverse(f"story:{name}", args=args)


def typed(code: str, word: str = WORD, **more: str) -> dict[str, str]:
    return {"code": code, "word": word, **more}


def opened(card: str) -> Client:
    client = Client()
    answer = client.post(url("open"), typed(card))
    assert answer.headers["Location"] == url("story"), words_of(answer)
    return client


def test_the_first_page_shows_nothing_and_names_nothing(card: str) -> None:
    page = Client().get(url("open"))

    assert words_of(page) == (
        "Mijn verhaal Lees wat er is gedaan met wat jij vertelde."
        " De code op je kaart Twaalf letters. Spaties, streepjes en hoofdletters maken niet uit."
        " Jouw eigen woord Je koos het toen je de kaart kreeg. Niemand anders weet het."
        " Open mijn verhaal Waarom ook een woord?"
        " Een kaart kun je kwijtraken. Je woord zit alleen in je hoofd."
        " Wie de kaart vindt, kan jouw verhaal dus niet lezen."
        " Kaart kwijt of woord vergeten?"
        " Vraag een nieuwe kaart aan wie met je sprak. De oude kaart werkt dan niet meer."
    )
    assert "Smart Start" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_get_never_uses_the_code(card: str) -> None:
    client = Client()
    page = client.get(f"{url('open')}?code={card}&word={WORD}")

    assert card not in page.content.decode()
    assert client.get(url("story")).headers["Location"] == url("open")
    assert not Line.objects.filter(deed="entered").exists()


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0:.4}-{1}-{2}", "upper"])
def test_the_code_is_taken_however_it_is_typed(card: str, shape: str) -> None:
    grouped = f"{card[:4]} - {card[4:8]}. {card[8:]}"
    code = grouped.upper() if shape == "upper" else shape.format(card[:4], card[4:8], card[8:])
    code = card if shape in {"{}", " {} "} else code
    client = Client()

    assert client.post(url("open"), typed(code, WORD.upper())).status_code == 302
    assert words_of(client.get(url("story"))).startswith("Wat is er met jouw verhaal gedaan?")


def test_who_signs_in_closes_the_story_that_was_open_here(card: str, cast: Cast) -> None:
    client = opened(card)
    assert client.session["story"]
    client.force_login(cast.account("nadia"))
    assert [name for name, _ in client.session.items() if "story" in name] == []


def test_a_wrong_code_and_a_wrong_word_get_the_same_answer(card: str) -> None:
    wrong_word = Client().post(url("open"), typed(card, "anders"))
    wrong_code = Client().post(url("open"), typed("bcdfghjkmnpq"))

    assert words_of(wrong_word) == words_of(wrong_code)
    assert "Deze code en dit woord horen niet bij elkaar" in words_of(wrong_word) or (
        "This code and this word do not belong together" in words_of(wrong_word)
    )
    assert wrong_word.status_code == wrong_code.status_code == 422
    assert WORD not in wrong_word.content.decode()
    assert "Smart Start" not in wrong_word.content.decode()


def test_the_whole_story_in_order(card: str, play: Play) -> None:
    play.ask()

    page = opened(card).get(url("story"))

    assert words_of(page) == (
        "Wat is er met jouw verhaal gedaan? Je sprak op 20 november met ons. Dank je wel."
        " Dit kwam ervan."
        f" Jij zei “{SAID}” Mogen we deze woorden laten zien, zonder je naam?"
        f" Ja, zo mag het Liever niet Zo bedoelde ik het niet : {SAID}"
        " Bij je woorden zetten we: moeder, 34 jaar. Klopt dat niet? Zeg het ons."
        " Dat leerde ons Ouders lopen eerst voorbij."
        " Daar bedachten we dit bij Hoe kunnen we zorgen dat de deur openstaat?"
        " Een maatje bij de deur"
        " Duo-hulp Eén vast maatje."
        " Nu We probeerden het nog niet uit. Als dat zo is, lees je het hier."
        " Wil jij iets terugzeggen? Nadia leest het zelf. Zeg iets terug"
        " Hoe wil je dit horen? Met de post"
        " Met een mail: alleen dát er nieuws is, nooit wat Op mijn mobiel"
        " Niets thuis bezorgen: ik kijk zelf, wanneer ik wil"
        " Mijn mailadres, als je mail kiest (mag leeg blijven)"
        " Het is alleen voor deze mail. Kies je iets anders, dan is het weg. Bewaar mijn keuze"
        " Lees deze bladzijde voor"
        " Wat mogen wij doen? Leren van je verhaal: ja."
        " Je woorden laten zien, zonder je naam: ja. Delen met een andere gemeente: ja."
        " We bewaren het tot en met 20 november 2027. Pas dit aan"
        " Jouw weg naast die van anderen Mogen we jouw weg naast die van anderen leggen?"
        " Zo zien we wanneer hulp eerder had kunnen komen."
        " Alleen met drie mensen of meer. Niemand ziet welke weg van jou is."
        " Ja, dat mag Nee, liever niet"
        " Toch liever niet? Je mag je verhaal terugnemen."
        " Dan halen we jouw woorden overal weg. Ik neem mijn verhaal terug"
        " Klaar, sluit dit"
    )
    assert "Smart Start" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_siege_of_the_typed_form_does_not_stop_who_scans_the_picture(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = operations_story.make_codes(
        play.yarn.nadia, play.excerpt.interview_id, word=WORD, at=play.cast.now
    )
    monkeypatch.setattr(brake, "OVERALL", Brake("story-overall-shut", 0))

    shut = Client().post(url("open"), typed(codes.typed))
    assert "Er is te vaak geprobeerd." in words_of(shut)
    assert opened(codes.picture).get(url("story")).status_code == 200

    monkeypatch.setattr(brake, "PICTURES", Brake("story-picture-few", 2))
    wrong = [Client().post(url("open"), typed("b" * 19, str(n))) for n in range(3)]
    assert [words_of(answer) == words_of(shut) for answer in wrong] == [False, False, True]


def test_mail_is_asked_with_an_address_and_what_was_chosen_stays(card: str) -> None:
    me = opened(card)

    no_address = me.post(url("hear"), {"tell_by": "mail", "address": ""})
    assert no_address.status_code == 422
    assert "Schrijf je mailadres op, of kies een andere manier." in words_of(no_address)
    assert "Jij zei" in words_of(no_address)

    me.post(url("hear"), {"tell_by": "mail", "address": "wie@example.org"})
    assert Interview.objects.get(card__isnull=False).tell_by == "mail"
    assert Mailbox.objects.get().closed_at is None
    me.post(url("hear"), {"tell_by": "nothing", "address": "wie@example.org"})
    assert Mailbox.objects.get().closed_at is not None


def test_a_road_is_a_yes_of_its_own_and_a_translation_is_read(card: str, play: Play) -> None:
    me = opened(card)
    assert "Jij zei: ja, dat mag." not in words_of(me.get(url("story")))
    me.post(url("road"), {"answer": "yes"})
    assert "Jij zei: ja, dat mag." in words_of(me.get(url("story")))
    me.post(url("road"), {"answer": "no"})
    assert "Jij zei: ja, dat mag." not in words_of(me.get(url("story")))

    translate(play.yarn.nadia, play.insight.ref, "en", title="Parents walk past.", at=play.cast.now)
    assert "Parents walk past." not in words_of(me.get(url("story")))
    me.post(reverse("set_language"), {"language": "en", "next": url("story")})
    read = me.get(url("story"))
    assert '<html lang="en"' in read.content.decode()
    assert "Parents walk past." in words_of(read)
    assert '<span lang="nl" dir="auto"><strong>Duo-hulp</strong>' in read.content.decode()
    thread.change(
        play.yarn.nadia, play.insight.ref, title="Ouders durven niet.", form={}, at=play.cast.now
    )
    assert "Ouders durven niet." in words_of(me.get(url("story")))


def test_the_page_speaks_the_language_one_chose_and_says_what_is_dutch(
    card: str, play: Play
) -> None:
    translate(play.yarn.nadia, play.insight.ref, "tr", title="Önce geçip.", at=play.cast.now)
    me = Client()
    me.post(url("language"), {"language": "xx"})
    assert '<html lang="nl"' in me.get(url("open")).content.decode()
    me.post(url("language"), {"language": "tr"})
    assert words_of(me.get(url("open"))).startswith("Hikâyem Anlattıklarınla ne yapıldığını oku.")

    page = me.post(url("open"), typed(card), follow=True)
    assert words_of(page).startswith("Hikâyenle ne yapıldı? 20 Kasım tarihinde bizimle konuştun.")
    assert '<span lang="tr" dir="auto"><strong>Önce geçip.</strong>' in page.content.decode()
    assert '<span lang="nl" dir="auto"><strong>Duo-hulp</strong>' in page.content.decode()
    me.post(url("language"), {"language": "ar"})
    page = me.get(url("story"))
    assert '<html lang="ar"\n      dir="rtl">' in page.content.decode()
    assert words_of(page).startswith("ماذا فُعل بقصتك؟")


def test_the_languages_of_the_page_hold_the_same_places_for_words() -> None:
    root = settings.PACKAGE / "web" / "locale_story"
    for language in ("tr", "ar", "pl"):
        text = (root / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
        for entry in po.parse(text):
            places = set(PLACEHOLDER.findall(entry.msgid)) if entry.msgid else set()
            for words in entry.texts if entry.msgid else ():
                assert words, (language, entry.msgid)
                assert entry.plural or set(PLACEHOLDER.findall(words)) == places, words


def test_what_came_of_another_story_is_not_mine_also_when_it_is_public(
    card: str, play: Play
) -> None:
    other = play.booth.agreed()
    code = operations_story.make_card(play.yarn.nadia, other.pk, word="Lantaarn", at=play.cast.now)
    play.publish()

    mine = words_of(opened(card).get(url("story")))
    theirs = words_of(opened_with(code, "Lantaarn").get(url("story")))

    assert "Duo-hulp" in mine
    assert "Duo-hulp" not in theirs
    assert "We leren nu van je verhaal." in theirs


def test_the_page_speaks_english_too(card: str) -> None:
    client = opened(card)
    client.post(reverse("set_language"), {"language": "en", "next": url("story")})

    seen = words_of(client.get(url("story")))

    assert seen.startswith("What was done with your story? You spoke with us on 20 November.")


def test_reading_is_a_line_in_ones_own_folder_only(card: str, play: Play) -> None:
    client = opened(card)
    before = Line.objects.count()

    client.get(url("story"))

    line = Line.objects.get(number__gt=0, deed="read", folder=play.excerpt.folder)
    assert Line.objects.count() == before + 1
    assert line.hat is None


@pytest.mark.parametrize(
    ("answer", "state", "told"),
    [
        ("yes", "approved", "Je zei: ja, zo mag het."),
        ("no", "refused", "Je zei: liever niet. We laten het niet zien."),
    ],
)
def test_yes_and_no_are_kept_and_can_change(
    card: str, play: Play, answer: str, state: str, told: str
) -> None:
    ref = play.ask()
    client = opened(card)

    read = _hidden(client.get(url("story")), "words")
    sent = {"answer": answer, "words": read}
    seen = words_of(client.post(url("answer", ref), sent, follow=True))

    assert QuoteApproval.objects.get().state == state
    assert "Dank je wel. Je antwoord is bewaard." in seen
    assert f"{told} Je kunt je antwoord veranderen: Ja, zo mag het Liever niet" in seen


def test_a_yes_from_an_old_page_is_asked_again(card: str, play: Play) -> None:
    ref = play.ask()
    client = opened(card)
    old = client.post(url("answer", ref), {"answer": "yes", "words": "iets van vroeger"})
    assert old.status_code == 409
    assert "Deze woorden zijn net veranderd." in words_of(old)
    assert QuoteApproval.objects.get().state == "asked"


def test_other_words_stand_instead_and_the_published_ones_go(card: str, play: Play) -> None:
    play.publish()
    approval = QuoteApproval.objects.get()
    assert PublishedWords.objects.filter(words=SAID).exists()
    client = opened(card)

    empty = client.post(url("reword", approval.ref), {"words": " "})
    changed = client.post(
        url("reword", approval.ref), {"words": "Ik durfde eerst niet."}, follow=True
    )

    assert empty.status_code == 422
    assert "“Ik durfde eerst niet.” Je zei het in je eigen woorden." in words_of(changed)
    public = Client().get(play.pilot_page).content.decode()
    assert SAID not in public
    thread.publish(play.yarn.nadia, play.concept.ref, at=play.cast.now)
    assert "Ik durfde eerst niet." in Client().get(play.pilot_page).content.decode()


def test_what_is_said_back_reaches_who_leads_the_pilot(
    card: str, play: Play, enter: Callable[..., Client]
) -> None:
    client = opened(card)
    assert "Nadia leest het zelf. Alles is welkom." in words_of(client.get(url("say")))

    said = client.post(url("say"), {"words": "Het gaat nu beter."}, follow=True)

    assert "20 november, nog niet gelezen Het gaat nu beter." in words_of(said)
    page = reverse("voices:interview", args=[play.excerpt.interview_id])
    nadia = enter("nadia")
    assert "Het gaat nu beter." in words_of(nadia.get(page))
    said = SaidBack.objects.get()
    operations_story.mark_read(play.yarn.nadia, said.interview_id, [said.ref], at=play.cast.now)
    assert "20 november, gelezen Het gaat nu beter." in words_of(client.get(url("story")))


def test_how_to_hear_is_kept(card: str, play: Play) -> None:
    client = opened(card)

    client.post(url("hear"), {"tell_by": "post"})

    assert Interview.objects.get(pk=play.excerpt.interview_id).tell_by == "post"
    page = client.get(url("story")).content.decode()
    assert re.findall(r'name="tell_by" value="(\w+)"[^>]*checked', page) == ["post"]


def test_the_layers_of_the_yes_are_changed_by_the_person(card: str, play: Play) -> None:
    play.publish()
    client = opened(card)
    until = play.cast.in_days(30).isoformat()

    late = client.post(url("allow"), {"keep_until": play.cast.in_days(-1).isoformat()})
    endless = client.post(url("allow"), {"keep_until": "9999-12-31"})
    changed = client.post(url("allow"), {"share": "on", "keep_until": until}, follow=True)

    assert (late.status_code, endless.status_code) == (422, 422)
    assert "Kies een dag tot en met 20 november 2036." in words_of(endless)
    last = Consent.objects.order_by("number").last()
    assert last is not None
    assert (last.use, last.quote, last.share) == (True, False, True)
    assert last.keep_until == play.cast.in_days(30)
    assert last.heard_by is None
    assert "Je woorden laten zien: nee." in words_of(changed)
    assert "Je zei: laat mijn woorden niet zien. Alleen het team leest dit." in words_of(changed)
    assert "Ja, zo mag het" not in words_of(changed)
    assert SAID not in Client().get(play.pilot_page).content.decode()
    again = client.post(url("allow"), {"quote": "on", "keep_until": until}, follow=True)
    assert "Ja, zo mag het" in words_of(again)


def test_a_story_taken_back_is_gone_everywhere(
    card: str, play: Play, enter: Callable[..., Client]
) -> None:
    play.publish()
    client, nadia = opened(card), enter("nadia")
    export = reverse("voices:export", args=["pilot-a", "fragments"])
    team = reverse("thread:thread", args=["pilot-a"])
    readers = [(Client(), play.pilot_page), (Client(), play.solution_page), (nadia, team)]
    for reader, page in [*readers, (client, url("story"))]:
        assert SAID in reader.get(page).content.decode(), page

    asked = words_of(client.get(url("take_back")))
    gone = client.post(url("take_back"), follow=True)
    again = client.post(url("take_back"), follow=True)

    assert asked == (
        "Je verhaal terugnemen? Dat mag. Je hoeft niet te zeggen waarom."
        " Je woorden gaan overal weg, meteen en voor altijd."
        " Ook het team kan ze niet meer lezen. Wat iemand al las, kunnen we niet wissen."
        " Ja, ik neem mijn verhaal terug Nee, terug naar mijn verhaal"
    )
    assert words_of(gone) == (
        "Je woorden zijn weg Dank je dat je sprak."
        " Je nam je verhaal terug op 20 november 2026. Niemand kan het nog lezen."
        " Klaar, sluit dit"
    )
    assert words_of(again) == words_of(gone)
    for reader, page in [*readers, (nadia, export), (client, url("story"))]:
        answer = reader.get(page)
        assert answer.status_code == 200, page
        assert SAID.encode() not in answer.content, page
    assert client.get(url("take_back")).headers["Location"] == url("story")
    assert client.post(url("say"), {"words": "Nog iets"}).status_code == 410


def test_a_new_card_closes_what_the_old_one_opened(card: str, play: Play, now: datetime) -> None:
    somebody = opened(card)
    later = now + timedelta(minutes=1)
    interview = play.excerpt.interview_id
    with clock.fixed(later):
        new = operations_story.make_card(play.yarn.nadia, interview, word=WORD, at=later)
        answer = somebody.post(url("say"), {"words": "Dit typte een ander."})
        mine = opened(new)
    assert (answer.status_code, answer.headers["Location"]) == (302, url("open"))
    with clock.fixed(later + timedelta(seconds=1)):
        assert mine.get(url("story")).status_code == 200


def test_a_story_is_not_open_for_ever(card: str, now: datetime) -> None:
    client = opened(card)
    for quarter in range(1, 17):
        with clock.fixed(now + timedelta(minutes=15 * quarter)):
            assert client.get(url("story")).status_code == 200
    with clock.fixed(now + timedelta(minutes=15 * 17)):
        assert client.get(url("story")).headers["Location"] == url("open")


def test_nobody_opens_the_story_of_another(card: str, play: Play) -> None:
    other = play.booth.agreed()
    code = operations_story.make_card(play.yarn.nadia, other.pk, word="Lantaarn", at=play.cast.now)
    ref = play.ask()

    client = opened_with(code, "Lantaarn")

    assert SAID not in client.get(url("story")).content.decode()
    assert client.post(url("answer", ref), {"answer": "yes"}).status_code == 404
    assert client.get(url("reword", ref)).status_code == 404
    assert QuoteApproval.objects.get().state == "asked"


def opened_with(code: str, word: str) -> Client:
    client = Client()
    assert client.post(url("open"), typed(code, word)).status_code == 302
    return client


def test_done_closes_the_story(card: str) -> None:
    client = opened(card)

    answer = client.post(url("done"))

    assert answer.headers["Location"] == url("open")
    assert client.get(url("story")).headers["Location"] == url("open")
    assert not client.session.keys()


def test_twenty_quiet_minutes_close_the_story_and_lose_no_text(card: str, now: datetime) -> None:
    client = opened(card)
    with clock.fixed(now + timedelta(minutes=19)):
        assert client.get(url("story")).status_code == 200
    quiet = now + timedelta(minutes=40)
    with clock.fixed(quiet):
        late = client.post(url("say"), {"words": "Dit wil ik nog zeggen."})
        kept = _hidden(late, "unsent")
        assert late.status_code == 422
        assert "Je was even weg. Open je verhaal opnieuw. Je tekst komt terug." in words_of(late)
        assert "Dit wil ik nog zeggen." not in late.content.decode()

        back = client.post(url("open"), typed(card, unsent=kept))

        assert "Je tekst is er nog" in words_of(back)
        assert "Dit wil ik nog zeggen." in words_of(back, within="textarea")
        assert not SaidBack.objects.exists()
        client.post(url("say"), {"words": "Dit wil ik nog zeggen."})
        assert SaidBack.objects.count() == 1


def _hidden(answer: Any, name: str) -> str:
    html = answer.content.decode()
    return str(html.split(f'name="{name}" value="')[1].split('"')[0])


def test_what_was_kept_does_not_open_for_another(card: str, play: Play, now: datetime) -> None:
    other = play.booth.agreed()
    code = operations_story.make_card(play.yarn.nadia, other.pk, word="Lantaarn", at=play.cast.now)
    client = opened(card)
    with clock.fixed(now + timedelta(minutes=40)):
        kept = _hidden(client.post(url("say"), {"words": "Alleen van mij."}), "unsent")
        answer = client.post(url("open"), typed(code, "Lantaarn", unsent=kept))

    assert answer.status_code >= 400
    assert "Alleen van mij." not in answer.content.decode()


def test_opening_a_story_signs_out_who_was_here(card: str, enter: Callable[..., Client]) -> None:
    nadia = enter("nadia")

    nadia.post(url("open"), typed(card))

    assert set(nadia.session.keys()) >= {"story"}
    assert "_auth_user_id" not in nadia.session
    assert nadia.get(reverse("thread:thread", args=["pilot-a"])).status_code == 302


@pytest.mark.parametrize("name", ["nadia", "bram", "els", "petra", "anouk", "sam"])
def test_nobody_who_signed_in_reads_the_page(
    card: str, enter: Callable[..., Client], name: str
) -> None:
    client = enter(name)

    assert client.get(url("story")).headers["Location"] == url("open")
    assert client.post(url("take_back")).headers["Location"] == url("open")
    assert Interview.objects.filter(withdrawn_on=None).count() == 1


def test_the_brake_of_one_address_opens_again_after_a_quarter(card: str, now: datetime) -> None:
    for _ in range(brake.PER_ADDRESS.most):
        assert "te vaak" not in words_of(Client().post(url("open"), typed("bcdfghjkmnpq")))

    shut = Client().post(url("open"), typed(card))
    elsewhere = Client(REMOTE_ADDR="192.0.2.9").post(url("open"), typed(card))
    with clock.fixed(now + timedelta(minutes=15)):
        later = Client().post(url("open"), typed(card))

    assert "Er is te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw." in words_of(
        shut
    )
    assert elsewhere.status_code == 302
    assert later.status_code == 302


def test_the_brake_of_everyone_opens_again_after_a_quarter(
    card: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brake, "OVERALL", Brake("story-overall", 3))
    for number in range(3):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(url("open"), typed("bcdfghjkmnpq"))

    shut = Client(REMOTE_ADDR="192.0.2.77").post(url("open"), typed(card))
    with clock.fixed(now + timedelta(minutes=15)):
        later = Client(REMOTE_ADDR="192.0.2.77").post(url("open"), typed(card))

    assert "Er is te vaak geprobeerd." in words_of(shut)
    assert later.status_code == 302


def test_who_comes_in_uses_no_place_of_the_brake(card: str) -> None:
    for _ in range(brake.PER_ADDRESS.most + 1):
        opened(card)


def test_one_place_is_taken_once(now: datetime) -> None:
    small = Brake("small", 2)

    taken = [small.take("here", now=now) for _ in range(3)]

    assert len({*taken}) == 3
    assert taken[2] == ""
    assert small.take("there", now=now)
