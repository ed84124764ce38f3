"""Boards on the web: phones by code, bad input, guessing, and what one takes along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from smartstart.access.models import Line
from smartstart.base.brake import HOUR, Brake
from smartstart.design import operations_boards_phone
from smartstart.design.models.boards import BoardGuest, NoteText
from smartstart.web.design_boards import brake
from tests.cast import Cast
from tests.design.test_boards import Phone, made

ENTER = Callable[..., Client]


def joined(code: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/board/", {"code": code, "role": "parent"})


def step(**more: object) -> dict[str, object]:
    told = {"client": uuid4(), "counter": 1, "field": "write", "note": uuid4(), "value": "Hoi"}
    return told | {"column": "", "base": ""} | more


def test_a_phone_comes_in_writes_and_hears_with_plain_forms_and_with_script(cast: Cast) -> None:
    board = made(cast)
    assert Client().get(f"/board/{board.code}/").status_code == 200
    assert not BoardGuest.objects.exists()
    client, answer = joined(board.code)
    page = f"/board/{board.ref}/"
    assert answer["Location"] == page
    cookie = client.cookies[settings.BOARD_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert BoardGuest.objects.get().token_hash != cookie.value

    sent = step()
    script = {"Accept": "application/json"}
    stored = client.post(f"{page}step/", sent, headers=script)
    assert client.post(f"{page}step/", sent)["Location"] == page
    assert (stored.status_code, NoteText.objects.count()) == (200, 1)
    assert "Hoi" in client.get(page).content.decode()
    news = client.get(f"{page}news/?since=0")
    assert json.loads(news.content)["notes"][0]["texts"] == [[stored.json()["number"], "Hoi"]]
    assert news["Cache-Control"] == "no-store, private"

    refused = [{"note": "x"}, {"counter": 0}, {"value": ""}, {"value": "a" * 11_000_000}]
    answers = [client.post(f"{page}step/", step(**one), headers=script) for one in refused]
    assert [one.status_code for one in answers] == [422] * 4
    assert Client().post(f"{page}step/", step()).status_code == 410
    assert Client().get(f"{page}news/").status_code == 410


def test_a_code_is_not_guessed(cast: Cast) -> None:
    board = made(cast)
    for number in range(brake.PER_ADDRESS.most):
        _client, answer = joined(f"222{number:03}")
        assert "past niet" in answer.content.decode()
    _client, answer = joined(board.code)
    assert "te vaak geprobeerd" in answer.content.decode()
    assert not BoardGuest.objects.exists()


def test_several_people_share_one_tablet_one_after_the_other(cast: Cast) -> None:
    board = made(cast)
    tablet, _answer = joined(board.code)
    page, told = f"/board/{board.ref}/", {"code": board.code, "role": "young_person"}
    tablet.post(f"{page}step/", step(value="Van de eerste"))
    first = tablet.get(page).content.decode()
    assert f'href="/board/{board.code}/?who=else"' in first
    asked = tablet.post("/board/", told)
    assert (asked.status_code, BoardGuest.objects.count()) == (422, 1)
    assert "Wie schrijft er nu?" in asked.content.decode()
    assert tablet.post("/board/", told | {"who": "same"}).status_code == 302
    assert BoardGuest.objects.count() == 1
    assert (
        'name="who" value="else"' in tablet.get(f"/board/{board.code}/?who=else").content.decode()
    )
    assert tablet.post("/board/", told | {"who": "else"})["Location"] == page
    assert [guest.role for guest in BoardGuest.objects.order_by("pk")] == ["parent", "young_person"]
    second = tablet.get(page).content.decode()
    assert "Van de eerste" not in second, "what is covered stays so for who comes after"
    assert mark_of(first) != mark_of(second)


def mark_of(page: str) -> str:
    return page.partition('data-me="')[2].partition('"')[0]


def test_one_network_brings_in_a_room_and_not_all_places_of_a_session(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, other = made(cast), made(cast)
    monkeypatch.setattr(brake, "NEW_PER_ADDRESS", Brake("board-new", 3, 12 * HOUR))
    phones = [joined(board.code)[0] for _each in range(3)]
    _client, refused = joined(board.code)
    assert "via dit netwerk" in refused.content.decode().lower()
    assert BoardGuest.objects.count() == 3
    told = {"code": board.code, "role": "parent"}
    assert phones[0].post("/board/", told).status_code == 302, "who is in comes back"
    assert Client().post("/board/", told, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert joined(other.code)[1].status_code == 302, "another evening has places of its own"

    monkeypatch.setattr(operations_boards_phone, "MOST_IN_A_QUARTER", 5)
    fresh = Client().post("/board/", told, REMOTE_ADDR="198.51.100.8")
    assert "heel veel telefoons tegelijk" in fresh.content.decode()
    monkeypatch.setattr(operations_boards_phone, "MOST_IN_A_QUARTER", 50)
    monkeypatch.setattr(operations_boards_phone, "MOST_GUESTS", 4)
    assert Client().post("/board/", told, REMOTE_ADDR="198.51.100.8").status_code == 422
    BoardGuest.objects.filter(session=board.session_id, number=1).update(is_sent_away=True)
    assert Client().post("/board/", told, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_a_board_is_taken_along_without_formulas_and_leaves_a_line(
    cast: Cast, enter: Callable[..., Client]
) -> None:
    board = made(cast)
    phone = Phone(board, cast)
    phone.write('=HYPERLINK("kwaad")')
    phone.write("مرحبا 👩‍👧 " + "lang" * 200)
    bram = enter("bram")

    table = bram.get(f"/boards/{board.pk}/export/csv/")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == '\'=HYPERLINK("kwaad")'
    assert len(rows) == 3
    picture = bram.get(f"/boards/{board.pk}/export/png/")
    assert Image.open(io.BytesIO(picture.content)).size[0] == 1600
    paper = bram.get(f"/boards/{board.pk}/export/pdf/")
    assert paper.content.startswith(b"%PDF")
    assert Line.objects.filter(folder=board.folder, deed="exported").count() == 3
    assert bram.get(f"/boards/{board.pk}/export/exe/").status_code == 404


def test_who_leads_is_told_where_a_name_may_stand_and_takes_the_note_off(
    cast: Cast, enter: Callable[..., Client]
) -> None:
    board = made(cast)
    phone = Phone(board, cast)
    named = phone.write("Bel Fatima Yilmaz maar, 06 1234 5678")
    phone.write("een vast nummer dat iemand opneemt")
    bram, lead = enter("bram"), f"/boards/{board.pk}/"

    assert bram.get(lead).content.decode().count("Kijk even: staat hier een naam") == 1
    bram.post(f"{lead}hide/", {"note": named, "hidden": "yes"})
    page = bram.get(lead).content.decode()
    assert "Kijk even: staat hier een naam" not in page
    assert "Van de schermen gehaald" in page
    assert "Fatima" not in bram.get(f"{lead}screen/").content.decode()
