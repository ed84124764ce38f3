"""``smartstart access explain``: why somebody sees a row or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smartstart.access.explaining import Explanation, explain, table_of
from smartstart.access.models import Guarded
from smartstart.base import clock
from smartstart.people import queries


class Command(BaseCommand):
    """Exit codes: 0 seen (or no row asked for), 1 not seen, 2 asked for what is not there."""

    help = "Say what decides who sees what: role, reach, permissions and the SQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """``explain --hat REF --model programme.Pilot [--id N]``."""
        ways = parser.add_subparsers(dest="way", required=True)
        asked = ways.add_parser("explain", help="on behalf of one hat, for one model")
        asked.add_argument("--hat", type=UUID, required=True, help="the reference of the hat")
        asked.add_argument("--model", required=True, help="for example programme.Pilot")
        asked.add_argument("--id", type=int, dest="pk", help="one row")

    def handle(self, *args: Any, hat: UUID, model: str, pk: int | None, **options: Any) -> None:
        """Ask the rule and print what was asked."""
        today = clock.today()
        actor = queries.actor_wearing(hat, on=today)
        if actor is None:
            raise CommandError("Nobody wears this hat today.", returncode=2)
        said = explain(actor, _table(model), on=today, pk=pk)
        self._print(said)
        if said.sees is False:
            raise CommandError("This hat does not see it.", returncode=1)

    def _print(self, said: Explanation) -> None:
        for name, value in (
            ("role", said.role),
            ("reaches", said.scope),
            ("may", ", ".join(said.permissions)),
            ("rule", said.rule),
            ("SQL", said.sql),
            ("with", ", ".join(map(str, said.values))),
            ("rows", said.rows),
        ):
            self.stdout.write(f"{name + ':':9}{value}")


def _table(name: str) -> Guarded[Any]:
    """Return all rows of a model that has a read rule."""
    try:
        return table_of(name)
    except LookupError as error:
        raise CommandError(f"There is no model {name}.", returncode=2) from error
    except TypeError as error:
        raise CommandError(f"{name} has no read rule: it is about nobody.", returncode=2) from error
