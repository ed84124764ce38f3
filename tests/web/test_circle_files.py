"""Files on the pages: put there, refused in words, given as a download and never as a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.circle.models import Attachment, Said
from smartstart.circle.states import GroundKind, SeatKind
from tests.base import brought
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.ground("fatima", "here noor", GroundKind.SEAT)
    made.ground("noor", "here household", GroundKind.HOME)
    made.seat("fatima", "school", called="Fatima")
    made.seat("ria", "here household", called="Oma Ria", kind=SeatKind.INFORMAL)
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


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_is_put_there_and_given_without_its_place(
    home: Kin, come: Callable[[str], Client]
) -> None:
    anouk, circle = come("anouk"), home.circles["here"].ref
    entry = home.entry("here noor", "Zij viel.", by="anouk", title="Knie")
    page = reverse("circle:entry", args=[circle, entry.ref])
    add = reverse("circle:file_add", args=["entry", entry.ref])
    assert f'href="{add}"' in anouk.get(page).content.decode()

    refused: Any = anouk.post(add, {"file": upload("foto.png", brought.jpeg())})
    assert refused.status_code == 422
    assert "op .jpg en probeer het opnieuw" in words_of(refused)
    assert anouk.post(add, {"called": "De knie"}).status_code == 422
    sent = {"file": upload("IMG_Lindelaan-7.jpg", brought.jpeg()), "called": "De knie"}
    kept: Any = anouk.post(add, sent)
    assert kept.url == page

    seen = anouk.get(page)
    file = Attachment.objects.get()
    assert "De knie" in words_of(seen)
    assert "Lindelaan" not in seen.content.decode()
    given: Any = come("fatima").get(reverse("circle:file", args=[file.ref]))
    assert given.content.startswith(b"\xff\xd8\xff")
    assert brought.SECRET.encode() not in given.content
    assert {
        name: given[name]
        for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options",
                     "Cache-Control", "Content-Security-Policy")
    } == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": "attachment; filename=bijlage-2026-11-20.jpg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip
    assert Line.objects.filter(deed="exported", hat=home.hats["fatima"].ref).count() == 1
    for name in ("dennis", "peer", "ria"):
        assert come(name).get(reverse("circle:file", args=[file.ref])).status_code == 404
    assert anouk.get(reverse("circle:file_shown", args=[file.ref])).status_code == 404
    zipped: Any = anouk.get(reverse("circle:all_files", args=[circle]))
    assert zipped.content.startswith(b"PK")
    away = reverse("circle:file_away", args=["entry", entry.ref, file.ref])
    assert come("fatima").post(away).status_code == 403
    gone: Any = anouk.post(away)
    assert gone.url == page
    assert not Attachment.objects.exists()


def test_a_child_sends_a_drawing_and_its_voice_to_whom_it_chose(
    home: Kin, come: Callable[[str], Client]
) -> None:
    noor, say = come("noor"), reverse("circle:say", args=[home.receiver("ria")])
    page: Any = noor.get(say)
    assert "microphone=(self)" in page["Permissions-Policy"]
    assert "microphone=()" in noor.get(reverse("circle:mine"))["Permissions-Policy"]
    empty: Any = noor.post(say, {"words": " "})
    assert "Schrijf, teken of zeg eerst iets." in words_of(empty)
    film = {"sound": upload("stem.webm", brought.webm(kind=b"\x01"))}
    assert "Dit is een film." in words_of(noor.post(say, film))
    assert not Said.objects.exists()

    sent = {
        "picture": upload("tekening.png", brought.png()),
        "sound": upload("stem.webm", brought.webm()),
    }
    assert noor.post(say, sent).status_code == 302

    said = Said.objects.get()
    ria = come("ria")
    heard = ria.get(reverse("circle:said", args=[said.ref])).content.decode()
    for file in Attachment.objects.all():
        address = reverse("circle:file_shown", args=[file.ref])
        assert f'src="{address}"' in heard
        given: Any = ria.get(address)
        assert given.status_code == 200
        assert brought.SECRET.encode() not in given.content
        for name in ("anouk", "fatima"):
            assert come(name).get(address).status_code == 404
    assert "circle:file" not in words_of(noor.get(reverse("circle:mine")))
