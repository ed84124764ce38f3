"""Tasks of a dead worker are taken up again; timed work is done by one worker; nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from smartstart.jobs import models, timetable, worker
from smartstart.jobs.models import Shift, Timed

DONE: list[str] = []


@task()
def remember(what_ref: str) -> None:
    """Remember a reference."""
    DONE.append(what_ref)


@task()
def fall(what_ref: str) -> None:
    """Fail."""
    raise ValueError(what_ref)


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    DONE.clear()


def statuses() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def taken_by(name: str, at: datetime) -> None:
    """Let a worker take the next task and never come back."""
    models.beat(name, at=at)
    assert models.take(name) is not None


def test_what_waits_is_done_once(db: None) -> None:
    remember.enqueue("a")
    remember.enqueue("b")

    assert worker.do_all_waiting() == 2
    assert worker.do_all_waiting() == 0
    assert sorted(DONE) == ["a", "b"]
    assert statuses() == ["SUCCESSFUL", "SUCCESSFUL"]
    assert not Shift.objects.exists()


def test_a_task_that_fails_does_not_stop_the_others(db: None) -> None:
    fall.enqueue("a")
    remember.enqueue("b")

    assert worker.do_all_waiting() == 2
    assert statuses() == ["FAILED", "SUCCESSFUL"]


def test_a_task_of_a_dead_worker_is_taken_up_again(db: None, now: datetime) -> None:
    remember.enqueue("a")
    taken_by("dies", now)

    assert models.take_up_again(at=now + timedelta(seconds=59)) == 0
    assert worker.do_all_waiting() == 0
    assert models.take_up_again(at=now + timedelta(seconds=61)) == 1
    assert worker.do_all_waiting() == 1
    assert DONE == ["a"]


def test_a_worker_that_left_frees_its_tasks_at_once(db: None, now: datetime) -> None:
    remember.enqueue("a")
    taken_by("leaves", now)
    models.leave("leaves")

    assert models.take_up_again(at=now) == 1


def test_a_task_that_kills_three_workers_is_given_up(db: None, now: datetime) -> None:
    remember.enqueue("a")
    for number in range(3):
        taken_by(f"dies-{number}", now)
        models.take_up_again(at=now + timedelta(seconds=61))

    assert statuses() == ["FAILED"]
    assert DBTaskResult.objects.get().exception_class_path.endswith("WorkerDied")
    assert worker.do_all_waiting() == 0


def test_timed_work_is_done_by_one_worker_and_again_when_due(db: None, now: datetime) -> None:
    done: list[datetime] = []
    entries = (timetable.Entry("count", timedelta(minutes=1), done.append),)

    assert timetable.do_what_is_due(at=now, entries=entries) == ["count"]
    assert timetable.do_what_is_due(at=now, entries=entries) == []
    assert timetable.do_what_is_due(at=now + timedelta(seconds=59), entries=entries) == []
    assert timetable.do_what_is_due(at=now + timedelta(seconds=60), entries=entries) == ["count"]
    assert len(done) == 2


def test_timed_work_that_fails_is_told_and_tried_again(
    db: None, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []

    def falls(at: datetime) -> None:
        raise ValueError("not now")

    entries = (
        timetable.Entry("falls", timedelta(minutes=1), falls),
        timetable.Entry("stays", timedelta(minutes=1), done.append),
    )

    assert timetable.do_what_is_due(at=now, entries=entries) == ["stays"]
    assert "'falls' failed" in caplog.text
    assert set(models.overdue(at=now + timedelta(minutes=2))) == {"falls", "stays"}


def test_the_timetable_names_each_thing_once() -> None:
    names = [entry.name for entry in timetable.TIMETABLE]

    assert len(names) == len(set(names))
    assert all(entry.every >= timedelta(seconds=10) for entry in timetable.TIMETABLE)


def test_everything_on_the_timetable_can_be_done(db: None, now: datetime) -> None:
    assert timetable.do_what_is_due(at=now) == [entry.name for entry in timetable.TIMETABLE]
    assert Timed.objects.count() == len(timetable.TIMETABLE)


def test_what_was_done_long_ago_is_forgotten(db: None, now: datetime) -> None:
    remember.enqueue("a")
    remember.enqueue("b")
    worker.do_all_waiting()
    first = DBTaskResult.objects.order_by("enqueued_at").first()
    assert first is not None
    DBTaskResult.objects.filter(pk=first.pk).update(finished_at=now - timedelta(days=8))
    DBTaskResult.objects.exclude(pk=first.pk).update(finished_at=now)

    assert models.forget_finished(before=now - timedelta(days=7)) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.timeout(240)
def test_a_worker_killed_in_the_middle_loses_no_task(real_db: Any) -> None:
    """A real process takes a task and is killed; another does the task."""
    if "sqlite" not in real_db.in_use:
        pytest.skip("the second process finds the database by its file")
    remember.enqueue("a")
    code = (
        "import os, time, django; django.setup()\n"
        "from smartstart.base import clock\n"
        "from smartstart.jobs import models\n"
        "models.beat('killed', at=clock.now())\n"
        "assert models.take('killed')\n"
        "print('taken', flush=True); time.sleep(60)\n"
    )
    environment = {**os.environ, "SMARTSTART_DATABASE": f"sqlite://{real_db.in_use}"}
    other = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"taken\n"

    other.send_signal(signal.SIGKILL)
    other.wait()

    began = DBTaskResult.objects.get().started_at
    assert began is not None
    later = began + timedelta(seconds=61)
    assert models.take_up_again(at=later) == 1
    assert worker.do_all_waiting() == 1
    assert DONE == ["a"]
    other.stdout.close()


def test_a_worker_stops_when_asked(real_db: Any) -> None:
    if "sqlite" not in real_db.in_use:
        pytest.skip("the second process finds the database by its file")
    environment = {**os.environ, "SMARTSTART_DATABASE": f"sqlite://{real_db.in_use}"}
    command = [sys.executable, "-m", "smartstart.config.console", "tasks"]
    other = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not Shift.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)

    other.terminate()

    assert other.wait(60) == 0
    assert not Shift.objects.exists()
    assert other.stderr is not None
    other.stderr.close()
