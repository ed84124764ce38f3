"""What every test stands on: one migrated database a run, copied per worker, on either engine.

``SMARTSTART_TEST_ENGINE=postgresql`` runs the tests marked ``both`` on a real PostgreSQL that is
started here as an ordinary user; without it everything runs on SQLite files. Nothing is ever
flushed: the ledger refuses it. ``db`` rolls back; ``real_db`` is a fresh copy that commits.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
import hypothesis
import pytest
from xdist.remote import Producer

_HOME = Path(tempfile.mkdtemp(prefix="smartstart-test-"))
os.environ["SMARTSTART_DATA"] = str(_HOME)
os.environ["SMARTSTART_EXAMPLE"] = "no"
os.environ.setdefault("SMARTSTART_SECRET_KEY", "a secret for tests only")
os.environ["DJANGO_SETTINGS_MODULE"] = "smartstart.config.settings"
ENGINE = os.environ.get("SMARTSTART_TEST_ENGINE", "sqlite")
os.environ["SMARTSTART_DATABASE"] = "postgresql:///postgres" if ENGINE == "postgresql" else ""
os.environ.setdefault("XDG_RUNTIME_DIR", str(_HOME))

from tests import engines  # noqa: E402 - the environment comes first
from tests.together import Together  # noqa: E402

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


# How long an example takes says how busy the machine is, not whether a rule holds. The same ones
# each time, so that who changed nothing finds nothing new; `make soak` looks for others.
hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=os.environ.get("SMARTSTART_CHANCE") != "yes"
)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    engines.prepare_settings()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Let the tests that share a house be one worker's."""
    return Together(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database runs; the rest already ran on SQLite."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db") is not None
        if (marked or uses & {"db", "real_db", "cast"}) and not item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.both)
    if ENGINE == "postgresql":
        other = [item for item in items if item.get_closest_marker("both") is None]
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item.get_closest_marker("both") is not None]


@pytest.fixture(scope="session")
def store(
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[engines.Store]:
    """The migrated template of this run and the way to copy it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        store = engines.store(ENGINE, shared, worker_id)
    yield store
    engines.disconnect()


@pytest.fixture(scope="session")
def django_db_setup(
    store: engines.Store, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Give this worker its own copy of the migrated database."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        store.use(store.copy("rolls_back"))
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        engines.disconnect()


@pytest.fixture
def real_db(
    store: engines.Store, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[engines.Store]:
    """A database of this test alone, in which everything commits and nothing is flushed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = store.in_use
        copy = store.copy("commits")
        store.use(copy)
        try:
            yield store
        finally:
            store.use(before)
            store.drop(copy)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    """Keys, signing keys and the witness of each test stand apart."""
    for name in ("FILES_DIR", "KEYRING_DIR", "SIGNING_DIR", "RUN_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    settings.WITNESS_FILE = tmp_path / "witness.jsonl"  # type: ignore[attr-defined]


@pytest.fixture
def now() -> datetime:
    """The moment at which every test plays unless it says otherwise."""
    return NOW


@pytest.fixture
def at_now() -> Iterator[datetime]:
    """The clock stands still at ``NOW``, for tests that go through the edges."""
    from smartstart.base import clock

    with clock.fixed(NOW):
        yield NOW


django.setup()  # the cast stands on models

from tests.cast import cast, enter  # noqa: E402, F401 - fixtures
