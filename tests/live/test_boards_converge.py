"""Ten phones write at random while lines drop and servers are killed: nobody loses a word.

Two servers are children of this process that each hold a store connection of their own; one of
them is killed with signal 9 in the middle of a step, every round. What the phones were told is
stored must be in the store, every phone must show the same, and that must be what a plain replay of
the steps in the order of their numbers gives.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import traceback
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from smartstart.base.refusals import Refusal
from smartstart.design import operations_boards as leading
from smartstart.design import operations_boards_phone as phones
from smartstart.design import operations_boards_showing as showing
from smartstart.design.models.boards import Board, BoardKind, BoardStep, NoteText
from smartstart.design.operations_boards_phone import Step
from smartstart.design.roles import ParticipantRole
from tests.cast import people
from tests.conftest import NOW
from tests.design.test_sessions import planned

# A thousand steps in all: each moment two phones write. `make soak` sets 500 rounds of as many.
ROUNDS: Final = int(os.environ.get("SMARTSTART_BOARD_ROUNDS", "20"))
STEPS: Final = int(os.environ.get("SMARTSTART_BOARD_STEPS", "25"))
CLIENTS: Final = 10
COLUMNS: Final = ("name", "whom", "how")


class Server:
    """A process that answers one request after another, and can be killed at any moment."""

    def __init__(self, board: UUID) -> None:
        self.board = board
        self.begin()

    def begin(self) -> None:
        connection.close()
        self.line, other = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self.line.close()
            serve(self.board, other)
        other.close()
        self.reader = self.line.makefile("r")

    def send(self, told: dict[str, Any]) -> None:
        self.line.sendall(json.dumps(told).encode() + b"\n")

    def answer(self) -> dict[str, Any] | None:
        said = self.reader.readline()
        return json.loads(said) if said.endswith("\n") else None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.reader.close()
        self.line.close()


def serve(board: UUID, line: socket.socket) -> None:
    """The child: never returns."""
    try:
        for asked in line.makefile("r"):
            line.sendall(json.dumps(answered(board, json.loads(asked))).encode() + b"\n")
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(0)


def answered(board: UUID, asked: dict[str, Any]) -> dict[str, Any]:
    token = asked["token"]
    if "since" in asked:
        found = showing.enter(board, token)
        assert found is not None
        told = showing.changes(found[0], since=asked["since"])
        assert told is not None
        return told.for_guest(found[1], since=asked["since"])
    step = asked["step"]
    made = Step(
        UUID(step["client"]),
        step["counter"],
        step["field"],
        UUID(step["note"]),
        step["value"],
        step["column"],
        tuple(step["base"]),
    )
    try:
        return {"number": phones.take(board, token, made, at=NOW)}
    except Refusal as refusal:
        return {"refused": type(refusal).__name__}


@dataclass
class Client:
    """A phone: what waits for an answer, and what it knows."""

    token: str
    chance: random.Random
    client: str = ""
    counter: int = 0
    known: int = 0
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    queue: list[dict[str, Any]] = field(default_factory=list)
    stored: dict[int, dict[str, Any]] = field(default_factory=dict)

    def think(self) -> None:
        """Put one step in the queue: a new note, other words on any note, away, or back."""
        self.counter += 1
        deed = self.chance.choice(("new", "write", "write", "remove", "restore"))
        mine = [note for note in self.notes.values() if note["mine"] or deed == "write"]
        row = self.chance.choice(mine) if mine and deed != "new" else None
        self.queue.append(
            {
                "client": self.client,
                "counter": self.counter,
                "field": deed if row and deed != "new" else "write",
                "note": row["note"] if row else str(UUID(int=self.chance.getrandbits(128))),
                "value": f"{self.client[:8]} {self.counter} é👩‍👧",
                "column": self.chance.choice(COLUMNS),
                "base": [number for number, _words in row.get("texts", [])] if row else [],
            }
        )

    def request(self) -> dict[str, Any]:
        if self.queue and self.chance.random() < 0.8:
            return {"token": self.token, "step": self.queue[0]}
        return {"token": self.token, "since": self.known}

    def hear(self, asked: dict[str, Any], told: dict[str, Any] | None) -> None:
        """Take in an answer; a line that dropped or a server that died told nothing."""
        if told is None or self.chance.random() < 0.1:
            return
        if "step" in asked:
            step = self.queue.pop(0)
            if "number" in told:
                self.stored[told["number"]] = step
            return
        for note in told["notes"]:
            self.notes[note["note"]] = note
        self.known = told["number"]


def replayed(clients: list[Client]) -> dict[str, tuple[str, list[list[Any]]]]:
    """What must stand: the steps that were told to be stored, in the order of their numbers."""
    steps = sorted(pair for client in clients for pair in client.stored.items())
    found: dict[str, tuple[str, list[list[Any]]]] = {}
    for number, step in steps:
        gone, texts = found.get(step["note"], ("", []))
        if step["field"] == "write":
            left = [text for text in texts if text[0] not in step["base"]]
            texts = [*left, [number, step["value"]]]
        else:
            gone = "removed" if step["field"] == "remove" else ""
        found[step["note"]] = (gone, texts)
    return found


def seen(client: Client) -> dict[str, tuple[str, list[list[Any]]]]:
    """What a phone shows; of what another took away it has no words."""
    return {ref: (note["gone"], note.get("texts", [])) for ref, note in client.notes.items()}


def test_phones_and_store_converge_and_nothing_that_was_told_is_lost(
    real_db: object,
) -> None:
    cast = people(NOW)
    clashes = 0
    for number in range(ROUNDS):
        session = planned(cast)  # the room in one session is counted over all its boards
        board = leading.make_board(
            cast.actor("bram"), session.pk, BoardKind.CANVAS, f"Ronde {number}", at=cast.now
        )
        clashes += one_round(board, random.Random(number))
    assert clashes > ROUNDS / 2, "too few texts clashed to say anything"


def one_round(board: Board, chance: random.Random) -> int:
    clients = [
        Client(
            phones.join(board.code, ParticipantRole.PARENT, at=NOW)[1],
            chance,
            str(UUID(int=chance.getrandbits(128))),
        )
        for _ in range(CLIENTS)
    ]
    servers = [Server(board.ref), Server(board.ref)]
    dies = chance.randrange(STEPS)
    for moment in range(STEPS):
        pair = chance.sample(clients, 2)
        for client in pair:
            client.think()
        exchange(list(zip(pair, servers, strict=True)), kills=moment == dies)
    while any(client.queue for client in clients):
        exchange([(chance.choice([row for row in clients if row.queue]), servers[0])])
    for client in clients:
        while client.known < Board.objects.get(pk=board.pk).events:
            exchange([(client, servers[1])])
    for server in servers:
        server.kill()
    return compared(board, clients)


def exchange(pairs: list[tuple[Client, Server]], *, kills: bool = False) -> None:
    """Let both ask at once, then hear; the first server may die while it works."""
    asked = [(client, server, client.request()) for client, server in pairs]
    for _client, server, request in asked:
        server.send(request)
    if kills:
        pairs[0][1].kill()
        pairs[0][1].begin()
    for client, server, request in asked:
        killed = kills and server is pairs[0][1]
        client.hear(request, None if killed else server.answer())


def compared(board: Board, clients: list[Client]) -> int:
    """Compare store, phones and replay; return how many notes show two texts or more."""
    must = replayed(clients)
    kept = set(BoardStep.objects.filter(board=board).values_list("number", flat=True))
    assert kept == {number for client in clients for number in client.stored}
    texts = NoteText.objects.filter(note__board=board).count()
    writes = [step for client in clients for step in client.stored.values()]
    assert texts == sum(1 for step in writes if step["field"] == "write")
    for client in clients:
        mine = {ref for ref, note in client.notes.items() if note["mine"]}
        assert seen(client) == {
            ref: (gone, words if not gone or ref in mine else [])
            for ref, (gone, words) in must.items()
        }
    return sum(1 for _gone, words in must.values() if len(words) > 1)
