"""The language helper and its client, with real processes on a real socket."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from smartstart.language import client
from smartstart.language.helper import tables, wire
from smartstart.language.names.proposals import Kind, replaced
from tests.language.processes import Helper, running, wait_until
from tests.language.talks import TALK

FIRST_RUN = pytest.mark.timeout(600)  # the tables may have to be built first
QUICK = 2.0  # seconds, on a busy machine


def exchange(path: Path, sent: bytes) -> object:
    """Send bytes as they are; answer what came back, None when nothing did."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(15)
        line.connect(str(path))
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        came = b"".join(iter(lambda: line.recv(65536), b""))
    return json.loads(came[4:]) if came else None


def test_without_a_helper_the_rules_work_alone(tmp_path: Path) -> None:
    nowhere = tmp_path / "s"

    assert client.status(socket_path=nowhere) == client.DOWN
    answer = client.propose(TALK, socket_path=nowhere)
    assert answer == client.by_rules(TALK)
    assert (answer.by, len(answer.items)) == ("rules", 26)
    assert client.rare(["afstemming"], socket_path=nowhere) == frozenset()


def test_while_it_builds_it_says_how_far_and_the_rules_and_the_rare_words_work(
    building_helper: Helper,
) -> None:
    wait_until(lambda: building_helper.status().step == "reading")

    status = building_helper.status()
    assert (status.running, status.ready) == (True, False)
    assert 0 <= status.progress < 1
    start = time.monotonic()
    assert client.propose(TALK, socket_path=building_helper.socket) == client.by_rules(TALK)
    assert time.monotonic() - start < QUICK
    words = ["gemeenten", "afstemming", "schoolfeest"]
    wait_until(lambda: client.rare(words, socket_path=building_helper.socket) == {"afstemming"})
    assert exchange(building_helper.socket, wire.packed({"ask": "rare"}, most=999)) == {
        "error": "failed"
    }


def test_it_ends_with_its_builder_and_takes_its_socket_away(building_helper: Helper) -> None:
    wait_until(lambda: len(building_helper.children()) == 1)
    (builder,) = building_helper.children()

    building_helper.process.terminate()
    assert building_helper.process.wait(timeout=10) == 0
    wait_until(lambda: not Path(f"/proc/{builder}").exists())
    assert not building_helper.socket.exists()
    assert building_helper.out.read_bytes() == b""


def test_only_its_own_user_may_open_the_socket(building_helper: Helper) -> None:
    assert stat.S_IMODE(building_helper.socket.stat().st_mode) == 0o600
    limits = Path(f"/proc/{building_helper.process.pid}/limits").read_text()
    assert "Max core file size        0                    0 " in limits


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (struct.pack(">I", wire.MOST_ASKED + 1), {"error": "too long"}),
        (struct.pack(">I", 10) + b"{}", {"error": "cut off"}),
        (b"\0\0", {"error": "cut off"}),
        (struct.pack(">I", 2) + b"{]", {"error": "not JSON"}),
        (struct.pack(">I", 2) + b"\xff\xfe", {"error": "not JSON"}),
        (struct.pack(">I", 2) + b"[]", {"error": "not an object"}),
        (struct.pack(">I", 400_000) + b"[" * 400_000, {"error": "not JSON"}),
        (wire.packed({"ask": "secrets"}, most=99), {"error": "unknown question"}),
        (wire.packed({"ask": "pseudonyms", "text": 3}, most=99), {"error": "unknown question"}),
    ],
)
def test_a_broken_question_gets_a_short_answer_and_the_next_is_heard(
    broken: Helper, sent: bytes, answer: object
) -> None:
    assert exchange(broken.socket, sent) == answer
    assert broken.status().running


@pytest.fixture(scope="module")
def broken(names_cache: Path) -> object:
    """One helper for all broken questions; it loads tables, so that it builds none meanwhile."""
    with running(names_cache) as helper:
        yield helper


def test_a_second_helper_leaves_and_one_after_a_crash_takes_over(building_helper: Helper) -> None:
    second = Helper(building_helper.folder, building_helper.folder / "other")
    assert second.process.wait(timeout=20) == 3
    assert b"already answers here" in building_helper.out.read_bytes()

    building_helper.process.kill()
    building_helper.process.wait()
    assert building_helper.socket.exists()
    third = Helper(building_helper.folder, building_helper.folder / "other")
    try:
        wait_until(lambda: third.status().running)
    finally:
        third.process.terminate()
        third.process.wait(timeout=10)


