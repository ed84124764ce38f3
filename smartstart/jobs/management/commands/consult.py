"""``smartstart consult``: who looks after questions without a name, the expertises, what goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.base import clock
from smartstart.consult import operations_asking, operations_erasing, queries_teams, tasks
from smartstart.consult.expertise import operations as expertise
from smartstart.jobs import worker
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """Exit codes: 0 done, 1 refused (one sentence says why). No way shows content."""

    does = gettext_lazy("Questions without a name: teams, expertises, and what is erased when.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Functions are named by reference, places by number."""
        ways = parser.add_subparsers(dest="way", required=True)
        ways.add_parser("teams", help=_("show who looks after questions, functions and places"))
        team = ways.add_parser("team", help=_("say which function looks after questions"))
        team.add_argument("--function", type=UUID, required=True, help=_("its reference"))
        team.add_argument("--place", type=int, help=_("number of one place; without it: the rest"))
        ways.add_parser("load", help=_("bring the list of expertises up to date"))
        ways.add_parser("due", help=_("count the questions of which the moment has come"))
        ways.add_parser("erase", help=_("erase the questions of which the moment has come"))

    def handle(self, *args: Any, way: str, **asked: Any) -> None:
        """Do it."""
        getattr(self, f"_{way}")(asked)

    def _teams(self, _asked: dict[str, Any]) -> None:
        for function in queries_teams.functions():
            self.stdout.write(f"{function.ref}  {function.called}, {function.organisation}")
        for number, place in queries_teams.places():
            self.stdout.write(f"{number}  {place}")
        for team in queries_teams.teams():
            where = team.place or _("every other place")
            words = _("%(place)s: %(who)s looks after questions here.")
            self.stdout.write(words % {"place": where, "who": team.called})

    def _team(self, asked: dict[str, Any]) -> None:
        operations_asking.name_team(asked["function"], place=asked["place"])
        self.stdout.write(_("Kept. Unanswered questions climb to this function."))

    def _load(self, _asked: dict[str, Any]) -> None:
        changed = expertise.load_expertises()
        self.stdout.write(ngettext("%s thing changed.", "%s things changed.", changed) % changed)

    def _due(self, _asked: dict[str, Any]) -> None:
        self._tell(len(operations_erasing.due_at(clock.now())))

    def _tell(self, count: int) -> None:
        words = ngettext("%s question to erase.", "%s questions to erase.", count)
        self.stdout.write(words % count)

    def _erase(self, _asked: dict[str, Any]) -> None:
        self._tell(tasks.erase_due.call())
        worker.do_all_waiting()
        left = len(operations_erasing.due_at(clock.now()))
        if left:
            words = _("%s questions could not be erased. The log says why; run this again.")
            raise CommandError(words % left, returncode=1)
