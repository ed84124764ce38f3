"""Background work of this room. Arguments are references: the task table is in clear."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from smartstart.access.operations import finish_erasures
from smartstart.base import clock
from smartstart.circle import operations_erasing, operations_files


@task()
def erase_closed() -> int:
    """Let each closed circle of which the day has come be erased; how many were asked for.

    Each is a task of its own, so that one that cannot end keeps no other waiting.
    """
    refs = operations_erasing.due_on(clock.today())
    for ref in refs:
        erase_one.enqueue(ref.hex)
    return len(refs)


@task()
def erase_one(circle_ref: str) -> int:
    """Erase one circle; how many folders lost their key."""
    folders = operations_erasing.erase_circle(UUID(circle_ref), at=clock.now())
    finish_erasures()
    return folders


@task()
def sweep_files() -> int:
    """Remove sealed files that nobody can open any more; how many there were."""
    return operations_files.sweep_files()
