"""Which files on disk still have a row that tells of them: asked by who sweeps the others away."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps

from smartstart.access.models import Holds


def files_kept() -> set[UUID]:
    """Return the references of every row with a file, in all rooms, whose key was not destroyed."""
    kept: set[UUID] = set()
    for model in apps.get_models():
        if issubclass(model, Holds) and model.has_file:
            rows = model._base_manager.filter(folder__erased_at=None)
            kept.update(rows.values_list("ref", flat=True))
    return kept
