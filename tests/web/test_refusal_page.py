"""What somebody meets when something is refused: words, what they typed, and the way back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from smartstart.web.refusal_page import came_from, typed


def test_only_what_somebody_wrote_is_given_back(rf: RequestFactory) -> None:
    form = {
        "round": str(uuid4()),
        "pseudonym": uuid4().hex,
        "given": "MTc5NTM1NzI0NS4zOTU2:1xV8Qv:vwBhvqETA",
        "next": "/pilots/",
        "start": "12",
        "checked": "yes",
        "memo": "Wat ik schreef",
        "empty": "   ",
    }
    assert typed(rf.post("/interviews/1/coding/save/", form)) == [("memo", "Wat ik schreef")]


def test_a_form_without_words_says_nothing_about_words(rf: RequestFactory) -> None:
    assert typed(rf.post("/interviews/1/merging/finish/", {"round": str(uuid4())})) == []


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://testserver/interviews/3/names/", "/interviews/3/names/"),
        ("http://testserver/pilots/?page=2", "/pilots/?page=2"),
        ("http://testserver/interviews/3/names/finish/", ""),
        ("https://elsewhere.example/pilots/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_way_back_is_the_page_of_this_house_one_was_at(
    rf: RequestFactory, before: str, back: str
) -> None:
    request = rf.post("/interviews/3/names/finish/", HTTP_REFERER=before)
    assert came_from(request) == back


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("address", ["/people/lock/", "/my-story/done/", "/pilots/"])
def test_the_wrong_way_to_an_address_is_answered_in_words(address: str) -> None:
    client = Client()
    answer = client.delete(address) if address == "/pilots/" else client.get(address)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"] or "GET" in answer["Allow"]
    assert "Dit adres werkt alleen met een knop." in answer.content.decode()
