"""The room access, as Django knows it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    """Room access."""

    name = "smartstart.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migrate the triggers of the ledger must stand, or the migrate fails."""
        post_migrate.connect(_stand_guard, sender=self)


def _stand_guard(using: str, **_kwargs: Any) -> None:
    from smartstart.access.triggers import stand_guard

    stand_guard(connections[using])
