"""``smartstart setup``: bring tables and assets up to date without starting anything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smartstart.jobs import prepare


class Command(BaseCommand):
    """What `smartstart run` does first."""

    help = "Bring tables and assets up to date, and check that the ledger is protected."
    # Its own look round is quicker and says more.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, look round, and say what is worth knowing."""
        try:
            prepare.set_up()
            warnings = prepare.look_round()
        except prepare.CannotOpen as reason:
            raise CommandError(str(reason)) from reason
        for warning in warnings:
            self.stderr.write(f"Note: {warning}")
        self.stdout.write("Everything is up to date.")
