"""Where a home is: for who lives there, and a warning before it is written down elsewhere."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from smartstart.circle.models import Address
from smartstart.circle.operations_words import make_agreement, write_entry
from smartstart.circle.rules_address import tells_address
from smartstart.circle.states import SeatKind
from tests.circle.asking import Asking, asking
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

HOME = "Lindelaan 12a\n5038 ab Tilburg"
TELLS = (
    *("We wonen Lindelaan 12", "op de lindelaan, 12a.", "5038AB", "postcode 5038 ab!"),
    *("LINDELAAN 12A, tweede deur", "Kom naar Lindelaan   12."),
)
TELLS_NOT = (
    *("", "We lopen over de Lindelaan", "Lindelaan 120", "Om 12 uur in Tilburg", "15038 ab"),
    *("5038 abrikozen", "nummer 12"),
)


def test_a_text_gives_an_address_away_by_postcode_or_street_and_number() -> None:
    assert [text for text in TELLS if not tells_address(HOME, "", text)] == []
    assert [text for text in TELLS_NOT if tells_address(HOME, text)] == []
    assert tells_address("Burg. van de Mortelplein 3", "bij burg van de mortelplein 3")
    assert not tells_address("Achter de kerk", "Achter de kerk")
    assert not tells_address("", "Lindelaan 12")


ALSO = ("2e Hugo de Grootstraat 9", "Tilburg, 2e Hugo de Grootstraat 9")
WRITTEN = ("Lindelaan, 12", "Lindelaan nr. 12", "Lindelaan\u00a012", "Tilburg; Lindelaan  12")


@pytest.mark.parametrize("address", ALSO)
def test_a_street_with_a_number_before_its_name_is_known_too(address: str) -> None:
    """Found by reading: what was written was not even found in itself."""
    for text in (address, "in de Hugo de Grootstraat 9", "2E HUGO DE GROOTSTRAAT 9-II"):
        assert tells_address(address, text)
    assert not tells_address(address, "Hugo de Grootstraat 91")


@pytest.mark.parametrize("written", WRITTEN)
def test_an_address_is_known_however_it_was_written(written: str) -> None:
    """Found by reading: a comma, a hard blank or two blanks, and nobody was warned."""
    assert tells_address(written, "We wonen Lindelaan 12")
    assert tells_address("Lindelaan 12", written)
    assert not tells_address(written, "Lindelaan 120")


@pytest.mark.parametrize("postcode", ["5038  AB", "5038-AB", "5038\u00a0ab"])
def test_a_postcode_is_known_however_it_was_written(postcode: str) -> None:
    assert tells_address(postcode, "5038AB")
    assert tells_address("5038AB", postcode)


def test_a_letter_with_its_sign_apart_is_the_same_letter() -> None:
    assert tells_address("Coo\u0308peratielaan 4", "Co\u00f6peratielaan 4")


@pytest.fixture
def home(db: None, at_now: datetime) -> Kin:
    return kin(at_now)


def test_a_family_writes_where_it_lives_and_nobody_outside_reads_it(home: Kin) -> None:
    anouk, ref = enter_kin(home, "anouk"), home.circles["here"].ref
    address = reverse("circle:address", args=[ref])

    assert "Waar wij wonen" in words_of(anouk.get(reverse("circle:family", args=[ref])))
    assert anouk.post(address, {"words": "x" * 201}).status_code == 422
    assert anouk.post(address, {"words": HOME, "is_secret": "on"}).headers["Location"] == address
    assert "5038 ab Tilburg" in words_of(anouk.get(address))
    assert anouk.post(address, {"words": "Elders 9", "is_secret": "on"}).status_code == 302
    assert Address.objects.count() == 1
    others = {name: enter_kin(home, name).get(address).status_code for name in home.hats}
    assert {name for name, status in others.items() if status == 200} == {"anouk"}
    assert others["fatima"] == 404
    gone = anouk.post(address, {"words": " "}, follow=True)
    assert "Weggehaald" in words_of(gone)
    assert "Elders" not in words_of(gone)


def test_who_is_about_to_write_a_secret_address_down_is_warned(home: Kin) -> None:
    anouk, ref = enter_kin(home, "anouk"), home.circles["here"].ref
    anouk.post(reverse("circle:address", args=[ref]), {"words": HOME, "is_secret": "on"})
    write = reverse("circle:write", args=[ref])
    told = {"part": str(home.parts["here household"].ref), "title": "", "step": "look"}
    warning = "In deze tekst staat jullie geheime adres."

    assert warning in words_of(anouk.post(write, told | {"words": "We zijn op Lindelaan 12."}))
    assert warning not in words_of(anouk.post(write, told | {"words": "We zijn thuis."}))
    anouk.post(reverse("circle:address", args=[ref]), {"words": HOME})
    assert warning not in words_of(anouk.post(write, told | {"words": "We zijn op Lindelaan 12."}))


@pytest.fixture
def secret(db: None, at_now: datetime) -> Asking:
    """A home whose address nobody may learn, and a child's entry that somebody wrote."""
    made = asking(at_now)
    anouk, ref = enter_kin(made.kin, "anouk"), made.kin.circles["here"].ref
    anouk.post(reverse("circle:address", args=[ref]), {"words": HOME, "is_secret": "on"})
    return made


