"""``smartstart migrate``: Django's own, which alone may make the file of an SQLite database."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from smartstart.jobs.store import may_be_made


class Command(migrate.Command):
    """Apply what was not applied yet."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Let the file be made before its checks look at it."""
        with may_be_made():
            return super().execute(*args, **options)
