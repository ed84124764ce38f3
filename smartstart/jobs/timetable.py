"""What is done every so often, by whichever tasks worker comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command

from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.operations import finish_erasures
from smartstart.circle import tasks as circle
from smartstart.consult import tasks as consult
from smartstart.consult.expertise.tasks import teach_helper
from smartstart.design import tasks as design
from smartstart.jobs import models
from smartstart.jobs.mail import send_mail
from smartstart.programme.running import forget_answered
from smartstart.voices import tasks as voices

log = logging.getLogger("smartstart.jobs")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable: its name, how often, and what is done at a moment."""

    name: str
    every: timedelta
    do: Callable[[datetime], object]


def _sign_the_ledger(at: datetime) -> None:
    make_checkpoint(at=at)


def _finish_erasures(at: datetime) -> None:
    finish_erasures()


def _end_what_was_kept(at: datetime) -> None:
    voices.end_what_was_kept.enqueue()


def _erase_closed_circles(at: datetime) -> None:
    circle.erase_closed.enqueue()


def _sweep_files(at: datetime) -> None:
    circle.sweep_files.enqueue()


def _erase_questions(at: datetime) -> None:
    consult.erase_due.enqueue()


def _count_what_returns(at: datetime) -> None:
    consult.count_what_returns.enqueue()


def _forget_sessions(at: datetime) -> None:
    design.forget_what_is_over.enqueue()


def _teach_the_helper(at: datetime) -> None:
    teach_helper()


def _send_mail(at: datetime) -> None:
    send_mail(at=at)


def _take_up_again(at: datetime) -> None:
    freed = models.take_up_again(at=at)
    if freed:
        log.warning("%s tasks of a worker that died are taken up again", freed)


def _forget(at: datetime) -> None:
    models.forget_finished(before=at - timedelta(days=7))
    forget_answered(at=at)
    call_command("clearsessions")


TIMETABLE: tuple[Entry, ...] = (
    Entry("take up again", timedelta(seconds=15), _take_up_again),
    Entry("sign the ledger", timedelta(minutes=1), _sign_the_ledger),
    Entry("finish erasures", timedelta(minutes=1), _finish_erasures),
    Entry("send mail", timedelta(minutes=1), _send_mail),
    Entry("teach the language helper", timedelta(minutes=1), _teach_the_helper),
    Entry("end what was kept", timedelta(hours=1), _end_what_was_kept),
    Entry("erase closed circles", timedelta(hours=1), _erase_closed_circles),
    Entry("sweep files", timedelta(hours=1), _sweep_files),
    Entry("erase questions without a name", timedelta(hours=1), _erase_questions),
    Entry("count what returns", timedelta(days=1), _count_what_returns),
    Entry("forget who came to sessions", timedelta(hours=1), _forget_sessions),
    Entry("forget", timedelta(days=1), _forget),
)


def do_what_is_due(*, at: datetime, entries: tuple[Entry, ...] = TIMETABLE) -> list[str]:
    """Do each entry that is due and that no other worker took; return their names.

    One that fails is told in the log and tried again at its next time; the others go on.
    """
    done = []
    for entry in entries:
        if not models.claim_timed(entry.name, at=at, every=entry.every):
            continue
        try:
            entry.do(at)
        except Exception:
            log.exception("the timetable's %r failed", entry.name)
        else:
            done.append(entry.name)
    return done
