"""A text that went through the language helper is nowhere afterwards: not on disk, not in a log."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from smartstart.language import client
from smartstart.language.names.proposals import Kind
from tests.language.processes import running, shared_tables, wait_until

MARKER = "Quirinella"
TEXT = f"Wij spraken mevrouw {MARKER} Zandloper op basisschool De Vuurtoren."


def files_with_marker(*folders: Path) -> list[Path]:
    forms = [MARKER.encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


@pytest.mark.timeout(600)
def test_nothing_of_a_text_stays_behind(tmp_path: Path) -> None:
    shared, _progress = shared_tables()
    cache = tmp_path / "cache"
    shutil.copytree(shared, cache)
    planted = cache / "a file with the marker"
    planted.write_text(TEXT)
    assert files_with_marker(cache) == [planted], "the search finds what there is"
    planted.unlink()

    with running(cache, ready=True) as helper:
        answer = client.propose(TEXT, socket_path=helper.socket)
        assert answer.by == "full"
        assert [(item.kind, TEXT[item.start : item.end]) for item in answer.items] == [
            (Kind.PERSON, f"{MARKER} Zandloper"),
            (Kind.SCHOOL, "De Vuurtoren"),
        ]
        wait_until(lambda: client.rare([MARKER], socket_path=helper.socket) == {MARKER})
        _ask_badly(helper.socket)
        assert files_with_marker(cache, helper.folder) == []

        os.kill(helper.process.pid, signal.SIGSEGV)  # a crash, which could leave a core dump
        helper.process.wait()
        assert files_with_marker(cache, helper.folder) == []
        assert helper.out.read_bytes() == b""


def _ask_badly(path: Path) -> None:
    """Send the text in ways that fail half way."""
    body = b'{"ask": "pseudonyms", "text": "' + TEXT.encode()
    for length in (len(body), len(body) + 50):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            line.sendall(struct.pack(">I", length) + body)
            line.shutdown(socket.SHUT_WR)
            line.settimeout(15)
            assert b"error" in line.recv(1000)


def test_an_error_inside_tells_its_kind_and_not_its_words(tmp_path: Path) -> None:
    """The hooks that replace a trace are those of the helper itself."""
    script = (
        "import sys, threading; from smartstart.language.helper.__main__ import keep_nothing;"
        "keep_nothing();"
        "t = threading.Thread(target=lambda: int(sys.argv[1])); t.start(); t.join();"
        "import logging; logging.critical(sys.argv[1]);"
        "raise ValueError(sys.argv[1])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, TEXT],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        "A part stopped: ValueError.\nThe helper stopped: ValueError.\n",
    )
