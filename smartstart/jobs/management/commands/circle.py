"""``smartstart circle``: what will be erased, erase it, keep it for the law, who looked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.base import clock
from smartstart.circle import operations_erasing as erasing
from smartstart.circle import queries_breach, tasks
from smartstart.jobs import worker
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """Exit codes: 0 done, 1 refused (one sentence says why). No way shows content."""

    does = gettext_lazy("Closed circles and who looked at what of one person.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Each way names a circle or a person by its reference."""
        ways = parser.add_subparsers(dest="way", required=True)
        ways.add_parser("due", help=_("show which closed circles will be erased, and when"))
        ways.add_parser("erase", help=_("erase the closed circles of which the day has come"))
        held = ways.add_parser("hold", help=_("keep a circle until a day because the law asks it"))
        held.add_argument("--circle", type=UUID, required=True, help=_("its reference"))
        held.add_argument("--until", type=date.fromisoformat, required=True, help=_("YYYY-MM-DD"))
        held.add_argument("--why", required=True, help=_("one sentence; the family reads it"))
        looked = ways.add_parser("looked", help=_("who saw what of one person, without content"))
        looked.add_argument("--person", type=UUID, required=True, help=_("the person's reference"))
        looked.add_argument("--since", type=date.fromisoformat, help=_("YYYY-MM-DD"))

    def handle(self, *args: Any, way: str, **asked: Any) -> None:
        """Do it."""
        getattr(self, f"_{way}")(asked)

    def _due(self, _asked: dict[str, Any]) -> None:
        for due in erasing.closed_circles():
            words = _("%(day)s  %(circle)s  closed on %(closed)s, %(folders)s folders")
            told = {"day": due.erase_on, "circle": due.circle, "closed": due.closed_on}
            self.stdout.write(words % (told | {"folders": due.folders}))
            if due.held_until:
                self.stdout.write(_("  kept by law until %s") % due.held_until)
        for due in erasing.untaken_circles():
            words = _("%(day)s  %(circle)s  nobody of the family came, %(folders)s folders")
            told = {"day": due.erase_on, "circle": due.circle, "folders": due.folders}
            self.stdout.write(words % told)

    def _erase(self, _asked: dict[str, Any]) -> None:
        asked = tasks.erase_closed.call()
        worker.do_all_waiting()
        left = len(erasing.due_on(clock.today()))
        done = asked - left
        self.stdout.write(ngettext("%s circle was erased.", "%s circles were erased.", done) % done)
        if left:
            words = _("%s circles could not be erased. The log says why; run this again.")
            raise CommandError(words % left, returncode=1)

    def _hold(self, asked: dict[str, Any]) -> None:
        until = asked["until"]
        erasing.hold_circle(asked["circle"], until=until, why=asked["why"], at=clock.now())
        self.stdout.write(_("Kept until %s. The family reads why.") % until)

    def _looked(self, asked: dict[str, Any]) -> None:
        seen = queries_breach.looked_at(asked["person"], since=asked["since"], at=clock.now())
        for one in seen:
            words = _("%(at)s  %(who)s (%(work)s)  %(deed)s  %(things)s  folder %(folder)s")
            self.stdout.write(words % one.told())
        count = len(seen)
        self.stdout.write(ngettext("%s look.", "%s looks.", count) % count)
