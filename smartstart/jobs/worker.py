"""The tasks part: takes tasks from the table, keeps the timetable, checkpoints SQLite."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from typing import Final

from django.db import DatabaseError, close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker as Hands

from smartstart.base import clock
from smartstart.jobs import models, timetable, wal

log = logging.getLogger("smartstart.jobs")

PAUSE: Final = 0.5  # seconds between looks when nothing waits
BEAT: Final = 10.0  # seconds between two signs of life


class WorkerDied(Exception):  # noqa: N818 - stands in the table as the reason
    """A task was given up because three workers died while doing it."""


class Worker:
    """One process at work until it is told to stop."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        # A signal's handler may run at any line of this thread: an Event would wait for itself.
        self._stops = False
        self._gone = threading.Event()
        self._checkpoints = wal.Checkpoints()

    def stop(self, *_: object) -> None:
        """Finish what is being done and end."""
        self._stops = True

    def run(self) -> None:
        """Work until ``stop``."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        models.beat(self.name, at=clock.now())
        alive = threading.Thread(target=self._stay_alive, daemon=True)
        alive.start()
        try:
            while not self._stops:
                if not self.turn():
                    time.sleep(PAUSE)
        finally:
            self._gone.set()
            alive.join(timeout=BEAT)
            models.leave(self.name)

    def turn(self) -> bool:
        """Do what is due and one task; whether there was one. Waits for a store that is gone."""
        try:
            close_old_connections()
            timetable.do_what_is_due(at=clock.now())
            self._checkpoints.turn()
            return self._one_task()
        except DatabaseError:
            log.exception("the store did not answer; trying again")
            connection.close()
            time.sleep(PAUSE * 4)
            return False

    def _one_task(self) -> bool:
        with transaction.atomic():
            task = models.take(self.name)
        if task is None:
            return False
        _hands(self.name).run_task(task)
        return True

    def _stay_alive(self) -> None:
        pause = 0.0
        while not self._gone.wait(pause):
            try:
                models.beat(self.name, at=clock.now())
                pause = BEAT
            except DatabaseError:
                log.exception("could not say that this worker is alive")
                pause = 1.0
        connection.close()


def do_all_waiting(worker: str = "by-hand") -> int:
    """Do what waits now in this process and return how many tasks that were."""
    models.beat(worker, at=clock.now())
    done = 0
    try:
        while True:
            with transaction.atomic():
                task = models.take(worker)
            if task is None:
                return done
            _hands(worker).run_task(task)
            done += 1
    finally:
        models.leave(worker)


def _hands(worker: str) -> Hands:
    """Return what runs one task and writes down how it ended: the library's own."""
    return Hands(
        queue_names=["*"],
        interval=PAUSE,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker,
        excluded_queue_names=[],
    )
