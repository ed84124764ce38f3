"""``smartstart example load``: fill an empty database with the invented region."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base import clock
from smartstart.jobs import example
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """The example region."""

    does = gettext_lazy("The example region: load it into an empty database.")

    def add_arguments(self, parser: CommandParser) -> None:
        """``load`` is all there is."""
        parser.add_argument("task", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say which rooms were filled."""
        if not settings.SMARTSTART_EXAMPLE:
            raise CommandError(_("The example is off. Set SMARTSTART_EXAMPLE=yes first."))
        rooms = example.load(at=clock.now())
        self.stdout.write(_("The example region is there: %s.") % ", ".join(rooms))
