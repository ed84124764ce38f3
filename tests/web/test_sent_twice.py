"""A form sent twice makes one thing; the second send gets the answer of the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Folder, Line
from smartstart.people.models import Invitation, Position
from smartstart.thread.models import Insight, Knot
from smartstart.voices import operations_story, operations_text
from smartstart.voices.models import Code, CodingRound, Interview, Pseudonym, SaidBack
from tests.cast import Cast
from tests.voices.booth import Booth

Enter = Callable[..., Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


def drawn(client: Client, address: str) -> dict[str, str]:
    """The hidden reference on the form, as the browser sends it back."""
    page = client.get(address).content.decode()
    found = re.search(r'name="ref" value="([0-9a-f-]{36})"', page)
    assert found, page[:400]
    return {"ref": found[1]}


def twice(client: Client, address: str, form: dict[str, str]) -> list[Any]:
    form = form | drawn(client, address)
    return [client.post(address, form)["Location"] for _ in range(2)]


PLAN = {"with_whom": "Samira", "described": "moeder, 29 jaar", "planned_on": "2026-12-01"}


def test_an_interview_is_planned_once(booth: Booth, enter: Enter) -> None:
    folders = Folder.objects.count()

    answers = twice(enter("nadia"), reverse("voices:plan", args=[booth.pilot.slug]), PLAN)

    made = Interview.objects.get()
    assert answers == [reverse("voices:consent", args=[made.pk])] * 2
    assert Folder.objects.count() == folders + 1


def test_what_somebody_else_made_is_not_given(booth: Booth, enter: Enter) -> None:
    address = reverse("voices:plan", args=[booth.pilot.slug])
    nadia = enter("nadia")
    form = PLAN | drawn(nadia, address)
    nadia.post(address, form)

    page = enter("bram").post(address, form)
    assert page.status_code == 409
    assert "Dit formulier is al verstuurd." in page.content.decode()
    assert Interview.objects.count() == 1


def test_two_forms_make_two(booth: Booth, enter: Enter) -> None:
    address, nadia = reverse("voices:plan", args=[booth.pilot.slug]), enter("nadia")

    first, _, second, _ = twice(nadia, address, PLAN) + twice(nadia, address, PLAN)

    assert first != second
    assert Interview.objects.count() == 2


def test_what_is_no_reference_counts_as_none(booth: Booth, enter: Enter) -> None:
    address = reverse("voices:plan", args=[booth.pilot.slug])

    enter("nadia").post(address, PLAN | {"ref": "x"})

    assert Interview.objects.count() == 1


def test_a_code_is_added_once(booth: Booth, enter: Enter) -> None:
    address = reverse("voices:codebook", args=[booth.pilot.slug])

    answers = twice(enter("nadia"), address, {"name": "Schroom"})

    assert answers == [address] * 2
    assert [code.name for code in Code.objects.all()] == ["Schroom"]


def test_other_words_in_the_same_form_make_another(booth: Booth, enter: Enter) -> None:
    address, nadia = reverse("voices:codebook", args=[booth.pilot.slug]), enter("nadia")
    form = drawn(nadia, address)

    for name in ("Schroom", "Haast", "Haast"):
        assert nadia.post(address, form | {"name": name}).status_code == 302

    assert [code.name for code in Code.objects.order_by("number")] == ["Schroom", "Haast"]


def test_a_function_is_made_once(cast: Cast, enter: Enter) -> None:
    ada, address = enter("ada"), reverse("people:new_position")

    answers = twice(ada, address, {"called": "gedragscoach"})

    made = Position.objects.get(called="gedragscoach")
    assert answers == [reverse("people:position", args=[made.pk])] * 2
    assert Line.objects.filter(folder=made.organisation.folder_id, deed="made").count() == 1


def test_an_insight_is_written_once(booth: Booth, enter: Enter) -> None:
    address, nadia = reverse("thread:new", args=[booth.pilot.slug, "insight"]), enter("nadia")
    form = {"title": "Wachten doet pijn"} | drawn(nadia, address)

    answers = [nadia.post(address, form)["Location"] for _ in range(2)]

    knot = Knot.objects.get()
    assert answers == [reverse("thread:knot", args=[booth.pilot.slug, knot.ref])] * 2
    assert Insight.objects.get().knot == knot
    assert enter("bram").post(address, form).status_code == 409
    assert Knot.objects.get() == knot
    other = reverse("thread:new", args=[booth.pilot.slug, "idea"])
    assert nadia.post(other, form).status_code == 302
    assert [one.kind for one in Knot.objects.order_by("id")] == ["insight", "idea"]


def test_what_is_said_back_arrives_once(booth: Booth) -> None:
    interview = booth.agreed()
    code = operations_story.make_card(booth.nadia, interview.pk, word="Regenjas", at=booth.now)
    reader = Client()
    reader.post(reverse("story:open"), {"code": code, "word": "Regenjas"})

    answers = twice(reader, reverse("story:say"), {"words": "Dank je"})

    assert answers == [reverse("story:story")] * 2
    assert SaidBack.objects.count() == 1


def test_a_card_is_made_once_and_both_answers_show_it(booth: Booth, enter: Enter) -> None:
    """Found by a new user: of two cards the first on the screen opened nothing."""
    interview, nadia = booth.agreed(), enter("nadia")
    address = reverse("voices:card", args=[interview.pk])
    form = {"word": "Regenjas"} | drawn(nadia, address)

    pages = [nadia.post(address, form).content.decode() for _ in range(2)]

    codes = [re.findall(r'class="ss-story-card__code">([A-Z-]+)<', page) for page in pages]
    assert codes[0] == codes[1] != []
    opened = Client().post(reverse("story:open"), {"code": codes[0][0], "word": "Regenjas"})
    assert opened["Location"] == reverse("story:story")


def test_an_invitation_is_made_once_and_the_code_on_the_screen_fits(
    cast: Cast, enter: Enter
) -> None:
    address, ada = "/people/organisation/invite/", enter("ada")
    form = {"shown_as": "Fatima", "called": "coach", "role": "professional"} | drawn(ada, address)

    codes = [
        re.findall(r"<code>([0-9A-Z-]+)</code>", ada.post(address, form).content.decode())[0]
        for _ in range(2)
    ]

    assert Invitation.objects.count() == 1
    assert codes[0] != codes[1]
    take = reverse("people:invitation")
    assert Client().post(take, {"code": codes[0], "username": "fatima"}).status_code == 422
    assert Client().post(take, {"code": codes[1], "username": "fatima"}).status_code == 200
    assert ada.post(address, form).status_code == 422


def test_releasing_beginning_and_merging_answer_the_second_time_as_the_first(
    booth: Booth, enter: Enter
) -> None:
    transcript, nadia = booth.proposed(), enter("nadia")
    refs = list(Pseudonym.objects.values_list("ref", flat=True))
    operations_text.confirm(booth.nadia, transcript.pk, pseudonyms=refs, at=booth.now)
    here = [transcript.interview_id]
    coding = reverse("voices:coding", args=here)

    def both(name: str, form: dict[str, Any]) -> list[Any]:
        address = reverse(f"voices:{name}", args=here)
        return [nadia.post(address, form).headers.get("Location") for _ in range(2)]

    assert both("finish", {"checked": "yes"}) == [coding] * 2
    assert both("begin", {"coders": [str(booth.cast.hats["nadia"].ref)]}) == [coding] * 2
    round_ = CodingRound.objects.get()
    booth.ready(round_, "nadia")
    assert both("merge", {"round": str(round_.ref)}) == [coding] * 2


def test_who_did_not_do_it_reads_what_is_true(booth: Booth, enter: Enter) -> None:
    round_, bram = booth.round(coders=["nadia"]), enter("bram")
    booth.ready(round_, "nadia")
    here = [round_.transcript.interview_id]
    nadia = enter("nadia")
    nadia.post(reverse("voices:merge", args=here), {"round": str(round_.ref)})

    for name, told in (
        ("finish", "De namen in deze tekst zijn al nagekeken. Je kunt nu coderen."),
        ("merge", "Dit werk is al samengevoegd. Open de tekst voor het resultaat."),
    ):
        form = {"round": str(round_.ref), "checked": "yes"}
        page = bram.post(reverse(f"voices:{name}", args=here), form)
        assert page.status_code == 409
        assert told in page.content.decode()


def test_saving_looks_before_it_reads_the_form(booth: Booth, enter: Enter) -> None:
    round_ = booth.round()
    address = reverse("voices:save", args=[round_.transcript.interview_id])
    form = {"round": str(round_.ref), "code": str(booth.code().ref), "start": "x", "end": "9"}

    for start in ("x", "9", str(2**70)):
        form["start"] = start
        assert enter("joke").post(address, form).status_code == 404
        assert enter("nadia").post(address, form).status_code == 422
