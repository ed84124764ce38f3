"""A board of the example: notes of people who do not exist, shown and ready to try."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from smartstart.access.actor import Actor
from smartstart.design import operations_boards
from smartstart.design.models import BoardKind, DesignSession

QUESTION: Final = "Hoe kunnen we zorgen dat een ouder het één keer vertelt?"
NOTES: Final = (
    "Een kaart met het verhaal, die van de ouder is",
    "Eén vast nummer, één stem",
    "Maatje schrijft mee, ouder leest na",
    "Oma mag mee naar het gesprek",
    "Vraag eerst: wat wil je zelf vertellen?",
    "School en voedselbank: één formulier",
)


def make_board(lin: Actor, session: DesignSession, *, at: datetime) -> None:
    """Make a brainstorm of the session with notes typed over from paper, and show them."""
    board = operations_boards.make_board(lin, session.pk, BoardKind.BRAINSTORM, QUESTION, at=at)
    for words in NOTES:
        operations_boards.type_note(lin, board.pk, uuid4(), words, column="", at=at)
    operations_boards.turn(lin, board.pk, "reveal", on=True, at=at)
