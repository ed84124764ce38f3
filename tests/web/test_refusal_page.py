"""What somebody meets when something is refused: words, what they typed, and the way back."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

import pytest
from django import forms
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from smartstart.web.circle.work_forms import AnswerForm
from smartstart.web.middleware import broken, not_allowed
from smartstart.web.people.forms import CardForm, TakeInvitationForm, UnlockForm
from smartstart.web.refusal_page import came_from, store_is_gone_page, typed


def test_only_what_somebody_wrote_is_given_back(rf: RequestFactory) -> None:
    form = {
        "round": str(uuid4()),
        "pseudonym": uuid4().hex,
        "person": "omar",
        "given": "MTc5NTM1NzI0NS4zOTU2:1xV8Qv:vwBhvqETA",
        "next": "/pilots/",
        "step": "send",
        "kind": "message",
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
        ("http://testserver/interviews/3/names/finish/", "/interviews/3/names/finish/"),
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


def test_a_page_that_refuses_a_look_is_not_offered_again(rf: RequestFactory) -> None:
    address = "/interviews/3/names/"
    assert came_from(rf.get(address, HTTP_REFERER=f"http://testserver{address}")) == ""


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("address", ["/people/lock/", "/my-story/done/", "/pilots/"])
def test_the_wrong_way_to_an_address_is_answered_in_words(address: str) -> None:
    client = Client()
    answer = client.delete(address) if address == "/pilots/" else client.get(address)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"] or "GET" in answer["Allow"]
    assert "Dit adres werkt alleen met een knop." in answer.content.decode()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("host", ["elsewhere.example", "10.0.0.9", "a b"])
def test_another_address_is_answered_in_plain_dutch_with_a_line_of_english(host: str) -> None:
    answer = Client().get("/pilots/", HTTP_HOST=host)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Deze site heeft een ander adres." in page
    assert 'lang="en"' in page
    assert "Bad Request" not in page
    assert host not in page


@pytest.mark.usefixtures("db")
def test_too_much_at_once_is_one_plain_sentence(settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client(enforce_csrf_checks=True).post("/pilots/propose/", {"sees": "x" * 200})
    assert answer.status_code == 400
    assert "Dit is te veel om in één keer te sturen." in answer.content.decode()


def test_only_who_sent_a_text_hears_that_it_is_still_there(rf: RequestFactory) -> None:
    looked = store_is_gone_page(rf.get("/pilots/")).content.decode()
    assert "We kunnen dit nu niet bewaren of openen." in looked
    assert "tekst" not in looked.partition("<main")[2].partition("</main>")[0]
    sent = store_is_gone_page(rf.post("/pilots/propose/", {"sees": "Wat ik zag"}))
    assert "Je tekst is er nog" in sent.content.decode()
    assert "Wat ik zag" in sent.content.decode()


def test_nor_on_the_page_that_needs_nothing(rf: RequestFactory) -> None:
    assert "tekst" not in broken(rf.get("/pilots/")).content.decode()
    assert "Je tekst staat er meestal nog." in broken(rf.post("/pilots/")).content.decode()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (CardForm({"username": "bram"}), "Wat je typte, staat er nog."),
        (
            TakeInvitationForm({"code": "A", "username": "!"}),
            "Wat je typte, staat er nog. Vul “Kies een wachtwoord” opnieuw in.",
        ),
        (UnlockForm({"secret": ""}), "Vul “Wachtwoord of code” opnieuw in."),
        (AnswerForm({"words": ""}), "Wat je typte, staat er nog."),
        (
            AnswerForm({"words": ""}, {"file": SimpleUploadedFile("brief.txt", b"een brief")}),
            "Wat je typte, staat er nog. Vul “Doe er een bijlage bij” opnieuw in.",
        ),
    ],
)
def test_a_form_says_which_boxes_came_back_empty(form: forms.Form, says: str) -> None:
    drawn = render_to_string("components/error_summary.html", {"form": form})
    words = " ".join(drawn.rpartition("<p>")[2].partition("</p>")[0].split())
    assert words == says


def test_an_open_choice_has_a_friendly_word() -> None:
    def of(kind: type[forms.BaseForm]) -> list[type[forms.BaseForm]]:
        return [kind, *(below for one in kind.__subclasses__() for below in of(one))]

    import_module("smartstart.config.urls")
    empty = {
        f"{kind.__module__}.{kind.__name__}.{name}": str(field.empty_label)
        for kind in of(forms.BaseForm)
        if kind.__module__.startswith("smartstart.")
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field, forms.ModelChoiceField)
    }
    assert empty["smartstart.web.programme.accept_form.AcceptForm.leader"] == "Kies iemand"
    assert [name for name, words in empty.items() if "--" in words] == []


def test_what_others_refuse_is_said_in_our_words(rf: RequestFactory) -> None:
    answer = not_allowed(rf.get("/account/keys/"), PermissionDenied("no"))
    assert answer.status_code == 403
    assert "Dit mag jij niet doen" in answer.content.decode()
