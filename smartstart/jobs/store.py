"""The store's own file: made by what makes its tables, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def may_be_made() -> Iterator[None]:
    """Let SQLite make its file while this lasts; elsewhere a file that is gone is an error."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["may_make"] = True
    try:
        yield
    finally:
        options.pop("may_make", None)
