"""What is typed around a question stands in clear nowhere: in no file, table, log, mail or page."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.test import Client

from smartstart.access.models import Folder
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult import tasks
from smartstart.consult.models import Exchange
from smartstart.jobs import worker
from tests.consult.people import BY_RULES, EVERYBODY, People, browser, by_code, people
from tests.engines import Store

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
BIRD = re.compile(rb"vogel(?:een|twee|drie|vier|vijf|zes|zeven)kooi")


def bird(name: str) -> str:
    return f"vogel{name}kooi"


def field(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page.content.decode())
    assert found, name
    return unescape(found[1])


def live(room: People) -> str:
    """Type a marker in every box of this room; return the code of the question."""
    visitor, bas = Client(), browser(room, "bas")
    visitor.get("/ask/")
    visitor.post("/ask/", {"words": f"{bird('een')} nooit verstuurd 3-4-2016", "kind": "parent"})
    choose: Any = visitor.post("/ask/", {"words": f"Slaapt {bird('twee')}", "kind": "parent"})
    to = [str(room.ref(name)) for name in ("fatima", "bas")]
    sent: Any = visitor.post("/ask/send/", {"draft": field(choose, "draft"), "to": to})
    code = field(sent, "code")
    mine, one = by_code(code), f"/consult/{Exchange.objects.get().ref}/"
    browser(room, "fatima").post(f"{one}decline/", BY_RULES | {"why": bird("drie")})
    bas.post(f"{one}ask-back/", BY_RULES | {"words": bird("vier")})
    mine.post("/my-question/say/", BY_RULES | {"words": bird("vijf")})
    bas.post(f"{one}answer/", BY_RULES | {"words": bird("zes")})
    mine.post("/my-question/helped/", BY_RULES | {"thanks": bird("zeven")})
    assert {f"vogel{name}kooi".encode() for name in ("twee", "vijf", "zes")} <= set(
        BIRD.findall(mine.get("/my-question/page/").content)
    )
    return code


def everything_stored(home: Path) -> bytes:
    """All bytes of the data folder; and of a database that is no file, every row of every table."""
    found = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    name = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        found += [path.read_bytes() for path in name.parent.glob(f"{name.name}*")]
        return b"".join(found)
    for model in apps.get_models(include_auto_created=True):
        rows: models.QuerySet[Any] = model._base_manager.all()
        for row in rows.values_list():
            found += [bytes(one) if isinstance(one, memoryview) else str(one).encode()
                      for one in row]  # fmt: skip
    return b"".join(found)


def test_no_marker_is_anywhere_but_before_who_may_read_it(
    real_db: Store, tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.fixed(AT), caplog.at_level(logging.DEBUG):
        room = people(AT)
        room.know("fatima", "bas", about="slapen")
        code = live(room)
        one = f"/consult/{Exchange.objects.get().ref}/"
        for name in set(EVERYBODY) - {"bas"}:
            for address in (one, "/consult/", "/today/", "/"):
                page: Any = browser(room, name).get(address)
                assert not BIRD.search(page.content), (name, address)
        later = AT + timedelta(days=31)
    with clock.fixed(later), caplog.at_level(logging.DEBUG):
        lost: Any = Client().post("/my-question/", {"code": code})
        assert lost.status_code == 422
        tasks.erase_due.call()
        worker.do_all_waiting()
    assert not Exchange.objects.exists()
    assert Folder.objects.filter(kind="exchange", erased_at=later).count() == 1
    keys = list(tmp_path.rglob("*.key"))
    assert len(keys) == Folder.objects.filter(erased_at=None).count()
    assert not BIRD.search(caplog.text.encode())
    assert [str(sent.message()) for sent in mail.outbox] == []
    connection.close()
    stored = everything_stored(tmp_path)
    assert b"consult" in stored
    assert set(BIRD.findall(stored)) == set()
