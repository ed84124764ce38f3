"""Live boards: how soon a note is visible on other phones, and how fast a full board opens.

Promises: 30 phones on one board with 5 steps a second, p95 below 150 ms; 300 phones on 10 boards,
each with 5 a second, below 500 ms; a session of 2,000 notes opens within 300 ms of the server, on a
phone, for who leads and on the large screen; the first load of a phone is below 100 kB packed; a
board that closes is closed on 30 phones within 1 s. Pages, streams and phones share the machine.
The floor is a stored step itself, sent and answered while nobody listens.
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client

from benchmarks.figure import Figure
from benchmarks.programme import fill
from benchmarks.voices import researcher
from benchmarks.web_voices import signed_in
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.design import operations_boards_phone as phones
from smartstart.design import operations_boards_showing as showing
from smartstart.design.boards_kinds import KINDS
from smartstart.design.models import DesignSession
from smartstart.design.models.boards import Board, BoardNote, NoteText
from smartstart.design.roles import ParticipantRole
from smartstart.programme.models import Pilot

ROOT: Final = Path(__file__).parents[1]
FORM: Final = "a" * 32  # the secret of a form, the same in cookie and field
SECONDS: Final = 8
EACH_SECOND: Final = 5
FULL: Final = 2_000
SAID: Final = re.compile(rb"woord-(\d+)-")


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure a room of 30 phones, ten rooms, and a full board."""
    fill(2, at=at)
    session = _session(at)
    with _house() as port:
        lonely = _board(session, at)
        floor = _stored_alone(lonely, phones.join(lonely.code, _role(), at=at)[1], port)
        for boards, phones_of_each, target in ((1, 30, 150.0), (10, 30, 500.0)):
            evening = _session(at)
            rooms = [_Room(_board(evening, at), phones_of_each, at) for _ in range(boards)]
            seen = asyncio.run(_evening(rooms, port))
            size = boards * phones_of_each
            yield Figure("note visible on others, p95", size, _p95(seen), target, floor)
            yield Figure(
                "note visible on others, p50", size, statistics.median(seen), target, floor
            )
            if boards == 1:
                closed = asyncio.run(_closing(rooms[0], port))
                yield Figure("board closes on every phone", size, closed, 1_000.0, floor)
    yield from _full(session, at)
    yield Figure(
        "first load of a phone, packed", 1, _first_load(session, at), 100.0, 0.0, unit="kB"
    )


@dataclass
class _Room:
    board: Board
    size: int
    at: datetime
    tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens = [
            phones.join(self.board.code, _role(), at=self.at)[1] for _ in range(self.size)
        ]


async def _evening(rooms: list[_Room], port: int) -> list[float]:
    """Let every phone listen and the first of each room write; return the waits in ms."""
    sent: dict[int, float] = {}
    waits: list[float] = []
    ready = asyncio.Semaphore(0)
    listening = [
        asyncio.ensure_future(_listen(room.board.ref, token, port + 1, sent, waits, ready))
        for room in rooms
        for token in room.tokens
    ]
    for _ in listening:
        await ready.acquire()
    await asyncio.gather(*(_writes(room, number, port, sent) for number, room in enumerate(rooms)))
    await asyncio.sleep(1)
    for task in listening:
        task.cancel()
    must = len(sent) * rooms[0].size
    assert len(waits) == must, f"{len(waits)} of {must} notes were seen"
    return waits


async def _closing(room: _Room, port: int) -> float:
    """Close a board that every phone of a room has open; ms until the last stream has ended."""
    ready = asyncio.Semaphore(0)
    listening = [
        asyncio.ensure_future(_until_over(room.board.ref, token, port + 1, ready))
        for token in room.tokens
    ]
    for _ in listening:
        await ready.acquire()
    begun = time.perf_counter()
    await sync_to_async(Board.objects.filter(pk=room.board.pk).update)(is_closed=True)
    last = max(await asyncio.gather(*listening))
    return (last - begun) * 1000


async def _until_over(board: UUID, token: str, port: int, ready: asyncio.Semaphore) -> float:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    writer.write(_listens(board, token))
    is_ready = False
    while line := await reader.readline():
        if line.startswith(b"data: ") and not is_ready:
            is_ready = True
            ready.release()
        if line.startswith(b"event: over"):
            break
    writer.close()
    return time.perf_counter()


def _listens(board: UUID, token: str) -> bytes:
    cookie = f"{settings.BOARD_COOKIE_NAME}={token}"
    return f"GET /{board} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()


