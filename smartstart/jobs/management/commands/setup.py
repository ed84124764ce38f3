"""``smartstart setup``: bring tables and assets up to date without starting anything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.jobs import prepare
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """What `smartstart run` does first."""

    does = gettext_lazy(
        "Bring tables and assets up to date, and check that the ledger is protected."
    )
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
            self.stderr.write(_("Note: %s") % warning)
        self.stdout.write(_("Everything is up to date."))
