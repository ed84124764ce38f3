"""The store's own file: made by what makes its tables, and by nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def may_be_made() -> Iterator[None]:
    """Let SQLite make its file while this lasts; elsewhere a file that is gone is an error.

    It is made for who runs the house and for nobody else on the machine, in whatever folder.
    """
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["may_make"] = True
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
        options.pop("may_make", None)
