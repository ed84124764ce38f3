"""Journeys: the house as it runs for real (granian and the tasks part) on a copy of the example.

``house`` is a server of this file's tests alone; ``enter("yara")`` steps in as an invented person
in a browser context of their own. ``SMARTSTART_PICTURES=yes`` writes the pictures of the guide.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser, engines

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GUIDE = ROOT / "docs" / "gebruik" / "beelden"
LARGEST = 80_000  # bytes of one picture of the guide
LONGEST = {1280: 1100, 320: 1600}  # pixels of a page that a picture shows
SMARTSTART = (sys.executable, "-m", "smartstart.config.console")
Enter = Callable[..., Page]


@dataclass(frozen=True)
class House:
    """A running house: where it listens and where its data is."""

    address: str
    data: Path


def surroundings(data: Path, port: int = 8000) -> dict[str, str]:
    """The environment of a process of this house, without what the tests set for themselves."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SMARTSTART_")}
    return kept | {
        "SMARTSTART_DATA": str(data),
        "SMARTSTART_EXAMPLE": "yes",
        "SMARTSTART_PORT": str(port),
        "SMARTSTART_SERVED": "yes",
        "DJANGO_SETTINGS_MODULE": "smartstart.config.settings",
    }


@pytest.fixture(scope="session")
def example(store: engines.Store, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of a freshly loaded example; made once a run, by the first who needs it.

    Its tables are those of the other tests: ``test_run`` begins with nothing.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    whole, begun = shared / "example", shared / "example-begun"
    with engines.alone(shared, "example"):
        if not whole.exists():
            begun.mkdir()
            shutil.move(store.copy("example"), begun / "smartstart.sqlite3")
            compiled = [sys.executable, "-m", "smartstart.language.catalogue", "compile"]
            for command in (compiled, [*SMARTSTART, "setup"]):
                subprocess.run(
                    command, cwd=ROOT, env=surroundings(begun), check=True, capture_output=True
                )
            begun.rename(whole)
    return whole


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended before it answered"
        with suppress(URLError, OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return
        time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within a minute")


@pytest.fixture(scope="module")
def house(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The pages and the tasks part, running on a copy of the example."""
    data = tmp_path_factory.mktemp("house") / "data"
    shutil.copytree(example, data, ignore=shutil.ignore_patterns("*-queue", "run"))
    (data / "run").mkdir(mode=0o700)
    port = free_port()
    pages = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host"),
        *("127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--no-access-log", "--log-level", "warning", "smartstart.config.wsgi:application"),
    ]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=surroundings(data, port))
        for command in (pages, [*SMARTSTART, "tasks"])
    ]
    house = House(f"http://localhost:{port}", data)
    try:
        wait_for(f"{house.address}/example/", running[0])
        yield house
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=60)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser of this worker's journeys; everybody has a context of their own in it."""
    with browser.launched() as chromium:
        yield chromium


@pytest.fixture
def enter(house: House, chromium: Browser) -> Iterator[Enter]:
    """Step in as an invented person: ``enter("yara", width=320, script=False)``."""
    contexts = []

    def enter(person: str, *, width: int = 1280, script: bool = True) -> Page:
        context = chromium.new_context(
            locale="nl-NL",
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            base_url=house.address,
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/example/")
        page.locator(f"button[name=person][value={person}]").click()
        expect(page).not_to_have_url(re.compile(r"/example/$"), timeout=30_000)
        return page

    yield enter
    for context in contexts:
        context.close()


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Write a small picture of the page, or of the window, for the guide, when asked to."""
    if os.environ.get("SMARTSTART_PICTURES") != "yes":
        return
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert re.fullmatch(r"[a-z0-9-]+", name)
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST[width])
    path = GUIDE / f"{name}-{width}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    for part, quality in product((1, 0.75, 0.5), (80, 65, 50, 35)):
        cut = {"x": 0, "y": 0, "width": width, "height": int(height * part)} if whole else None
        drawn = page.screenshot(type="jpeg", quality=quality, full_page=whole, clip=cut)  # type: ignore[arg-type] # a dict of the four sides
        path.write_bytes(drawn)
        if len(drawn) < LARGEST:
            return
