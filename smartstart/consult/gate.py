"""The read predicate of exchanges, by hand: who acts on a question now, and who reads it.

Who acts is told by ``holding.climbing``. Who reads: the asker, the holder, who acts in the holder's
place by the clock (the cover unless it is the asker, then the coordinator of the Team op Maat), who
was offered it while the offer stands, and who was drawn in. Nobody else: no administrator, no
researcher, and no coordinator before it climbed. Whether the text still stands at all is
``ExchangeQuerySet.alive``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.holding.climbing import ACTS_FOR, AS_HOLDER, AS_OFFERED, OPEN, asked, near
from smartstart.holding.predicates import Predicate

_NEAR: Final = near("consult_exchange", skips_asker=True)
_EXCHANGE: Final = "SELECT q.id FROM consult_exchange q WHERE"
_OFFERED: Final = (
    "SELECT o.exchange_id FROM consult_offer o JOIN consult_exchange q ON q.id = o.exchange_id"
    " WHERE o.position = %(receiver)s AND o.ended_at IS NULL AND o.ends_at > %(at)s"
    f" AND q.picked_up_at IS NULL AND {OPEN}"
)
ACTING: Final = f"{_NEAR} SELECT n.id FROM near n WHERE {AS_HOLDER} OR {ACTS_FOR}"
# Who was drawn in and said nothing yet: without this nobody would tell them that they were.
_DRAWN_IN: Final = (
    "SELECT d.exchange_id FROM consult_drawnin d JOIN consult_exchange q ON q.id = d.exchange_id"
    f" WHERE d.position = %(receiver)s AND {OPEN} AND NOT EXISTS (SELECT 1 FROM consult_remark r"
    " WHERE r.exchange_id = d.exchange_id AND r.author = d.position)"
)
WAITING: Final = f"{ACTING} OR {AS_OFFERED} UNION {_OFFERED} UNION {_DRAWN_IN}"
READ: Final = (
    f"{_NEAR} SELECT n.id FROM near n WHERE {ACTS_FOR} OR {AS_OFFERED}"
    f" UNION {_EXCHANGE} q.asker = %(receiver)s"
    f" UNION {_EXCHANGE} q.holder = %(receiver)s"
    f" UNION {_OFFERED}"
    " UNION SELECT d.exchange_id FROM consult_drawnin d WHERE d.position = %(receiver)s"
)
# Once offered, held or given on: to hear who has it now. Knowing gives no words.
KNOWN: Final = (
    f"{READ} UNION SELECT o.exchange_id FROM consult_offer o WHERE o.position = %(receiver)s"
    " UNION SELECT t.exchange_id FROM consult_turn t"
    " WHERE t.by = %(receiver)s OR t.passed_to = %(receiver)s"
)


# What a function asked, answered or was drawn into: where it finds these back.
TOOK_PART: Final = (
    f"{_EXCHANGE} q.asker = %(receiver)s"
    f" UNION {_EXCHANGE} q.holder = %(receiver)s AND q.state IN ('answered', 'closed')"
    " UNION SELECT d.exchange_id FROM consult_drawnin d WHERE d.position = %(receiver)s"
)


def receiver_of(actor: Actor) -> UUID | None:
    """Return as whom this actor reads: a function, or who holds the code of one question.

    None for everybody else: a family member or a professional without a function asks as a visitor
    and comes back by code.
    """
    if actor.role is Role.PROFESSIONAL:
        return actor.position
    return actor.person if actor.role is Role.VISITOR else None


def exchanges_acting(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the exchanges on which this actor is the one who acts now (None: none)."""
    return _asked(ACTING, actor, at=at)


def exchanges_waiting(
    actor: Actor, *, at: datetime, covered: Sequence[UUID] | None = None
) -> Predicate | None:
    """Return those, what is offered to this actor, and what it was drawn into (None: none).

    ``covered``: what ``climbing.covered_by`` returned; None: asked here.
    """
    return _asked(WAITING, actor, at=at, covered=covered)


def exchanges_read(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the exchanges whose words this actor may read now (None: none)."""
    return _asked(READ, actor, at=at)


def exchanges_took_part(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return what this actor asked, answered or was drawn into (None: none)."""
    return _asked(TOOK_PART, actor, at=at)


def exchanges_known(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return what this actor reads or once had a hand in (None: none)."""
    return _asked(KNOWN, actor, at=at)


def _asked(
    sql: str, actor: Actor, *, at: datetime, covered: Sequence[UUID] | None = None
) -> Predicate | None:
    receiver = receiver_of(actor)
    return None if receiver is None else asked(sql, actor, receiver, at=at, covered=covered)
