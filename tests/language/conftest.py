"""Fixtures of this room: real helpers, with and without their name tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.language.processes import Helper, running, shared_tables


@pytest.fixture(scope="session")
def names_cache() -> Path:
    """The folder with the name tables; the first run of a machine builds them in twenty seconds."""
    cache, progress = shared_tables()
    assert all(a <= b for a, b in pairwise(progress)), "progress goes forward"
    return cache


@pytest.fixture(scope="module")
def full_helper(names_cache: Path) -> Iterator[Helper]:
    """A helper with its tables, for the tests of one file: loading takes more than a second."""
    with running(names_cache, ready=True) as helper:
        yield helper


@pytest.fixture
def building_helper(tmp_path: Path) -> Iterator[Helper]:
    """A helper that has just begun to build its tables."""
    with running(tmp_path / "cache") as helper:
        yield helper
