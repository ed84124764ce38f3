"""What may tell who a question is about, what could stand there instead, and words of danger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.consult import identity
from smartstart.consult.letters import as_read


@pytest.fixture(autouse=True)
def _nobody_listens(settings: object, tmp_path: Path) -> None:
    settings.LANGUAGE_SOCKET = tmp_path / "nobody.sock"  # type: ignore[attr-defined]


def instead(text: str) -> str:
    """The text in which every proposal is taken."""
    for one in reversed(identity.check(text).found):
        text = text[: one.start] + one.proposal + text[one.end :]
    return text


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in identity.check(text).found]


def test_each_finding_has_another_wording_that_fits() -> None:
    for text, other in [
        ("Mijn zoon Daan is druk.", "Mijn zoon is druk."),
        ("mijn dochter noor slaapt niet", "mijn dochter slaapt niet"),
        ("Het gaat om Noor, zij is 9 jaar.", "Het gaat om een meisje van 9, zij is 9 jaar."),
        ("Ze is 8 en heet Noor.", "Ze is 8 en heet (naam)."),
        ("Weet Ilse ervan?", "Weet iemand ervan?"),
        ("Juf Ellen belde.", "de juf belde."),
        ("De moeder van Fatima kwam niet.", "De moeder van iemand kwam niet."),
        ("De familie Jansen heeft geen stroom.", "een gezin heeft geen stroom."),
        ("Hij zit op basisschool De Wissel in Tilburg.", "Hij zit op een school in Tilburg."),
        ("Hij zit op De Regenboog in de stad.", "Hij zit op een school in de stad."),
        ("Sinds vorig jaar zit hij op de Vlinder.", "Sinds vorig jaar zit hij op een school."),
        ("Zij gaat naar Het Baken.", "Zij gaat naar een school."),
        ("Zij is geboren op 3 juni 2014.", "Zij is geboren in 2014."),
        ("Hij wordt morgen 8.", "Hij wordt binnenkort 8."),
        ("Ze wordt zaterdag negen jaar", "Ze wordt binnenkort negen jaar"),
        ("Wij wonen aan de Dorpsstraat 4.", "Wij wonen aan een straat hier in de buurt."),
        (
            "De zus van de wethouder zit in groep 7.",
            "De zus van iemand die veel mensen kennen zit in de bovenbouw.",
        ),
        (
            "Zij heeft het syndroom van Down en zit in de groep 7.",
            "Zij heeft een ziekte en zit in de bovenbouw.",
        ),
        ("Zij is blind en zit in groep 7.", "Zij is gehandicapt en zit in de bovenbouw."),
    ]:
        assert instead(text) == other


def test_every_kind_is_found() -> None:
    for text, found in [
        ("Bel 06-12345678", ("phone", "06-12345678")),
        ("bsn 111222333", ("bsn", "111222333")),
        ("Mail a.b@voorbeeld.nl nu", ("mail", "a.b@voorbeeld.nl")),
        ("op NL91 ABNA 0417 1643 00 graag", ("account", "NL91 ABNA 0417 1643 00")),
        ("auto GT-284-K stond er", ("plate", "GT-284-K")),
        ("nummerbord XS871P", ("plate", "XS871P")),
        ("op insta heet hij @daan_013", ("handle", "@daan_013")),
        ("zijn snap is daan_013", ("handle", "daan_013")),
        ("postcode 5038 kl", ("postcode", "5038 kl")),
        ("hij is jarig op twaalf mei", ("birth", "op twaalf mei")),
        ("geb 05-07-2010", ("birth", "05-07-2010")),
        ("gezin van dongen heeft honger", ("name", "gezin van dongen")),
    ]:
        assert kinds(text) == [found], text


def test_what_tells_nobody_is_left_alone() -> None:
    for text in [
        "Mijn dochter van negen slaapt slecht.",
        "Hij zit in groep 5 en leest slecht.",
        "Op 3 november heb ik een gesprek.",
        "Wij wonen in Tilburg en moeten naar Den Bosch.",
        "Bel Veilig Thuis 0800-2000 of 112.",
        "Ik krijg 1250 euro en betaal 800 euro.",
        "NL91 ABNA 9417 1643 01 is geen rekening.",
        "Hij speelt Fortnite en kijkt TikTok.",
        "mijn zoon wil niet eten",
        "Een tweeling is duur.",
        "Hij wordt morgen twee keer gebeld.",
        "Dat wordt zaterdag een feest in groep 5, zegt de wethouder.",
    ]:
        assert kinds(text) == [], text


@given(st.text(alphabet="abDN 0123-.@{}é\n,'#", max_size=120))
def test_findings_are_in_order_apart_and_within_the_text(text: str) -> None:
    found = identity.check(text).found
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        assert one.proposal
        at = one.end


def test_a_small_word_of_another_language_is_no_name() -> None:
    found = identity.check("My son is bullied at school and afraid. What can I do? My Emma too.")
    assert found.only_dutch
    assert [one.kind for one in found.found] == ["name"]
    assert kinds("My son is bullied at school and afraid. What can I do?") == []
    assert kinds("Het gaat om My, zij zit hier op school.") == [("name", "My")]


def test_without_the_helper_the_page_is_told() -> None:
    assert identity.check("Zaterdag was Thirza weg.").by_rules_only


def test_scenes_of_acute_danger_are_seen_in_each_language() -> None:
    for text in [
        "Vanavond voor de trein",
        "vanavond spring ik onder de trein",
        "Hij staat op het spoor",
        "Ik spring zo van de brug",
        "Zij heeft pillen gespaard",
        "Hij heeft een touw gekocht",
        "Zij heeft afscheid genomen van iedereen",
        "Morgen ben ik er niet meer",
        "ik doe mezelf wat aan",
        "Ze gaat zichzelf iets aandoen",
        "Mijn ex staat voor de deur",
        "Hij houdt ons opgesloten",
        "He wants to jump in front of a train tonight",
        "I don't want to live anymore",
        "Bu gece trenin önüne atlayacak",
        "Artık yaşamak istemiyorum",
        "Chce rzucić się pod pociąg",
        "Nie chcę już żyć",
        "Хоче кинутися під потяг",
        "Я більше не хочу жити",
        "سوف يرمي نفسه أمام القطار الليلة",
        "لا أريد أن أعيش",
    ]:
        assert identity.danger(text), text


DANGER = (
    "Ik wil niet meer leven.",
    "Hij zegt dat hij dood wil",
    "Ze snijdt zichzelf in haar arm.",
    "Ik ga mijn stiefvader neersteken.",
    "Mijn man slaat mij.",
    "Papa slaat mama elke avond",
    "Hij heeft een mes bij zich",
    "Een leerling liep met een vuurwapen",
    "Ze heeft pillen geslikt",
    "Ik durf niet naar huis",
    "een afscheidsbrief",
    "zelfmoord",
    "She wants to die",
    "My husband hits me",
    "Kocam beni dövüyor",
    "Mąż mnie bije",
    "زوجي يضربني",
    "Я хочу померти",
    "Ik ben 13 en mijn stiefvader zit aan mij. Ik durf het niemand te zeggen.",
    "Hij zit 's nachts aan me",
    "Ze zegt dat opa aan haar zit als wij weg zijn.",
    "Mijn trainer raakt mij steeds aan",
    "Hij komt aan mijn billen.",
    "Ik denk dat ze misbruikt wordt of is misbruikt",
    "Een meisje vertelt over incest.",
    "Ik moest me uitkleden voor hem.",
    "Er is een naaktfoto van haar doorgestuurd.",
    "My uncle touches me",
    "Amcam bana dokunuyor",
    "Wujek mnie dotyka",
    "Мене чіпає? Він чіпає мене.",
    "عمي يلمسني",
)
NO_DANGER = (
    "Mijn kind is doodmoe en wil niet slapen.",
    "De klas ontploft na het buitenspelen.",
    "Hij slaat op de trommel.",
    "Haar opa is dood en nu is ze verdrietig.",
    "Het mes in de la is bot.",
    "Wij willen graag naar een andere school.",
    "Ik ga met hem naar de huisarts.",
    "Hij speelt een spel met soldaten.",
    "Zij wil niet meer naar dansles.",
    "Zij snijdt het brood.",
    "Wij wonen naast het spoor.",
    "We gaan vanavond met de trein.",
    "De klas springt touw op het plein.",
    "Hij doet zijn jas niet aan.",
    "She jumps when she hears a noise.",
    "Hij zit de hele dag aan haar rok.",
    "Mijn dochter kruipt elke nacht bij mij in bed.",
    "Hij zit aan de tafel bij hem.",
    "Er zit een label aan haar jas.",
    "Ze komt aan haar rust niet toe.",
    "De meester raakt hem kwijt in de les.",
    "Zij moet leren zich zelf aan te kleden.",
    "",
)


def test_words_of_danger_both_ways() -> None:
    assert [text for text in DANGER if not identity.danger(text)] == []
    assert [text for text in NO_DANGER if identity.danger(text)] == []


def test_what_nobody_sees_hides_no_name() -> None:
    for written, read in [
        ("Ja\u200by\u00adden", "Jayden"),
        ("\uff2a\uff41\uff59den", "Jayden"),
        ("Rene\u0301", "René"),
        ("\u202edlik niet\u202c", "dlik niet"),
        ("\u200b \u3164\u2800", " "),
        ("f\u200damke", "famke"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d👧", "👩\u200d👧"),
    ]:  # fmt: skip
        assert as_read(written) == read
    assert kinds(as_read("mijn zoon d\u200baan slaapt")) == [("name", "zoon daan")]