def forms_of_a_home(made: Asking) -> dict[str, dict[str, str]]:
    """Every form of a home that keeps or sends words at once: its address, and what is told."""
    kin, circle = made.kin, made.kin.circles["here"].ref
    house, told = str(kin.parts["here household"].ref), {"words": "Kom naar Lindelaan 12."}
    entry = write_entry(
        kin.actor("anouk"), kin.parts["here household"].ref, title="Zo", words="Zo.", at=kin.at
    ).ref
    noor = kin.parts["here noor"].ref
    anouk, later = kin.actor("anouk"), kin.in_days(9)
    agreed = make_agreement(anouk, noor, goal="Slapen", review_on=later, at=kin.at).ref
    seat = kin.seat("ria", "here household", called="Oma Ria", kind=SeatKind.INFORMAL).ref
    comes = {"part": house, "kind": "informal", "doing": "Haalt op bij Lindelaan 12"}
    goal = {"part": house, "goal": "Halen op Lindelaan 12", "review_on": "2027-01-01"}
    return {
        reverse("circle:own_side", args=[circle, entry]): told,
        reverse("circle:correct", args=[circle, entry]): told,
        reverse("circle:not_right", args=[circle, entry]): told,
        reverse("circle:unclear", args=[circle]): told,
        reverse("circle:story_tell", args=[circle, noor]): told,
        reverse("circle:agree", args=[circle]): goal,
        reverse("circle:end_agreement", args=[circle, agreed]): {"came_out": told["words"]},
        reverse("circle:seat", args=[circle, seat]): {"doing": "Haalt op bij Lindelaan 12"},
        reverse("circle:information", args=[circle]): told | {"to": str(made.ref("willem"))},
        reverse("circle:miss", args=[circle]): {"title": "Wie haalt op", "part": house, **told},
        reverse("circle:offer", args=[circle]): {"called": "Buurvrouw", **comes},
    }


def test_every_form_of_a_home_says_once_that_the_address_is_in_it(secret: Asking) -> None:
    """Found in review: only a new entry and a question were looked at."""
    anouk = enter_kin(secret.kin, "anouk")
    for address, told in forms_of_a_home(secret).items():
        told |= {"ref": str(uuid4())}
        first = anouk.post(address, told)
        assert (first.status_code, "geheime adres" in words_of(first)) == (422, True), address
        assert "Lindelaan 12" in first.content.decode(), "what was typed is still there"
        assert 'name="address_told"' in first.content.decode(), address
        again = anouk.post(address, told | {"address_told": "yes"})
        assert again.status_code in {200, 302}, (address, words_of(again)[:600])
