"""``smartstart thread``: read a thread without a browser."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base import clock
from smartstart.base.refusals import Refusal
from smartstart.jobs.command import HouseCommand, no_pilot
from smartstart.thread.kinds import State
from smartstart.thread.names import COLUMNS, KINDS
from smartstart.thread.queries import KnotLine, public_thread
from smartstart.voices.running import pilot_called

STATES: Final = {
    State.STANDING: gettext_lazy("stands"),
    State.WEAKENED: gettext_lazy("weakened"),
    State.WITHDRAWN: gettext_lazy("withdrawn"),
}


class Command(HouseCommand):
    """Shows what everyone may read: column by column, what it rests on and how it stands."""

    does = gettext_lazy("Show the public thread of a pilot.")

    def add_arguments(self, parser: CommandParser) -> None:
        """``show PILOT``."""
        ways = parser.add_subparsers(dest="way", required=True)
        shown = ways.add_parser("show", help=_("show the public thread of a pilot"))
        shown.add_argument("pilot", help=_("its name in the address"))

    def handle(self, *args: Any, pilot: str, **options: Any) -> None:
        """Print the thread; exit code 1 when there is no such pilot."""
        try:
            found = pilot_called(pilot)
        except Refusal as refusal:
            raise CommandError(no_pilot(pilot), returncode=1) from refusal
        view = public_thread(found.pk, on=clock.today())
        for column in view.columns:
            self.stdout.write(str(COLUMNS[column.column]))
            for knot in column.knots:
                self.stdout.write(f"  {_told(knot)}")


def _told(knot: KnotLine) -> str:
    says = " ".join(filter(None, (knot.words.title, knot.words.words, knot.words.by)))
    counts = {"n": knot.support.voices, "of": knot.support.of_voices}
    rests = _("%(n)s of %(of)s voices") % counts
    return f"{KINDS[knot.kind]} ({STATES[knot.state]}; {rests}) {says}".rstrip()
