"""Let a whole house work for hours on a copy of the example and look for what leaks or is lost.

``HOURS=8 make soak``: starts the house in a folder of its own on a free port of this computer, asks
pages without end, writes as an invented person, kills a part every few minutes, and looks each
minute at memory and answers. At the end every word that was said to be kept must be there, the
ledger must verify, and the read rules are held against the oracle in many worlds. A short run
(``HOURS=0.05``) does all of it, oftener. Prints one line a minute.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "smartstart.config.console")
ORACLE = (sys.executable, "-m", "pytest", "tests/access/test_oracle.py", "-p", "no:cacheprovider")
CIRCLE = (sys.executable, "-m", "pytest", "tests/circle", "-p", "no:cacheprovider", "--timeout=0")
PAGES = ("/", "/pilots/", "/lessons/", "/privacy/", "/example/", "/alive")
WHO, DESK = "yara", "/desk/voedselbank/doubts/"
KILL_EVERY = 300.0  # seconds; sooner in a short run, as what follows
WARM = 300.0
MOST_WORDS = 400  # written in the whole run: they stand on one page
MOST_GROWTH = 1.25  # of the memory when it was warm
MOST_SILENCE = 60.0  # seconds without any answer, after a kill too
START = 300.0
WORLDS_AN_HOUR = 50
CIRCLES_AN_HOUR = 5  # small worlds of the circle, whole
KILLED = (sys.executable, "-m", "pytest", "tests/faults/test_circle_killed.py", "--timeout=0")
KILLS = 200  # of a writer in a circle
BOARDS = (sys.executable, "-m", "pytest", "tests/live/test_boards_converge.py", "--timeout=0")
BOARD_ROUNDS = 500  # of a thousand steps, each with a server that is killed
LOOKED = (sys.executable, "-m", "pytest", "tests/e2e/test_every_page.py", "--timeout=0")
# More examples of each page than the suite looks at, on a desk as well as on a phone.
LOOKING = {"SMARTSTART_WIDE": "yes", "SMARTSTART_DRAWN": "3"}
LIVES_AN_HOUR = 400  # of fifty steps each
LEAST_LIVES = 200
# Other examples each time, where the suite takes the same ones.
CHANCE = {"SMARTSTART_CHANCE": "yes"}


@dataclass
class Run:
    """One run: how long it lasts, what was asked and answered, and what was wrong."""

    port: int
    seconds: float
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    heard: float = 0.0
    warm: int = 0

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, page and where it sends on to; 0 while nobody answers."""
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=20)) as there:
            try:
                there.request("GET" if form is None else "POST", path, urlencode(form or {}), heads)
                answer = there.getresponse()
                page = answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
                return 0, "", ""
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, unescape(page), answer.headers.get("Location", "")

    def look(self, path: str) -> None:
        """Ask a page as a visitor and count the answer; silence may not last."""
        cookies, self.cookies = self.cookies, {}
        status = self.ask(path)[0]
        self.cookies = cookies
        self.answers[status] += 1
        now = time.monotonic()
        if status:
            self.heard = now
        elif now - self.heard > MOST_SILENCE:
            self.faults.append(f"nobody answered for {MOST_SILENCE:.0f} seconds")
            self.heard = now

    def step_in(self) -> None:
        """Become an invented person of the example."""
        _status, page, _ = self.ask("/example/")
        self.ask("/example/step-in/", {**_hidden(page), "person": WHO})

    def write(self, words: str) -> None:
        """Write something; when the house says it is kept, it must be there for ever."""
        status, page, _ = self.ask(DESK)
        if status == http.HTTPStatus.FOUND:
            self.step_in()
            status, page, _ = self.ask(DESK)
        if status != http.HTTPStatus.OK:
            return
        form = {**_hidden(page), "doubt": words, "choice": "Eerst vragen."}
        status, _, where = self.ask(DESK, form)
        if status == http.HTTPStatus.FOUND and where.startswith(DESK):
            self.kept.append(words)

    def look_for_what_was_kept(self) -> None:
        """Find every word that was said to be kept, once."""
        self.step_in()
        page = self.ask(DESK)[1]
        lost = [words for words in self.kept if page.count(words) != 1]
        self.faults += [f"said to be kept, and not there once: {words}" for words in lost]
        if not self.kept:
            self.faults.append("nothing could be written")


def main() -> int:
    """Run for HOURS (a fraction may do) and return 0 when nothing was lost or leaked."""
    hours = float(os.environ.get("HOURS", "8"))
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        environment = _environment(Path(folder))
        run = Run(int(environment["SMARTSTART_PORT"]), 3600 * hours)
        house = subprocess.Popen([*COMMAND, "run"], cwd=ROOT, env=environment)
        try:
            _watch(house, run)
        finally:
            house.send_signal(signal.SIGINT)
            house.wait(30)
        if _call([*COMMAND, "ledger", "verify"], environment):
            run.faults.append("the ledger does not verify")
    worlds = max(2, round(WORLDS_AN_HOUR * hours))
    if _call([*ORACLE, "--timeout=0"], {**os.environ, "SMARTSTART_WORLDS": str(worlds)}):
        run.faults.append(f"the oracle sees something else in one of {worlds} worlds")
    run.faults += _circles(hours)
    if _call([*LOOKED], {**os.environ, **LOOKING}):
        run.faults.append("a page is not for everybody, on a phone or on a desk")
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in run.faults)
    said = f"{sum(run.answers.values())} answers, {len(run.kept)} words kept, {worlds} worlds: "
    sys.stdout.write(said + ("not right.\n" if run.faults else "nothing lost, nothing leaked.\n"))
    return 1 if run.faults else 0


