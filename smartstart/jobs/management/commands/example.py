"""``smartstart example load``: fill an empty database with the invented region."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from smartstart.base import clock
from smartstart.base.refusals import Refusal
from smartstart.jobs import example


class Command(BaseCommand):
    """The example region."""

    help = "The example region: load it into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """``load`` is all there is."""
        parser.add_argument("task", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say which rooms were filled."""
        if not settings.SMARTSTART_EXAMPLE:
            raise CommandError("Set SMARTSTART_EXAMPLE=yes first: example mode is off.")
        try:
            rooms = example.load(at=clock.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The example region is there: {', '.join(rooms)}.")
