"""Who works with a family writes about a child: seen first as child and parent will read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.circle.models import Attached, Entry, Question
from smartstart.circle.operations_words import correct_entry
from smartstart.circle.queries_words import entry_page
from smartstart.circle.states import GroundKind, SeatKind, Side
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
WORDS = {"words": "Noor las hardop voor.", "title": "In de klas", "topic": Side.DEVELOPMENT}


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.seat("fatima", "here noor", called="Fatima")
    made.ground("fatima", "here noor", GroundKind.SEAT, topic=Side.DEVELOPMENT)
    made.seat("daan", "here noor", called="Daan", kind=SeatKind.QUESTION_ONLY)
    made.seat("anouk", "here household", called="Anouk", kind=SeatKind.FAMILY)
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    """Come in with a reason, as who works with a family has after one tap."""

    def enter(name: str) -> Client:
        client: Client = enter_kin(home, name)
        session = client.session
        session["reason"] = {"why": "talk", "ref": "", "at": home.at.timestamp()}
        session.save()
        return client

    return enter


def test_first_as_child_and_as_parent_then_it_stands_there(
    home: Kin, come: Callable[[str], Client]
) -> None:
    fatima, part = come("fatima"), home.parts["here noor"].ref
    write, there = reverse("circle:part_write", args=[part]), reverse("circle:part", args=[part])
    assert f'href="{there}"' in fatima.get(reverse("circle:ask_about")).content.decode()

    looks = words_of(fatima.post(write, WORDS | {"step": "look"}))
    assert looks.index("Zo leest Noor het") < looks.index("Zo leest een ouder het")
    assert looks.count("Noor las hardop voor.") == 2
    assert "Wat zag of hoorde je?" in words_of(fatima.post(write, WORDS | {"step": "change"}))
    assert fatima.post(write, {"step": "send"}).status_code == 422
    assert not Entry.objects.exists()

    sent: Any = fatima.post(write, WORDS | {"step": "send"})
    entry = Entry.objects.get()
    assert (sent.url, entry.kind, entry.topic) == (there, "observation", "development")
    page = fatima.get(there).content.decode()
    assert "Noor las hardop voor." in page
    for name, kind in (("own_file", {"kind": "entry", "ref": entry.ref, "form": "pdf"}),
                       ("file_add", {"kind": "entry", "ref": entry.ref})):  # fmt: skip
        assert f'href="{reverse(f"circle:{name}", kwargs=kind)}"' in page
    assert fatima.get(reverse("circle:file_add", args=["entry", entry.ref])).status_code == 200
    anouk = reverse("circle:entry", args=[home.circles["here"].ref, entry.ref])
    assert "Noor las hardop voor." in words_of(come("anouk").get(anouk))


def test_a_topic_is_read_and_nothing_beside_it(home: Kin, come: Callable[[str], Client]) -> None:
    home.entry("here noor", "Over geld", by="anouk")
    part = home.parts["here noor"].ref
    page = words_of(come("fatima").get(reverse("circle:part", args=[part])))
    assert "Over geld" not in page
    assert "Er is nog niets geschreven." in page
    for name in ("daan", "anouk", "peer", "willem"):
        assert come(name).get(reverse("circle:part", args=[part])).status_code == 404
    assert come("fatima").get(reverse("circle:part", args=[home.parts["there noor"].ref])
                              ).status_code == 404  # fmt: skip


def test_who_is_asked_now_and_then_writes_without_reading(
    home: Kin, come: Callable[[str], Client]
) -> None:
    daan, part = come("daan"), home.parts["here noor"].ref
    write = reverse("circle:part_write", args=[part])
    page = words_of(daan.get(write))
    assert "Schrijf iets in de kring van Anouk" in page
    assert "Noor" not in page
    sent: Any = daan.post(write, WORDS | {"step": "send"})
    assert (sent.url, Entry.objects.count()) == (reverse("circle:today"), 1)
    for name in ("peer", "dennis"):
        assert come(name).post(write, WORDS | {"step": "send"}).status_code == 404


def test_two_texts_written_at_once_both_stand_and_the_writer_chooses(
    home: Kin, come: Callable[[str], Client]
) -> None:
    entry, circle = home.entry("here noor", "Een uur.", by="anouk"), home.circles["here"].ref
    anouk = home.actor("anouk")
    texts = [correct_entry(anouk, entry.ref, words=words, after=entry.ref, at=home.at)
             for words in ("Twee uur.", "Drie uur.")]  # fmt: skip
    page = come("anouk").get(reverse("circle:entry", args=[circle, entry.ref]))
    assert "Twee teksten zijn tegelijk geschreven" in words_of(page)
    again = f"{reverse('circle:correct', args=[circle, entry.ref])}?from={texts[0].ref}"
    assert f'href="{again}"' in page.content.decode()
    form: Any = come("anouk").get(again)
    assert form.context["form"].initial["words"] == "Twee uur."
    last = str(entry_page(home.reading("anouk"), circle, entry.ref).last.ref)
    come("anouk").post(again, {"words": "Twee uur dus.", "after": last})
    seen = words_of(come("anouk").get(reverse("circle:entry", args=[circle, entry.ref])))
    assert "Twee teksten" not in seen
    assert all(words in seen for words in ("Een uur.", "Twee uur.", "Drie uur.", "Twee uur dus."))


def test_one_corrects_ones_own_text_and_the_old_one_stays(
    home: Kin, come: Callable[[str], Client]
) -> None:
    mine = home.entry("here noor", "Noor las hardop.", by="fatima", title="In de klas")
    theirs = home.entry("here noor", "Over school", by="anouk")
    Entry.objects.update(topic=Side.DEVELOPMENT)
    part, fatima = home.parts["here noor"].ref, come("fatima")
    there = reverse("circle:part_correct", args=[part, mine.ref])
    assert f'href="{there}"' in fatima.get(reverse("circle:part", args=[part])).content.decode()
    assert "Noor las hardop." in words_of(fatima.get(there))

    told = {"words": "Noor las zacht.", "after": str(mine.ref)}
    looks = words_of(fatima.post(there, told | {"step": "look"}))
    assert (looks.count("Noor las zacht."), Entry.objects.count()) == (2, 2)
    assert "Wat moet er staan?" in words_of(fatima.post(there, told | {"step": "change"}))
    assert fatima.post(there, {"words": "x", "after": str(theirs.ref)}).status_code == 422
    for _twice in range(2):
        sent: Any = fatima.post(there, told | {"step": "send", "ref": str(mine.ref)})
        assert sent.url == reverse("circle:part", args=[part])
    (added,) = Entry.objects.filter(corrects=mine)
    assert (added.after, added.topic) == (mine, Side.DEVELOPMENT)
    page = words_of(fatima.get(sent.url))
    assert "Noor las hardop." in page
    assert "Noor las zacht." in page
    anouk = words_of(
        come("anouk").get(reverse("circle:entry", args=[home.circles["here"].ref, mine.ref]))
    )
    assert anouk.index("Noor las hardop.") < anouk.index("Noor las zacht.")

    elsewhere = reverse("circle:part_correct", args=[part, theirs.ref])
    tried = [(name, there) for name in ("daan", "karin", "wil", "anouk", "dennis")]
    for name, address in [*tried, ("fatima", elsewhere)]:
        assert come(name).get(address).status_code == 404, name


def test_two_at_one_desk_who_correct_at_once_lose_nothing(
    home: Kin, come: Callable[[str], Client]
) -> None:
    mine = home.entry("here noor", "Eerst.", by="fatima")
    Entry.objects.update(topic=Side.DEVELOPMENT)
    there = reverse("circle:part_correct", args=[home.parts["here noor"].ref, mine.ref])
    fatima = come("fatima")
    for words in ("Een.", "Twee."):
        fatima.post(there, {"words": words, "after": str(mine.ref), "step": "send"})
    page = words_of(fatima.get(there))
    assert "Twee teksten zijn tegelijk geschreven" in page
    assert [word for word in ("Eerst.", "Een.", "Twee.") if word not in page] == []


def test_what_is_not_right_takes_along_what_was_added_later(
    home: Kin, come: Callable[[str], Client]
) -> None:
    first = home.entry("here noor", "Noor las hardop.", by="fatima")
    Entry.objects.update(topic=Side.DEVELOPMENT)
    added = correct_entry(home.actor("fatima"), first.ref, words="Noor las zacht.", at=home.at)
    here = home.circles["here"].ref
    wrong, anouk = reverse("circle:not_right", args=[here, first.ref]), come("anouk")
    side = reverse("circle:own_side", args=[here, first.ref])
    for page in (words_of(anouk.get(wrong)), words_of(anouk.get(side))):
        assert page.index("Noor las hardop.") < page.index("Noor las zacht.")
    anouk.post(wrong, {"words": "Het was dinsdag."})
    question = Question.objects.get()
    taken = Attached.objects.filter(question=question).values_list("entry", flat=True)
    assert (question.about, set(taken)) == (first, {first.pk, added.pk})


def test_the_familys_own_side_stands_beside_what_who_works_with_them_reads(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by hand: it stood on the page of the family alone, so nobody at work ever read it."""
    fatima, part = come("fatima"), home.parts["here noor"].ref
    fatima.post(reverse("circle:part_write", args=[part]), WORDS | {"step": "send"})
    entry = Entry.objects.get()
    other = home.entry("here noor", "Van thuis.", title="Thuis")
    for one, words in ((entry, "Thuis leest ze juist nooit."), (other, "Dit blijft hier.")):
        side = reverse("circle:own_side", args=[home.circles["here"].ref, one.ref])
        anouk = come("anouk")
        assert "Wie de tekst leest, leest ook jouw kant." in words_of(anouk.get(side))
        anouk.post(side, {"words": words})

    page = words_of(fatima.get(reverse("circle:part", args=[part])))
    assert "De eigen kant van het gezin" in page
    assert page.index("Noor las hardop voor.") < page.index("Thuis leest ze juist nooit.")
    assert "Dit blijft hier." not in page
