"""Who is at work, and what is done when: the only tables of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

SHIFT: Final = timedelta(seconds=60)
MOST_TRIES: Final = 3
Waiting = DBTaskResult[..., object]


class Shift(models.Model):
    """A worker that says it is alive; its tasks are its own until then (Dutch: dienst)."""

    worker = models.CharField(max_length=64, unique=True)
    alive_until = models.DateTimeField()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"worker"})


class Timed(models.Model):
    """Something that is done every so often, and when it is due again (Dutch: vast werk)."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"name"})


def beat(worker: str, *, at: datetime) -> None:
    """Say that this worker is alive for another minute. One statement."""
    Shift.objects.update_or_create(worker=worker, defaults={"alive_until": at + SHIFT})


def leave(worker: str) -> None:
    """End a shift; what this worker left is free at once."""
    Shift.objects.filter(worker=worker).delete()


def claim_timed(name: str, *, at: datetime, every: timedelta) -> bool:
    """Whether this worker is the one that does it now: one UPDATE whose row count decides."""
    if Timed.objects.filter(name=name, due_at__lte=at).update(due_at=at + every):
        return True
    _, first = Timed.objects.get_or_create(name=name, defaults={"due_at": at + every})
    return first


def take(worker: str) -> Waiting | None:
    """Take the next task that is ready, or None. Called inside a transaction."""
    found: Waiting | None = DBTaskResult.objects.ready().get_locked()
    if found is not None:
        found.claim(worker)
    return found


def take_up_again(*, at: datetime) -> int:
    """Free the tasks of workers whose shift ended; give up after three tries. Returns how many.

    A task may so be done twice: what may happen once only (mail) keeps its own mark.
    """
    Shift.objects.filter(alive_until__lt=at).delete()
    alive = set(Shift.objects.values_list("worker", flat=True))
    freed = 0
    for task in DBTaskResult.objects.running():
        if task.worker_ids and task.worker_ids[-1] in alive:
            continue
        mine = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if len(task.worker_ids) < MOST_TRIES:
            freed += mine.update(status=TaskResultStatus.READY)
        else:
            mine.update(
                status=TaskResultStatus.FAILED,
                finished_at=at,
                exception_class_path="smartstart.jobs.worker.WorkerDied",
            )
    return freed


def forget_finished(*, before: datetime) -> int:
    """Remove what was done long ago. Returns how many."""
    deleted, _ = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return deleted


def waiting() -> int:
    """Return how many tasks wait to be done."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def overdue(*, at: datetime) -> list[str]:
    """Return what should have been done already, oldest first."""
    return list(
        Timed.objects.filter(due_at__lt=at).order_by(F("due_at")).values_list("name", flat=True)
    )