async def _listen(
    board: UUID,
    token: str,
    port: int,
    sent: dict[int, float],
    waits: list[float],
    ready: asyncio.Semaphore,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    writer.write(_listens(board, token))
    known: set[int] = set()
    is_ready = False
    while line := await reader.readline():
        now = time.perf_counter()
        if line.startswith(b"data: ") and not is_ready:
            is_ready = True
            ready.release()
        for found in SAID.findall(line):
            number = int(found)
            if number not in known:
                known.add(number)
                waits.append((now - sent[number]) * 1000)


async def _writes(room: _Room, number: int, port: int, sent: dict[int, float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(number / 50)
    for turn in range(SECONDS * EACH_SECOND):
        begun, name = time.perf_counter(), number * 10_000 + turn
        sent[name] = begun
        token = room.tokens[turn % room.size]
        writer.write(_request(room.board.ref, token, f"woord-{name}- van iemand"))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(length[1]) if length else 0)
        await asyncio.sleep(max(0.0, 1 / EACH_SECOND - (time.perf_counter() - begun)))
    writer.close()


def _request(board: UUID, token: str, words: str) -> bytes:
    told = {"client": uuid4(), "counter": 1, "field": "write", "note": uuid4(), "value": words}
    body = urlencode(told | {"csrfmiddlewaretoken": FORM}).encode()
    cookies = f"{settings.BOARD_COOKIE_NAME}={token}; {settings.CSRF_COOKIE_NAME}={FORM}"
    head = (
        f"POST /board/{board}/step/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
        "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _stored_alone(board: Board, token: str, port: int) -> float:
    waits = []
    for number in range(30):
        begun = time.perf_counter()
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(_request(board.ref, token, f"alleen {number}"))
            answer = http.client.HTTPResponse(line)
            answer.begin()
            assert answer.status == 200, answer.read()
            answer.read()
        waits.append((time.perf_counter() - begun) * 1000)
    return statistics.median(waits)


def _full(session: DesignSession, at: datetime) -> Iterator[Figure]:
    board = _board(session, at)
    _fill(board, at)
    _board_row, token = phones.join(board.code, _role(), at=at)
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.BOARD_COOKIE_NAME] = token
    found = showing.enter(board.ref, token)
    assert found is not None
    alone = _ms(lambda: showing.changes(found[0], since=0))
    for name, address in (("opens on a phone", ""), ("all of it to script", "news/?since=0")):
        page = f"/board/{board.ref}/{address}"
        assert client.get(page).status_code == 200
        yield Figure(
            f"board of 2,000 notes, {name}", FULL, _ms(lambda p=page: client.get(p)), 300.0, alone
        )
    yield from _led(board, alone, at)


def _led(board: Board, alone: float, at: datetime) -> Iterator[Figure]:
    """The page of who leads, with hints of names, and the large screen: through the door."""
    pilot, actor = researcher(at=at)
    DesignSession.objects.filter(pk=board.session_id).update(pilot=pilot)
    client = signed_in(actor)
    for name, address in (("for who leads", ""), ("on the large screen", "screen/")):
        page = f"/boards/{board.pk}/{address}"
        assert client.get(page).status_code == 200
        yield Figure(
            f"board of 2,000 notes, {name}", FULL, _ms(lambda p=page: client.get(p)), 300.0, alone
        )


def _first_load(session: DesignSession, at: datetime) -> float:
    """Return the kB of page, style, script, letters and pictures, packed as they are served."""
    board = _board(session, at)
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.BOARD_COOKIE_NAME] = phones.join(board.code, _role(), at=at)[1]
    page = client.get(f"/board/{board.ref}/").content
    names = set(re.findall(r"/static/(smartstart/[\w.-]+)", page.decode()))
    static = ROOT / "smartstart/web/static"
    files = [(static / name).read_bytes() for name in sorted(names)]
    return sum(len(gzip.compress(part)) for part in [page, *files]) / 1000


def _fill(board: Board, at: datetime) -> None:
    notes = BoardNote.objects.bulk_create(
        BoardNote(folder=board.folder, board=board, changed=number, made_at=at)
        for number in range(1, FULL + 1)
    )
    texts = []
    for note in notes:
        text = NoteText(note=note, number=note.changed, folder=board.folder)
        text.put(words="Een vast nummer, en iemand die opneemt.")
        texts.append(text)
    NoteText.objects.bulk_create(texts)
    Board.objects.filter(pk=board.pk).update(events=FULL)


def _session(at: datetime) -> DesignSession:
    return DesignSession.objects.create(
        folder=open_folder(FolderKind.SESSION, at=at),
        pay_folder=open_folder(FolderKind.ALLOWANCE, at=at),
        pilot=Pilot.objects.order_by("pk")[0],
        number=DesignSession.objects.count() + 1,
        step="ideeen",
        title="Ideeën",
        starts_at=at,
        place="Buurthuis",
        made_at=at,
    )


def _board(session: DesignSession, at: datetime) -> Board:
    number = Board.objects.count() + 1
    board = Board(
        folder=session.folder,
        session=session,
        number=number,
        kind="clusters",
        code=f"B{number:05}",
        code_until=at + timedelta(days=1),
        made_at=at,
    )
    board.put(question="Wat helpt?")
    board.save()
    assert not KINDS[board.kind].covers
    return board


@contextmanager
def _house() -> Iterator[int]:
    """Run pages and streams as ``make run`` does; gives the port of the pages."""
    port = _two_ports()
    surroundings = {**os.environ, "SMARTSTART_PORT": str(port), "SMARTSTART_WORKERS": "2"}
    base = (
        sys.executable,
        "-m",
        "granian",
        "--no-ws",
        "--host",
        "127.0.0.1",
        "--log-level",
        "error",
    )
    pages = (
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    )
    live = ("--interface", "asgi", "--port", str(port + 1), "--workers", "1")
    running = [
        subprocess.Popen(
            (*base, *pages, "smartstart.config.wsgi:application"), cwd=ROOT, env=surroundings
        ),
        subprocess.Popen(
            (*base, *live, "smartstart.live.app:application"), cwd=ROOT, env=surroundings
        ),
    ]
    try:
        for each in (port, port + 1):
            _wait(each)
        yield port
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _two_ports() -> int:
    while True:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            with socket.socket() as two:
                if two.connect_ex(("127.0.0.1", port + 1)):
                    return port


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the house did not start")


def _ms(call: object) -> float:
    waits = []
    for _ in range(7):
        begun = time.perf_counter()
        call()  # type: ignore[operator]
        waits.append((time.perf_counter() - begun) * 1000)
    return statistics.median(waits)


def _p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]


def _role() -> ParticipantRole:
    return ParticipantRole.PARENT
