"""A PostgreSQL that stops under running pages: kind pages, nothing lost, and on again by itself.

A second server of this file's own, so that the one of the other tests stays up. The pages are
served by granian as on a real machine; who asks is a member of the cast, over HTTP.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import Message
from html import unescape
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection

from smartstart.access.signing import signing_key
from smartstart.access.verify import verify
from smartstart.base import clock
from smartstart.jobs.parts import pages
from smartstart.programme.models import EthicsNote
from tests import engines
from tests.cast import people, signed_in
from tests.conftest import ENGINE
from tests.jobs.test_run import ROOT, free_port, until

pytestmark = [
    pytest.mark.both,
    pytest.mark.skipif(ENGINE != "postgresql", reason="SQLite has no server that can stop"),
]
PAGE = "/desk/pilot-a/doubts/"
TYPED = "Mogen wij de vader bellen?"
SOON = 3.0  # seconds within which a page answers, also when the store is away


class Browser:
    """Somebody signed in, over HTTP; remembers each answer and whether it came soon."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self.statuses: list[int] = []
        self.slowest = 0.0

    def ask(self, method: str = "GET", **boxes: str) -> tuple[int, Message, str]:
        began = time.monotonic()
        heads = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)) as there:
            there.request(method, PAGE, body=urlencode(boxes), headers=heads)
            answer = there.getresponse()
            page = unescape(answer.read().decode())
        name = django_settings.CSRF_COOKIE_NAME
        for given in answer.headers.get_all("Set-Cookie", []):
            if given.startswith(f"{name}=") and name not in self._cookie:
                self._cookie += f"; {given.split(';')[0]}"
        self.statuses.append(answer.status)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer.status, answer.headers, page

    def send(self, form: dict[str, str]) -> tuple[int, Message, str]:
        return self.ask("POST", **form)


def filled_in(page: str, doubt: str) -> dict[str, str]:
    """Return what pressing the button of a form sends."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    return {**hidden, "doubt": doubt, "choice": "Eerst de moeder."}


@pytest.fixture
def second(
    tmp_path: Path, store: engines.Server, django_db_blocker: Any, django_db_setup: None
) -> Iterator[engines.Server]:
    """Another server, with a migrated database that this process is connected to."""
    before = store.in_use
    with django_db_blocker.unblock():
        server = engines.Server(tmp_path, "second", like=store)
        server.use("template_house")
        try:
            yield server
        finally:
            store.use(before)


@contextmanager
def served(store: engines.Server, settings: Any, tmp_path: Path) -> Iterator[int]:
    """The pages as they run for real, on that server; gives the port they listen on."""
    settings.SMARTSTART_PORT, settings.SMARTSTART_EXAMPLE = free_port(), False
    also = {
        "SMARTSTART_DATABASE": store.address(store.in_use),
        "SMARTSTART_DATA": str(tmp_path),
        "SMARTSTART_KEYRING": str(settings.KEYRING_DIR),
        "SMARTSTART_SIGNING": str(settings.SIGNING_DIR),
        "SMARTSTART_SERVED": "no",
    }
    (part,) = pages()
    running = subprocess.Popen(part.command, cwd=ROOT, env={**os.environ, **also})
    try:
        yield django_settings.SMARTSTART_PORT
        assert running.poll() is None, "the pages themselves never stop"
    finally:
        running.terminate()
        running.wait(timeout=20)


def answers(browser: Browser, status: int) -> Callable[[], bool]:
    def asks() -> bool:
        try:
            return browser.ask()[0] == status
        except OSError:
            return False

    return asks


@contextmanager
def busy(browser: Browser) -> Iterator[list[str]]:
    """Somebody else writes all the while; gives the words of which they were told: kept."""
    kept: list[str] = []
    done = Event()

    def write() -> None:
        for number in count():
            if done.is_set():
                return
            words = f"Twijfel nummer {number}."
            status, _heads, page = browser.ask()
            if status == 200 and browser.send(filled_in(page, words))[0] == 302:
                kept.append(words)

    thread = Thread(target=write)
    thread.start()
    try:
        yield kept
    finally:
        done.set()
        thread.join(timeout=20)


def test_a_server_that_stops_loses_nothing_and_pages_go_on_when_it_is_back(
    second: engines.Server, settings: Any, tmp_path: Path
) -> None:
    cast = people(clock.now())
    cookies = [
        signed_in(cast, name).cookies.output(header="", sep=";") for name in ("nadia", "bram")
    ]
    with served(second, settings, tmp_path) as port:
        nadia, bram = (Browser(port, cookie) for cookie in cookies)
        until(answers(nadia, 200))
        form = filled_in(nadia.ask()[2], TYPED)
        with busy(bram) as kept:
            until(lambda: len(kept) > 3)
            second.stop()
            status, heads, page = nadia.send(form)
            assert (status, heads["Retry-After"]) == (503, "60")
            assert heads["Cache-Control"] == "no-store, private"
            assert TYPED in page
            assert nadia.ask()[0] == 503
            second.start()
            until(answers(nadia, 200))
            before = len(kept)
            until(lambda: len(kept) > before)
            assert nadia.send(form)[0] == 302
            assert nadia.send(form)[0] == 302

    connection.close()
    there = list(EthicsNote.objects.values_list("doubt", flat=True))
    assert sorted(set(there)) == sorted(there), "nothing twice"
    assert set(kept) | {TYPED} <= set(there)
    assert {*nadia.statuses, *bram.statuses} == {200, 302, 503}
    assert max(nadia.slowest, bram.slowest) < SOON
    assert verify(key=signing_key().public_key()).faults == []
