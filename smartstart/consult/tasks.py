"""Background work of this room. Arguments are references: the task table is in clear."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from smartstart.access.operations import finish_erasures
from smartstart.base import clock
from smartstart.consult import operations_erasing
from smartstart.consult.library import operations as library
from smartstart.consult.library.counting import count_returning


@task()
def erase_due() -> int:
    """Let each exchange of which the moment has come be erased; how many were asked for.

    Each is a task of its own, so that one that cannot end keeps no other waiting.
    """
    refs = operations_erasing.due_at(clock.now())
    for ref in refs:
        erase_one.enqueue(ref.hex)
    library.erase_due(at=clock.now())
    return len(refs)


@task()
def erase_one(exchange_ref: str) -> int:
    """Erase one exchange; 1 when it was there."""
    done = operations_erasing.erase(UUID(exchange_ref), at=clock.now())
    finish_erasures()
    return int(done)


@task()
def count_what_returns() -> int:
    """Count anew which questions came back where, as it may be told; how many lines."""
    return count_returning()
