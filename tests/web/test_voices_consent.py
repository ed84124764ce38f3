"""The pages where a yes is written down, and where one is asked first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.voices.models import Interview
from tests.cast import Cast
from tests.voices.booth import Booth

Enter = Callable[..., Client]
pytestmark = [pytest.mark.usefixtures("at_now")]
CONSENT = {"use": "on", "quote": "on", "keep_until": "2027-11-20", "heard": "on"}


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


@pytest.fixture
def nadia(enter: Enter) -> Client:
    return enter("nadia")


def where(name: str, *arguments: Any) -> str:
    return reverse(f"voices:{name}", args=arguments)


def words(response: Any) -> str:
    """The words of a page, blanks folded."""
    return re.sub(r"(<[^>]+>|\s)+", " ", response.content.decode().partition("<main")[2])


def test_consent_is_written_down_in_layers_with_who_and_when(booth: Booth, nadia: Client) -> None:
    interview = booth.plan()

    assert nadia.post(where("consent", interview.pk), CONSENT).status_code == 302

    page = words(nadia.get(where("consent", interview.pk)))
    assert "20 november 2026, 10.00 Ja op: gebruiken, aanhalen. Opgeschreven door het team." in page


def test_a_year_is_proposed_and_a_day_that_cannot_be_is_told_at_the_field(
    booth: Booth, nadia: Client
) -> None:
    interview = booth.plan()

    page = nadia.get(where("consent", interview.pk)).content.decode()
    endless = nadia.post(where("consent", interview.pk), {**CONSENT, "keep_until": "9999-12-31"})
    long_ago = nadia.post(
        where("plan", booth.pilot.slug),
        {"with_whom": "Samira", "described": "vader, 41 jaar", "planned_on": "1800-01-01"},
    )

    assert 'value="2027-11-20"' in page
    assert 'max="2036-11-20"' in page
    assert (endless.status_code, long_ago.status_code) == (422, 422)
    assert "Kies een dag tot en met 20 november 2036." in words(endless)
    assert "Kies een dag van 20 november 2016 tot en met 20 november 2028." in words(long_ago)
    assert not interview.consents.exists()
    assert Interview.objects.count() == 1


@pytest.mark.parametrize(
    ("left_out", "told"),
    [("use", "Zonder dit ja mag er niets."), ("heard", "Vink dit aan als iemand het zo zei.")],
)
def test_a_consent_that_is_not_whole_is_not_written_down(
    booth: Booth, nadia: Client, left_out: str, told: str
) -> None:
    interview = booth.plan()
    form = {name: value for name, value in CONSENT.items() if name != left_out}

    response = nadia.post(where("consent", interview.pk), form)

    assert response.status_code == 422
    assert told in words(response)
    assert not interview.consents.exists()


def test_a_text_without_a_yes_leads_to_where_the_yes_is_written_down(
    booth: Booth, nadia: Client
) -> None:
    interview = booth.plan()

    answer = nadia.get(where("import_text", interview.pk))

    assert answer.status_code == 409
    assert f'href="{where("consent", interview.pk)}"' in answer.content.decode()
    assert "Kijk wat mag" in words(answer)


def test_a_person_who_is_named_wrongly_is_called_otherwise(booth: Booth, enter: Enter) -> None:
    """Found by hand: the page of a story asks to say it, and no page mended it."""
    interview, nadia = booth.agreed(), enter("nadia")
    address = f"/interviews/{interview.pk}/called/"
    assert address in nadia.get(f"/interviews/{interview.pk}/").content.decode()

    refused = nadia.post(address, {"described": "Anouk, 34"})
    assert refused.status_code == 422
    assert "De naam van deze persoon staat erin." in refused.content.decode()
    done = nadia.post(address, {"described": "ouder van twee"})

    assert done["Location"] == f"/interviews/{interview.pk}/"
    assert "ouder van twee" in nadia.get(done["Location"]).content.decode()
    assert "moeder, 34" not in nadia.get(done["Location"]).content.decode()