def test_a_path_too_long_for_a_socket_is_told(tmp_path: Path) -> None:
    long = tmp_path / ("s" * 120)
    ended = subprocess.run(
        [sys.executable, "-m", "smartstart.language.helper", "--socket", long, "--cache", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ended.returncode, ended.stderr) == (
        2,
        "The path of the socket is too long: at most 107 bytes.\n",
    )


def test_it_ends_when_its_starter_is_gone(tmp_path: Path) -> None:
    with TemporaryDirectory(prefix="helper-") as folder:
        path = Path(folder) / "s"
        start_and_sleep = (
            "import subprocess, sys, time; subprocess.Popen([sys.executable, '-m',"
            " 'smartstart.language.helper', '--with-parent', '--socket', sys.argv[1],"
            " '--cache', sys.argv[2]]); time.sleep(60)"
        )
        starter = subprocess.Popen(
            [sys.executable, "-c", start_and_sleep, str(path), str(tmp_path)],
            cwd=Path(__file__).parents[2],
        )
        wait_until(lambda: client.status(socket_path=path).running)
        starter.kill()
        starter.wait()
        wait_until(lambda: not path.exists())


def test_a_helper_that_hangs_costs_no_more_than_the_time_allowed(building_helper: Helper) -> None:
    building_helper.process.send_signal(signal.SIGSTOP)

    start = time.monotonic()
    answer = client.propose(TALK, socket_path=building_helper.socket, timeout=0.5)
    assert answer == client.by_rules(TALK)
    assert 0.4 < time.monotonic() - start < 0.5 + QUICK


def test_killed_in_the_middle_of_a_question_the_rules_take_over_at_once(
    building_helper: Helper,
) -> None:
    building_helper.process.send_signal(signal.SIGSTOP)  # it holds the question and answers not
    killer = threading.Timer(0.5, building_helper.process.kill)
    killer.start()

    start = time.monotonic()
    answer = client.propose(TALK, socket_path=building_helper.socket, timeout=60)
    assert answer == client.by_rules(TALK)
    assert 0.4 < time.monotonic() - start < 0.5 + QUICK
    killer.join()


def test_many_who_come_and_ask_nothing_hold_nobody_up(building_helper: Helper) -> None:
    idle = [socket.socket(socket.AF_UNIX) for _number in range(30)]
    try:
        for line in idle:
            line.settimeout(5)
            with contextlib.suppress(BlockingIOError):  # the row at the door is full
                line.connect(str(building_helper.socket))
        start = time.monotonic()
        answer = client.propose(TALK, socket_path=building_helper.socket, timeout=0.5)
        assert answer == client.by_rules(TALK)
        assert time.monotonic() - start < 0.5 + QUICK
    finally:
        for line in idle:
            line.close()
    wait_until(lambda: building_helper.status().running)


@pytest.mark.parametrize(
    "answer",
    [
        {"ready": True},
        {"ready": True, "items": [[0, 5, "person", "[persoon 1]"], [3, 8, "person", "x"]]},
        {"ready": True, "items": [[0, 10**9, "person", "[persoon 1]"]]},
        {"ready": True, "items": [[5, 5, "person", "[persoon 1]"]]},
        {"ready": True, "items": [[0, 5, "alien", "[persoon 1]"]]},
        {"ready": True, "items": [7]},
        {"ready": True, "items": None},
    ],
)
def test_an_answer_that_does_not_fit_is_not_believed(answer: dict[str, object]) -> None:
    """Somebody else, of another version, sits on the socket."""
    with TemporaryDirectory(prefix="helper-") as folder, socket.socket(socket.AF_UNIX) as line:
        path = Path(folder) / "s"
        line.bind(str(path))
        line.listen()

        def answer_once() -> None:
            asker, _address = line.accept()
            with asker:
                wire.receive(asker, most=wire.MOST_ASKED, until=time.monotonic() + 10)
                packed = wire.packed(answer, most=wire.MOST_ANSWERED)
                wire.send(asker, packed, until=time.monotonic() + 10)

        other = threading.Thread(target=answer_once)
        other.start()
        assert client.propose(TALK, socket_path=path) == client.by_rules(TALK)
        other.join()


def test_a_text_longer_than_a_message_goes_by_the_rules(building_helper: Helper) -> None:
    long = "é" * (wire.MOST_ASKED // 2) + " mevrouw Bos"

    answer = client.propose(long, socket_path=building_helper.socket)
    assert [(item.kind, item.start) for item in answer.items] == [(Kind.PERSON, len(long) - 3)]


@FIRST_RUN
def test_with_tables_it_also_finds_names_that_no_rule_knows(full_helper: Helper) -> None:
    text = "Gisteren belde Fatima. In Heusden was het druk, zei zij. Op basisschool De Linde ook."

    def found(answer: client.Proposals) -> list[tuple[str, str, str]]:
        return [(item.kind, text[item.start : item.end], item.replacement) for item in answer.items]

    assert found(client.by_rules(text)) == [("school", "De Linde", "[school 1]")]
    answer = client.propose(text, socket_path=full_helper.socket)
    assert answer.by == "full"
    assert found(answer) == [
        ("person", "Fatima", "[persoon 1]"),
        ("place", "Heusden", "[plaats 1]"),
        ("school", "De Linde", "[school 1]"),
    ]


@FIRST_RUN
def test_the_founding_texts_lose_their_names(full_helper: Helper) -> None:
    """With the real texts where they are at hand, else with an invented one of the same form."""
    folder = os.environ.get("SMARTSTART_REAL_DATA")
    if folder:
        paths = sorted(Path(folder).rglob("pilots-smart-start.txt"))
        assert len(paths) == 1
        text, name, label = paths[0].read_text(), "Christel Heeren", "[gedragscoach 1]"
    else:
        text, name, label = TALK, "Christel Hermans", "[gedragscoach 1]"
    school = "De Zuidwester" if folder else "De Gouden Linde"

    answer = client.propose(text, socket_path=full_helper.socket)
    assert answer.by == "full"
    proposed = {text[item.start : item.end]: item for item in answer.items}
    assert (proposed[name].kind, proposed[name].replacement) == (Kind.PERSON, label)
    assert (proposed[school].kind, proposed[school].replacement) == (Kind.SCHOOL, "[school 1]")
    after = replaced(text, answer.items)
    assert name not in after
    assert school not in after
    assert "Team op Maat" in after


@FIRST_RUN
def test_an_interview_of_an_hour_is_read_whole(full_helper: Helper) -> None:
    text = (TALK * 120)[:75_000]

    answer = client.propose(text, socket_path=full_helper.socket, timeout=60)
    assert answer.by == "full"
    assert answer.items[-1].start > 74_000


@FIRST_RUN
@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800 Jan", "😀" * 1000, "﻿Jan Bos", "\r\n" * 99])
def test_odd_texts_are_answered_too(full_helper: Helper, text: str) -> None:
    assert client.propose(text, socket_path=full_helper.socket).by == "full"


@FIRST_RUN
def test_killed_in_the_middle_of_its_work_the_rules_take_over(names_cache: Path) -> None:
    text = (TALK * 450)[:300_000]
    with running(names_cache, ready=True) as helper:
        killer = threading.Timer(0.3, helper.process.kill)
        killer.start()

        start = time.monotonic()
        assert client.propose(text, socket_path=helper.socket, timeout=60).by == "rules"
        assert time.monotonic() - start < 0.3 + 3 * QUICK
        killer.join()


@FIRST_RUN
def test_a_text_that_takes_too_long_ends_the_helper_and_not_the_page(names_cache: Path) -> None:
    with running(names_cache, "--longest-work", "0.2", ready=True) as helper:
        answer = client.propose(TALK * 450, socket_path=helper.socket, timeout=60)
        assert answer.by == "rules"
        assert helper.process.wait(timeout=10) == 70
        assert helper.out.read_bytes() == b""


@FIRST_RUN
def test_torn_tables_are_built_anew(names_cache: Path, tmp_path: Path) -> None:
    whole = tables.folder(names_cache) / tables.PLACE_IN_DEDUCE
    torn = tables.folder(tmp_path) / tables.PLACE_IN_DEDUCE
    torn.parent.mkdir(parents=True)
    torn.write_bytes(whole.read_bytes()[:100_000])

    with running(tmp_path) as helper:
        wait_until(lambda: helper.status().step == "failed" and not torn.exists())
        assert client.propose(TALK, socket_path=helper.socket).by == "rules"


@FIRST_RUN
def test_tables_that_another_can_write_are_not_loaded(names_cache: Path, tmp_path: Path) -> None:
    place = tables.folder(tmp_path) / tables.PLACE_IN_DEDUCE
    place.parent.mkdir(parents=True)
    shutil.copy(tables.folder(names_cache) / tables.PLACE_IN_DEDUCE, place)
    place.chmod(0o666)

    with pytest.raises(tables.TablesAreNotOursError):
        tables.load(tmp_path)


@FIRST_RUN
def test_who_comes_while_another_builds_waits_and_has_nothing_to_do(names_cache: Path) -> None:
    with (names_cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [sys.executable, "-m", tables.__name__, "--cache", names_cache],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=1)
    assert waiting.communicate(timeout=20)[0] == b""
    assert waiting.returncode == 0
