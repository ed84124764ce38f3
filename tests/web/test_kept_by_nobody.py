"""What a browser, a proxy or a page of refusal may keep of somebody who signed in: nothing."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import resolve

from smartstart.people.models import Hat
from smartstart.web.refusal_page import store_is_gone_page
from tests.cast import Cast
from tests.web.people_cases import browser, send, sign_in

PAGES = ("/", "/pilots/", "/people/me/", "/privacy/")


@pytest.mark.parametrize("page", PAGES)
def test_who_has_no_role_left_is_signed_in_all_the_same(cast: Cast, page: str) -> None:
    bram = browser()
    sign_in(bram, "bram")
    Hat.objects.filter(account=cast.account("bram")).update(last_day=cast.in_days(-1))
    answer = bram.get(page)
    assert (answer.get("Cache-Control"), answer.get("ETag")) == ("no-store, private", None)


@pytest.mark.parametrize("page", PAGES)
def test_a_locked_screen_keeps_nothing(cast: Cast, page: str) -> None:
    nadia = browser()
    sign_in(nadia, "nadia")
    send(nadia, "/people/lock/", {}, at="/people/me/")
    assert nadia.get(page).get("Cache-Control") == "no-store, private"


def test_a_secret_is_not_given_back_when_the_store_is_gone(rf: RequestFactory) -> None:
    typed = {"secret": "mijn geheim", "credential": "{}", "code": "ABCD", "words": "Wat ik schreef"}
    page = store_is_gone_page(rf.post("/people/unlock/", typed)).content.decode()
    assert "Wat ik schreef" in page
    assert [word for word in ("mijn geheim", "ABCD") if word in page] == []


def test_the_page_of_a_story_names_nothing_also_when_the_store_is_gone(rf: RequestFactory) -> None:
    request = rf.post("/my-story/say/", {"words": "Wat ik schreef"})
    request.resolver_match = resolve("/my-story/say/")
    page = store_is_gone_page(request).content.decode()
    assert "Wat ik schreef" in page
    assert "Smart Start" not in page
