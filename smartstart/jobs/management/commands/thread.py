"""``smartstart thread``: read a thread without a browser."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from smartstart.base import clock
from smartstart.base.refusals import Refusal
from smartstart.jobs.command import HouseCommand, no_pilot
from smartstart.thread.kinds import Column, Kind, State
from smartstart.thread.queries import KnotLine, public_thread
from smartstart.voices.running import pilot_called

COLUMNS: Final = {
    Column.SOURCES: gettext_lazy("Voices and figures"),
    Column.INSIGHTS: gettext_lazy("Insight"),
    Column.HOW_MIGHT_WE: gettext_lazy("How might we…"),
    Column.SOLUTIONS: gettext_lazy("Solution"),
    Column.TESTED: gettext_lazy("Tried and measured"),
}
KINDS: Final = {
    Kind.EXCERPT: gettext_lazy("Voice"),
    Kind.ANSWER: gettext_lazy("Voice"),
    Kind.NOTE: gettext_lazy("Voice"),
    Kind.FIGURE: gettext_lazy("Figure"),
    Kind.INSIGHT: gettext_lazy("Insight"),
    Kind.HOW_MIGHT_WE: pgettext_lazy("of a thread", "Question"),
    Kind.IDEA: gettext_lazy("Idea"),
    Kind.CONCEPT: gettext_lazy("Solution"),
    Kind.PROTOTYPE: gettext_lazy("First form"),
    Kind.TEST: pgettext_lazy("of a solution", "Tried out"),
    Kind.INDICATOR: gettext_lazy("Measured"),
    Kind.FINDING: gettext_lazy("Found"),
}
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
