"""Streams of a board, by the plain ASGI application itself: what a phone gets, byte for byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signing
from django.db import connections

from smartstart.access.actor import Actor
from smartstart.access.operations import erase_folder
from smartstart.access.permissions import Role
from smartstart.design import operations_boards as leading
from smartstart.design.models.boards import Board, NoteText
from smartstart.design.thinking import make_card, take_all_back
from smartstart.live import app
from smartstart.live.watch import Watch
from tests.cast import Cast, people
from tests.conftest import NOW
from tests.design.test_boards import PARENT, Phone, made, page

SOON = 20  # seconds that a busy machine may take; a stream that hangs fails here


class Stream:
    """One open stream; ``bytes`` is all that came."""

    def __init__(self, board: Board, token: str, since: int, query: str) -> None:
        self.bytes = b""
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.changed = asyncio.Condition()
        self.is_over = False
        self.left = asyncio.Event()
        port = settings.SMARTSTART_PORT
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": f"/{board.ref}",
            "query_string": query.encode(),
            "headers": [
                (b"cookie", f"{settings.BOARD_COOKIE_NAME}={token}".encode()),
                (b"last-event-id", str(since).encode()),
                (b"host", f"localhost:{port + 1}".encode()),
                (b"origin", f"http://localhost:{port}".encode()),
            ],
        }

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, told: dict[str, Any]) -> None:
        async with self.changed:
            self.status = told.get("status", self.status)
            self.headers |= dict(told.get("headers", ()))
            self.bytes += told.get("body", b"")
            self.is_over |= told["type"].endswith("body") and not told.get("more_body", False)
            self.changed.notify_all()

    async def until(self, what: Callable[[], bool]) -> None:
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(what), SOON)

    def heard(self) -> list[dict[str, Any]]:
        lines = self.bytes.decode().splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


@asynccontextmanager
async def listening(
    board: Board, token: str, *, since: int = 0, query: str = ""
) -> AsyncIterator[Stream]:
    stream = Stream(board, token, since, query)
    running = asyncio.ensure_future(app.application(stream.scope, stream.receive, stream.send))
    try:
        await stream.until(lambda: stream.is_over or bool(stream.heard()))
        yield stream
    finally:
        stream.left.set()
        running.cancel()


@pytest.fixture
def fresh_watch(real_db: object, monkeypatch: pytest.MonkeyPatch) -> Any:
    watch = Watch()
    monkeypatch.setattr(app, "watch", watch)
    yield watch
    thread = watch._thread
    watch.stop()
    if thread:
        thread.join(SOON)


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(story())


async def deed(call: Callable[..., Any], *args: Any, **more: Any) -> Any:
    """Do something in the store from outside the loop."""

    def done() -> Any:
        try:
            return call(*args, **more)
        finally:
            connections.close_all()

    return await sync_to_async(done)()


def test_no_covered_note_or_vote_is_in_any_byte_before_it_is_revealed(fresh_watch: Any) -> None:
    cast = people(NOW)
    board = made(cast)
    one, two = Phone(board, cast), Phone(board, cast)

    async def story() -> None:
        async with listening(board, two.token) as stream:
            assert stream.headers[b"access-control-allow-origin"].startswith(b"http://localhost:")
            for number in range(3):
                note = await deed(one.write, f"Geheim {number} é")
            await stream.until(lambda: stream.heard()[-1]["number"] >= 5)
            assert b"Geheim" not in stream.bytes
            assert str(note).encode() not in stream.bytes
            assert all(not news["notes"] for news in stream.heard())
            await deed(turned, cast, board, "reveal")
            await stream.until(lambda: b"Geheim 2" in stream.bytes)
            known = stream.heard()[-1]["number"]
        await deed(one.write, "Later")
        async with listening(board, two.token, since=known) as again:
            words = [note["texts"][0][1] for note in again.heard()[0]["notes"]]
            assert words == ["Later"]

    play(story)


def test_a_vote_is_heard_by_its_giver_alone_until_it_is_counted(fresh_watch: Any) -> None:
    cast = people(NOW)
    board = made(cast, "dots")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Idee")

    async def story() -> None:
        async with listening(board, one.token) as mine, listening(board, two.token) as theirs:
            number = await deed(one.send, "vote", note, "1")
            for stream in (mine, theirs):
                await stream.until(lambda s=stream: s.heard()[-1]["number"] >= number)  # type: ignore[misc]
            assert mine.heard()[-1]["votes"] == {str(note): 1}
            assert all(not n["votes"] and n["tally"] is None for n in theirs.heard())
            await deed(turned, cast, board, "count")
            await theirs.until(lambda: theirs.heard()[-1]["tally"] is not None)

    play(story)


def test_streams_end_when_a_board_closes_a_phone_is_sent_away_or_a_folder_is_erased(
    fresh_watch: Any,
) -> None:
    cast = people(NOW)
    board = made(cast)
    one, two = Phone(board, cast), Phone(board, cast)
    other = made(cast)
    late = Phone(other, cast)
    late.write("Nog even")
    ticket = signing.dumps(str(board.ref), salt="board-screen")

    async def story() -> None:
        async with (
            listening(board, one.token) as stays,
            listening(board, two.token) as goes,
            listening(board, "", query=f"screen={ticket}") as screen,
        ):
            assert screen.heard() == [{"number": screen.heard()[0]["number"]}]
            await deed(sent_away, cast, board, 2)
            await goes.until(lambda: goes.is_over)
            assert goes.heard()[-1]["over"]
            assert not stays.is_over
            await deed(turned, cast, board, "close")
            await stays.until(lambda: stays.is_over)
            await screen.until(lambda: screen.is_over)
        async with listening(other, late.token) as stream:
            await deed(erased, cast, other)
            await stream.until(lambda: stream.is_over)
            assert stream.heard()[-1] == {"over": True}
        for token, query in (("geraden", ""), ("", ""), ("", "screen=vals")):
            async with listening(board, token, query=query) as stranger:
                await stranger.until(lambda one=stranger: one.is_over)  # type: ignore[misc]
                assert not any("notes" in news for news in stranger.heard())

    play(story)


def test_what_somebody_takes_back_leaves_every_phone_that_is_open(fresh_watch: Any) -> None:
    cast = people(NOW)
    board = made(cast, "dots")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Over mijn zoon")
    guest = board.session.board_guests.get(number=1)
    make_card(cast.actor("bram"), guest, word="regenboog", at=NOW)
    own = Actor(role=Role.INTERVIEWEE, within=guest.ref, person=guest.ref, assurance=2)
    ticket = signing.dumps(str(board.ref), salt="board-screen")

    async def story() -> None:
        async with (
            listening(board, two.token) as theirs,
            listening(board, "", query=f"screen={ticket}") as screen,
        ):
            await theirs.until(lambda: "Over mijn zoon" in str(theirs.heard()))
            before = screen.heard()[-1]["number"]
            await deed(take_all_back, own, at=NOW)
            await theirs.until(lambda: theirs.heard()[-1]["number"] > before)
            await screen.until(lambda: screen.heard()[-1]["number"] > before)
            told = {row["note"]: row for row in theirs.heard()[-1]["notes"]}
            assert told == {str(note): {"note": str(note), "mine": False, "gone": "removed"}}
        async with listening(board, two.token) as again:
            assert "zoon" not in str(again.heard())

    play(story)
    assert [card.texts for card in page(cast, board).cards] == []


def test_a_board_that_is_damaged_silences_no_other(fresh_watch: Any) -> None:
    cast = people(NOW)
    broken, whole = made(cast), made(cast)
    one, two = Phone(broken, cast), Phone(whole, cast)
    one.write("Staat straks verkeerd")
    (text,) = NoteText.objects.all()
    one.write("Staat goed")
    NoteText.objects.exclude(pk=text.pk).update(words=bytes(text.words or b""))

    async def story() -> None:
        async with listening(whole, two.token) as stays:
            async with listening(broken, one.token) as ends:
                assert (ends.is_over, ends.heard()) == (True, [])
            await deed(two.write, "Gaat door")
            await stays.until(lambda: "Gaat door" in str(stays.heard()))
            assert not stays.is_over

    play(story)


def turned(cast: Cast, board: Board, switch: str) -> None:
    leading.turn(cast.actor("bram"), board.pk, switch, on=True, at=NOW)


def sent_away(cast: Cast, board: Board, number: int) -> None:
    leading.confirm_guest(cast.actor("bram"), board.pk, number, PARENT, stays=False, at=NOW)


def erased(cast: Cast, board: Board) -> None:
    erase_folder(cast.actor("nadia"), board.folder, at=NOW)
