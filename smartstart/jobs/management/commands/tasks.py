"""``smartstart tasks``: do background and timed work until stopped; ``--once`` does what waits."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base import clock
from smartstart.jobs import timetable, worker
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """The tasks part of the house."""

    does = gettext_lazy("Do background and timed work (a part of `smartstart run`).")
    # Its own look round is quicker and says more.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """``--once``: do what is due and what waits, then end."""
        parser.add_argument("--once", action="store_true", help=_("do what waits now and end"))

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work."""
        if not once:
            worker.Worker().run()
            return
        due = timetable.do_what_is_due(at=clock.now())
        done = worker.do_all_waiting()
        told = {"due": ", ".join(due) or _("nothing was due"), "done": done}
        self.stdout.write(_("Work by the clock: %(due)s. Tasks done: %(done)s.") % told)
