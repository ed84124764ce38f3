"""Two answers of the invented region: one that everybody reads, one that waits for a look."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.consult.library import operations

LAWAAI: Final = (
    "Wat helpt een leerling die schrikt van lawaai?",
    (
        "Zorg voor een plek waar het stil is, en zeg vooraf wanneer het druk wordt."
        " Laat de leerling zelf kiezen wanneer hij daar even gaat zitten."
    ),
)
DRUKTE: Final = (
    "Hoe maak je een klas rustiger voor wie snel vol zit?",
    "Begin de dag met hetzelfde ritme. Laat met plaatjes zien wat er komt.",
)


def load(writer: Actor, checker: Actor, exchange: UUID, *, at: datetime) -> None:
    """Let the one who answered write both; somebody of another place lets the first one in."""
    for question, answer in (LAWAAI, DRUKTE):
        draft = operations.write(
            writer, exchange, question=question, answer=answer, at=at, ref=None
        )
        if question == LAWAAI[0]:
            operations.let_in(checker, draft.ref, at=at)
