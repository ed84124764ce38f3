import multiprocessing
import os
import signal
import stat
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import integers

from smartstart.base.keyring import KeyFiles, KeyIsGone, keyring
from smartstart.base.refusals import TryLater
from smartstart.base.sealing import KEY_BYTES

FOLDER = UUID(int=7)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFiles:
    return KeyFiles(tmp_path / "keyring")


def files(keys: KeyFiles) -> list[Path]:
    return [path for path in keys._at.rglob("*") if path.is_file()]


def test_a_key_is_kept_until_it_is_destroyed(keys: KeyFiles) -> None:
    key = keys.create(FOLDER)

    assert len(key) == KEY_BYTES
    assert keys.key(FOLDER) == key == KeyFiles(keys._at).key(FOLDER)
    keys.destroy(FOLDER)
    with pytest.raises(KeyIsGone):
        keys.key(FOLDER)
    assert files(keys) == []


def test_destroying_twice_or_for_nothing_changes_nothing(keys: KeyFiles) -> None:
    keys.destroy(FOLDER)
    keys.create(FOLDER)
    keys.destroy(FOLDER)
    keys.destroy(FOLDER)

    with pytest.raises(KeyIsGone):
        keys.key(FOLDER)


def test_a_folder_never_gets_a_second_key(keys: KeyFiles) -> None:
    key = keys.create(FOLDER)

    with pytest.raises(FileExistsError):
        keys.create(FOLDER)
    assert keys.key(FOLDER) == key
    assert len(files(keys)) == 1


def test_only_the_server_reads_keys(keys: KeyFiles) -> None:
    keys.create(FOLDER)

    (key,) = files(keys)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    for shelf in (key.parent, key.parent.parent):
        assert stat.S_IMODE(shelf.stat().st_mode) == 0o700


@pytest.mark.parametrize("left", [bytes(KEY_BYTES), b"", b"short"])
def test_what_a_killed_destroy_left_is_no_key(keys: KeyFiles, left: bytes) -> None:
    keys.create(FOLDER)
    (path,) = files(keys)
    path.write_bytes(left)

    with pytest.raises(KeyIsGone):
        keys.key(FOLDER)
    keys.destroy(FOLDER)
    assert files(keys) == []


def test_what_a_killed_create_left_beside_is_never_found_and_never_in_the_way(
    keys: KeyFiles,
) -> None:
    key = keys.create(FOLDER)
    (path,) = files(keys)
    beside = path.with_suffix(".0a0b0c0d")
    os.link(path, beside)  # killed between link and unlink: two names, one file

    assert keys.key(FOLDER) == key
    keys.destroy(FOLDER)
    assert not beside.exists()
    with pytest.raises(KeyIsGone):
        keys.key(FOLDER)


def test_a_disk_that_refuses_is_said_as_a_sentence(keys: KeyFiles) -> None:
    keys._at.write_text("a file where the keyring should stand")

    with pytest.raises(TryLater):
        keys.create(FOLDER)
    with pytest.raises(TryLater):
        keys.key(FOLDER)
    with pytest.raises(TryLater):
        keys.destroy(FOLDER)


def test_the_settings_name_the_keyring(settings: Any) -> None:
    key = keyring().create(FOLDER)

    assert KeyFiles(Path(settings.KEYRING_DIR)).key(FOLDER) == key


def _write_until_killed(at: Path, ready: Any) -> None:
    keys = KeyFiles(at)
    ready.set()
    while True:
        folder = uuid4()
        keys.create(folder)
        with (at.parent / "acknowledged").open("a") as said:
            said.write(f"{folder}\n")
        if folder.int % 3 == 0:
            keys.destroy(folder)


@pytest.mark.parametrize("pause", [0.02, 0.05, 0.11])
def test_killed_at_any_moment_no_key_is_half(tmp_path: Path, pause: float) -> None:
    at, spawn = tmp_path / "keyring", multiprocessing.get_context("spawn")
    ready = spawn.Event()
    writer = spawn.Process(target=_write_until_killed, args=(at, ready))
    writer.start()
    assert ready.wait(30)
    writer.join(pause)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    keys = KeyFiles(at)

    said = (
        (tmp_path / "acknowledged").read_text().split()
        if (tmp_path / "acknowledged").exists()
        else []
    )
    for folder in map(UUID, said):
        if folder.int % 3:
            assert len(keys.key(folder)) == KEY_BYTES
    for path in at.rglob("*.key"):
        assert len(path.read_bytes()) == KEY_BYTES


class Keys(RuleBasedStateMachine):
    """A keyring against a dictionary, folder by folder."""

    home: Path

    def __init__(self) -> None:
        super().__init__()
        self.keys = KeyFiles(self.home / uuid4().hex)
        self.known: dict[UUID, bytes] = {}

    @rule(folder=integers(0, 3))
    def create(self, folder: int) -> None:
        ref = UUID(int=folder)
        if ref in self.known:
            with pytest.raises(FileExistsError):
                self.keys.create(ref)
        else:
            self.known[ref] = self.keys.create(ref)

    @rule(folder=integers(0, 3))
    def destroy(self, folder: int) -> None:
        self.keys.destroy(UUID(int=folder))
        self.known.pop(UUID(int=folder), None)

    @invariant()
    def keys_are_what_was_made(self) -> None:
        for folder in (UUID(int=number) for number in range(4)):
            if folder in self.known:
                assert self.keys.key(folder) == self.known[folder]
            else:
                with pytest.raises(KeyIsGone):
                    self.keys.key(folder)


def test_any_order_of_making_and_destroying(tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    Keys.home = tmp_path
    run_state_machine_as_test(
        Keys,
        settings=hypothesis_settings(
            max_examples=20, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