def _circles(hours: float) -> list[str]:
    """Compare small worlds of the circle with its oracle, and live many lives; what is wrong."""
    worlds = {"SMARTSTART_WORLDS": str(max(1, round(CIRCLES_AN_HOUR * hours)))}
    lives = {"SMARTSTART_EXAMPLES": str(max(LEAST_LIVES, round(LIVES_AN_HOUR * hours)))}
    faults = []
    if _call([*CIRCLE, "-k", "oracle"], {**os.environ, **worlds, **CHANCE}):
        faults.append("the oracle of the circle sees something else")
    if _call([*CIRCLE, "-k", "machine"], {**os.environ, **lives, **CHANCE}):
        faults.append("a promise of the circle was broken in one of its lives")
    if _call([*KILLED], {**os.environ, "SMARTSTART_KILLS": str(KILLS)}):
        faults.append("a killed writer in a circle lost something, or left something half")
    boards = {"SMARTSTART_BOARD_ROUNDS": str(BOARD_ROUNDS), "SMARTSTART_BOARD_STEPS": "500"}
    if _call([*BOARDS], {**os.environ, **boards}):
        faults.append("phones on a board lost something, or do not show the same")
    return faults


def _environment(folder: Path) -> dict[str, str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        **os.environ,
        "SMARTSTART_DATA": str(folder),
        "SMARTSTART_EXAMPLE": "yes",
        "SMARTSTART_PORT": str(port),
    }


def _watch(house: subprocess.Popen[bytes], run: Run) -> None:
    """Wait for the first page; then ask, write, kill and measure until the time is over."""
    chance = random.Random(2026)  # noqa: S311 - chooses pages, not keys
    if not _opened(house, run):
        return
    began = minute = killed = wrote = run.heard = time.monotonic()
    while (now := time.monotonic()) < began + run.seconds and house.poll() is None:
        run.look(chance.choice(PAGES))
        if now - wrote > run.seconds / MOST_WORDS:
            wrote = now
            run.write(f"Twijfel nummer {len(run.kept)} na {now - began:.3f} seconden.")
        if now - killed > min(KILL_EVERY, run.seconds / 6):
            killed = now
            _kill_one(house.pid, chance)
        if now - minute > min(60.0, run.seconds / 10):
            minute = now
            _measure(house.pid, run, now - began)
    if house.poll() is not None:
        run.faults.append("the house ended by itself")
        return
    _answers_again(run)
    run.look_for_what_was_kept()
    if any(status >= 500 for status in run.answers):
        run.faults.append(f"errors were answered: {dict(run.answers)}")


def _opened(house: subprocess.Popen[bytes], run: Run) -> bool:
    until = time.monotonic() + START
    while time.monotonic() < until and house.poll() is None:
        if run.ask("/alive")[0] == http.HTTPStatus.OK:
            return True
    run.faults.append("the house did not open")
    return False


def _answers_again(run: Run) -> None:
    """Wait until the pages are there again: the last kill may be a moment ago."""
    until = time.monotonic() + MOST_SILENCE
    while run.ask("/alive")[0] != http.HTTPStatus.OK and time.monotonic() < until:
        pass


def _measure(parent: int, run: Run, seconds: float) -> None:
    memory = _memory(parent)
    if seconds < min(WARM, run.seconds / 3):
        run.warm = max(run.warm, memory)
    elif memory > run.warm * MOST_GROWTH:
        run.faults.append(f"memory grew from {run.warm} to {memory} MB")
    told = f"{seconds / 60:.1f} min, {memory} MB, {len(run.kept)} kept, {dict(run.answers)}\n"
    sys.stdout.write(told)
    sys.stdout.flush()


def _hidden(page: str) -> dict[str, str]:
    """Return what a form carries along by itself."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))


def _call(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _kill_one(parent: int, chance: random.Random) -> None:
    children = _children(parent)
    if children:
        os.kill(chance.choice(children), signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found]


def _memory(parent: int) -> int:
    """Return the resident memory of the pages' workers together, in MB."""
    whole = 0
    for child in _children(parent):
        for pid in (child, *_children(child)):
            status = Path(f"/proc/{pid}/status").read_text()
            command = Path(f"/proc/{pid}/cmdline").read_text()
            if "granian" in command:
                whole += int((re.search(r"VmRSS:\s+(\d+)", status) or ["", "0"])[1]) // 1024
    return whole


if __name__ == "__main__":
    sys.exit(main())
