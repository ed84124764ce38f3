"""The whole house in one go: `smartstart run` on a fresh data folder, as a person starts it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from pytest_django.fixtures import Settings

from smartstart.jobs import prepare
from tests.e2e.conftest import example

__all__ = ["example"]
PATIENCE = 150.0
ROOT = Path(__file__).resolve().parents[2]
WHOLE = [sys.executable, "-m", "smartstart.config.console", "run"]


def free_port() -> int:
    """Return a port that is free, as is the one after it: boards take that."""
    while True:
        with closing(socket.socket()) as probe, closing(socket.socket()) as after:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            with suppress(OSError, OverflowError):
                after.bind(("127.0.0.1", port + 1))
                return port


def environment(data: Path, port: int, **also: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SMARTSTART_", "DJANGO_"))
    }
    tables = os.environ.get("SMARTSTART_NAMES", str(ROOT / ".setup" / "names"))
    names = {"SMARTSTART_DATA": str(data), "SMARTSTART_PORT": str(port)}
    names["SMARTSTART_LANGUAGE_CACHE"] = tables  # built once for all tests
    return {**kept, **names, "SMARTSTART_EXAMPLE": "yes", "SMARTSTART_RUN": _short(port), **also}


def _short(port: int) -> str:
    """Return a folder with a short name: the path of a socket has a limit."""
    return f"/tmp/smartstart-{os.getpid()}-{port}"  # noqa: S108 - own, and removed below


@dataclass(frozen=True)
class Answer:
    """What the house answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class House:
    """A running house and how to ask it."""

    process: subprocess.Popen[bytes]
    port: int
    out: Path
    data: Path
    seconds: float = 0.0

    def get(self, path: str, **headers: str) -> Answer:
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=20)) as there:
            there.request("GET", path, headers=headers)
            answer = there.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def parts(self) -> dict[int, str]:
        """Return process id to command of everything that the supervisor started."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(stat[1]) == self.process.pid and stat[0] != "Z":
                found[int(folder.name)] = command
        return found

    def part(self, word: str) -> int:
        """Return the process id of a part; 0 while it is not there."""
        return next((pid for pid, command in self.parts().items() if word in command), 0)


def until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def open_house(data: Path, port: int, out: IO[bytes], **also: str) -> House:
    began = time.monotonic()
    process = subprocess.Popen(
        WHOLE, cwd=ROOT, env=environment(data, port, **also), stdout=out, stderr=subprocess.STDOUT
    )
    house = House(process, port, Path(out.name), data)
    until(
        lambda: f"http://localhost:{port}\n" in house.out.read_text() or process.poll() is not None
    )
    house.seconds = time.monotonic() - began
    assert process.poll() is None, house.out.read_text()
    return house


def close_house(house: House) -> int:
    house.process.send_signal(signal.SIGINT)
    code = house.process.wait(PATIENCE)
    run = Path(_short(house.port))
    for left in run.glob("*"):
        left.unlink()
    if run.exists():
        run.rmdir()
    return code


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("house")
    with (data / "out").open("wb") as out:
        house = open_house(data / "data", free_port(), out)
        yield house
        close_house(house)


@pytest.fixture
def data(example: Path, tmp_path: Path) -> Path:
    """A data folder of this test, set up before."""
    return Path(shutil.copytree(example, tmp_path / "data"))


@pytest.mark.timeout(400)
def test_the_first_page_answers_at_the_printed_address(house: House) -> None:
    answer = house.get("/")

    assert answer.status == 200
    assert "Rondkijken als iemand anders" in answer.body.decode()
    assert re.search(rf"^http://localhost:{house.port}$", house.out.read_text(), re.M)


@pytest.mark.timeout(400)
def test_assets_have_names_with_a_digest_and_are_kept_a_year(house: House) -> None:
    page = house.get("/").body.decode()
    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', page)

    answer = house.get(style, **{"Accept-Encoding": "gzip"})

    assert re.search(r"smartstart\.[0-9a-f]{12}\.css$", style)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert house.get("/static/smartstart/smartstart.css").status == 404
    assert house.get("/static/../data/secret").status in {400, 404}


@pytest.mark.timeout(400)
def test_every_answer_carries_the_headers_that_protect(house: House) -> None:
    headers = house.get("/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.timeout(400)
def test_a_killed_part_comes_back(house: House) -> None:
    until(lambda: house.part("console tasks"))  # it starts once the pages answer
    before = house.part("console tasks")
    os.kill(before, signal.SIGKILL)

    until(lambda: house.part("console tasks") not in (0, before))

    pages = house.part("wsgi --no-ws --host 127.0.0.1")
    workers = _workers(pages)
    os.kill(pages, signal.SIGKILL)
    # Its workers still answer for a moment before they go too.
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in [pages, *workers]))
    until(lambda: house.part("wsgi --no-ws --host 127.0.0.1") not in (0, pages) and _answers(house))
    assert house.get("/").status == 200


def _workers(pages: int) -> list[str]:
    return Path(f"/proc/{pages}/task/{pages}/children").read_text().split()


def _answers(house: House) -> bool:
    try:
        return house.get("/alive").status == 200
    except OSError:
        return False


@pytest.mark.timeout(400)
def test_a_worker_of_the_pages_stays_below_its_memory(house: House) -> None:
    for _ in range(40):
        house.get("/")
    workers = _workers(house.part("wsgi --no-ws --host 127.0.0.1"))

    assert len(workers) == 2
    for worker in workers:
        status = Path(f"/proc/{worker}/status").read_text()
        resident = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1))  # type: ignore[union-attr]
        assert resident < 120 * 1024, f"{resident} kB"


@pytest.mark.timeout(400)
def test_nothing_typed_stands_in_the_log(house: House) -> None:
    house.get("/pilots/?q=kanarie-in-de-vraag")
    house.get("/kanarie-in-het-adres/")

    assert "kanarie" not in house.out.read_text()


@pytest.mark.timeout(400)
def test_a_second_house_on_the_same_port_is_refused_in_one_sentence(
    house: House, data: Path
) -> None:
    done = subprocess.run(
        WHOLE,
        cwd=ROOT,
        env=environment(data, house.port),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"Poort {house.port} is bezet (Address already in use)")


def test_a_port_of_the_boards_that_is_taken_is_named_with_two_that_are_free(
    settings: Settings,
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        boards = int(taken.getsockname()[1])
        settings.SMARTSTART_LIVE_PORT, settings.SMARTSTART_PORT = boards, free_port()
        with pytest.raises(prepare.CannotOpen) as refused:
            prepare.need_ports()

    told = re.search(r"SMARTSTART_LIVE_PORT=(\d+)", str(refused.value))
    assert f" {boards} " in str(refused.value)
    assert told is not None
    assert int(told[1]) > boards


@pytest.mark.timeout(400)
def test_a_second_start_is_quick_and_ctrl_c_ends_everything(data: Path, tmp_path: Path) -> None:
    with (tmp_path / "second").open("wb") as out:
        house = open_house(data, free_port(), out)
        assert house.get("/").status == 200
        until(lambda: len(house.parts()) >= 3)
        started = list(house.parts())
        assert close_house(house) == 0

    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
    assert house.seconds < 60  # `make bench` holds it to 5 on a quiet machine


@pytest.mark.timeout(400)
def test_example_mode_is_refused_on_another_address(data: Path) -> None:
    done = refused(data, SMARTSTART_BIND="192.0.2.1")

    assert "Het voorbeeld werkt alleen op deze computer" in done


@pytest.mark.timeout(400)
def test_an_example_is_not_opened_as_if_it_were_real(data: Path) -> None:
    assert "Deze gegevens zijn een voorbeeld" in refused(data, SMARTSTART_EXAMPLE="no")


@pytest.mark.timeout(400)
def test_a_ledger_without_its_triggers_is_not_opened(data: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(data / "smartstart.sqlite3")) as store:
        store.execute("DROP TRIGGER access_line_no_update")

    assert "de triggers access_line_no_update ontbreken" in refused(data)


def refused(data: Path, **also: str) -> str:
    done = subprocess.run(
        WHOLE,
        cwd=ROOT,
        env=environment(data, free_port(), **also),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]
