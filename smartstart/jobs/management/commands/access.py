"""``smartstart access explain``: why somebody sees a row or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.access.explaining import Explanation, explain, table_of
from smartstart.access.models import Guarded
from smartstart.base import clock
from smartstart.jobs.command import HouseCommand
from smartstart.people import queries


class Command(HouseCommand):
    """Exit codes: 0 seen (or no row asked for), 1 not seen, 2 asked for what is not there."""

    does = gettext_lazy("Say what decides who sees what: role, reach, permissions and the SQL.")

    def add_arguments(self, parser: CommandParser) -> None:
        """``explain --hat REF --model programme.Pilot [--id N]``."""
        ways = parser.add_subparsers(dest="way", required=True)
        asked = ways.add_parser("explain", help=_("on behalf of one hat, for one model"))
        asked.add_argument("--hat", type=UUID, required=True, help=_("the reference of the hat"))
        asked.add_argument("--model", required=True, help=_("for example programme.Pilot"))
        asked.add_argument("--id", type=int, dest="pk", help=_("one row"))

    def handle(self, *args: Any, hat: UUID, model: str, pk: int | None, **options: Any) -> None:
        """Ask the rule and print what was asked."""
        today = clock.today()
        actor = queries.actor_wearing(hat, on=today)
        if actor is None:
            words = _("Nobody has this role today. See: smartstart people list")
            raise CommandError(words, returncode=2)
        said = explain(actor, _table(model), on=today, pk=pk)
        self._print(said)
        if said.sees is False:
            raise CommandError(_("This role does not see it."), returncode=1)

    def _print(self, said: Explanation) -> None:
        for name, value in (
            (_("the role"), said.role),
            (_("it reaches"), said.scope),
            (_("it may"), ", ".join(said.permissions)),
            (_("the rule"), said.rule),
            ("SQL", said.sql),
            (_("with values"), ", ".join(map(str, said.values))),
            (_("rows seen"), said.rows),
        ):
            self.stdout.write(f"{name + ':':14}{value}")


def _table(name: str) -> Guarded[Any]:
    """Return all rows of a model that has a read rule."""
    try:
        return table_of(name)
    except LookupError as error:
        words = _("There is no table %s. Write it as programme.Pilot.") % name
        raise CommandError(words, returncode=2) from error
    except TypeError as error:
        words = _("%s has no rule for reading: it is about nobody.") % name
        raise CommandError(words, returncode=2) from error
