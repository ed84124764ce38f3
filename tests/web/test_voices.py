"""The pages of the interviews, each once, with real rows and Django's client."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.voices import operations, operations_coding, operations_text
from smartstart.voices.models import (
    Code,
    Coding,
    CodingRound,
    Excerpt,
    Interview,
    Pseudonym,
    Transcript,
)
from tests.cast import Cast
from tests.voices.booth import TEXT, Booth

Enter = Callable[..., Client]
pytestmark = [pytest.mark.usefixtures("at_now")]


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


@pytest.fixture
def nadia(enter: Enter) -> Client:
    return enter("nadia")


def words(response: Any) -> str:
    """The text of a page without tags, blanks folded."""
    plain = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def test_smoke(booth: Booth, nadia: Client) -> None:
    slug = booth.pilot.slug
    for name in ("interviews", "plan", "codebook"):
        response = nadia.get(reverse(f"voices:{name}", args=[slug]))
        assert response.status_code == 200, name
    transcript = booth.proposed()
    interview = transcript.interview_id
    for name in ("interview", "consent", "withdraw", "import_text", "names", "quotes", "card"):
        response = nadia.get(reverse(f"voices:{name}", args=[interview]))
        assert response.status_code == 200, name
    checked = booth.checked()
    interview = checked.interview_id
    print(words(nadia.get(reverse("voices:coding", args=[interview]))))
    booth.code("Schaamte")
    booth.code("Vijf keer")
    round_ = booth.round(checked)
    booth.put(round_, 40, 60)
    booth.put(round_, 50, 90, code="Vijf keer", memo="Sterk")
    coding = Coding.objects.last()
    for address in ("", f"?piece={coding.ref.hex}"):
        response = nadia.get(reverse("voices:coding", args=[interview]) + address)
        assert response.status_code == 200
    print(response.content.decode())
    assert nadia.get(reverse("voices:sentence", args=[interview, 2])).status_code == 200
    booth.put(round_, 45, 60, by="bram")
    booth.ready(round_)
    response = nadia.get(reverse("voices:merging", args=[interview]))
    print(words(response))
    assert response.status_code == 200
