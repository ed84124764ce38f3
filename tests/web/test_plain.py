"""Unseen characters that turn words around never come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from smartstart.base.files.tidying import tidy
from smartstart.thread.models import Insight
from smartstart.web.plain import without_turns
from tests.cast import Cast

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.django_db
@pytest.mark.usefixtures("at_now")
def test_words_that_turn_come_in_without_what_turns_them(
    cast: Cast, enter: Callable[..., Client]
) -> None:
    address = reverse("thread:new", args=[cast.pilot_a.slug, "insight"])

    enter("nadia").post(address, {"title": f"Wacht{TURNS}en", "words": "a\u200eb\u202ec"})

    made = Insight.objects.get()
    assert (made.title, made.words) == ("Wachten", "a\u200ebc")


def test_a_form_without_them_is_the_same_form() -> None:
    form = QueryDict("a=1&a=2&b=x")

    assert without_turns(form) is form


def test_every_value_of_every_name_is_cleaned() -> None:
    form = QueryDict(mutable=True)
    form.setlist("a", ["1\u202e", "2"])

    assert without_turns(form) == QueryDict("a=1&a=2")


def test_a_text_from_a_file_is_cleaned_too() -> None:
    assert tidy(f"een{TURNS} woord") == "een woord"
