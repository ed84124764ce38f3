"""Other keys: old content reads, a kill in between loses nothing, what is erased stays so."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from smartstart.access import rotation
from smartstart.access.actor import VISITOR
from smartstart.access.fields import Sealed
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import erase_folder, note_denied, open_folder
from smartstart.access.verify import verify
from smartstart.base.files.kept import sealed_files
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.sealing import Place, SealIsBroken, key_id, keys_of, unseal
from smartstart.base.wrapping import Wrapping, WrappingIsMissing
from smartstart.circle.models import Entry, Question
from tests.circle.kin import Kin, kin

WORDS = {"Zij slaapt laat", "Papa belt", "Wat helpt?: wat kan ik doen?"}
FILE = b"een brief van de dokter"


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    made = kin(now)
    made.entry("here noor", "Zij slaapt laat").put_file(FILE)
    made.entry("there noor", "Papa belt")
    made.question("here noor", "Wat helpt?", holder="fatima")
    note_denied(made.actor("fatima"), where="circle:entry", tried="een ander gezin", at=made.at)
    return made


def rows() -> list[Entry | Question]:
    found = (model.objects.select_related("folder") for model in (Entry, Question))
    return [row for rows in found for row in rows]


def everything() -> set[str]:
    """Every text, opened with the ring of its folder as it is now."""
    return {
        unseal(bytes(row.words or b""), row.folder.key(), row.sealed_at("words")).decode()
        for row in rows()
    }


def file_of(home: Kin) -> bytes:
    here = Entry.objects.filter(folder=home.parts["here noor"].folder)
    entry = here.select_related("folder").earliest("pk")
    return sealed_files().opened(entry.sealed_at("file"), entry.folder.key())


def tokens() -> list[tuple[bytes, Place]]:
    """What a backup of the database made now holds."""
    return [(bytes(row.words or b""), row.sealed_at("words")) for row in rows()]


def command(*words: str) -> str:
    said = StringIO()
    call_command("keys", *words, stdout=said)
    return said.getvalue()


def on_disk(settings: Any) -> bytes:
    files = Path(settings.KEYRING_DIR).rglob("*")
    return b" ".join(path.read_bytes() for path in files if path.is_file())


def test_after_a_rotation_old_content_reads_and_the_old_key_opens_nothing(
    home: Kin, settings: Any
) -> None:
    folder = home.parts["here noor"].folder
    school = Folder.objects.get(pk__in=[home.actor("fatima").home_folder])
    before, backup = {one.ref: one.key() for one in rotation.standing()}, tokens()
    command("rotate", "--folder", str(folder.ref))
    for one in rotation.standing():
        if one != folder:
            rotation.renew(one)
    assert everything() == WORDS
    assert file_of(home) == FILE
    assert all(len(keys_of(one.key())) == 2 for one in rotation.standing())
    assert key_id(before[folder.ref]) not in rotation.names_in_use(folder)

    command("finish")  # a backup of this month still needs them
    assert len(keys_of(folder.key())) == 2
    command("finish", "--days", "0")
    assert everything() == WORDS
    assert file_of(home) == FILE
    assert len(keys_of(folder.key())) == 1
    for token, place in backup:
        with pytest.raises(SealIsBroken):
            unseal(token, Folder.objects.get(ref=place.folder).key(), place)
    assert before[folder.ref] not in on_disk(settings)
    # A line is never changed: what it holds stays under the key of its day.
    tried = Line.objects.exclude(reason=None).get(folder=school)
    assert keys_of(school.key())[1:] == [before[school.ref]]
    assert key_id(before[school.ref]) == bytes(tried.reason or b"")[1:9]
    assert verify(key=None).faults == []


def test_a_kill_between_any_two_steps_leaves_everything_readable(home: Kin) -> None:
    folder = home.parts["here noor"].folder
    keyring().renew(folder.ref)  # killed before anything was sealed anew
    assert everything() == WORDS
    new = home.entry("here noor", "Nieuw")
    ring, own = folder.key(), key_id(keys_of(folder.key())[0])
    assert bytes(new.words or b"")[1:9] == own
    rotation._texts([Entry.objects.get(words=bytes(tokens()[0][0]))], ["words"], ring)
    assert everything() == WORDS | {"Nieuw"}  # killed half way
    assert file_of(home) == FILE

    command("rotate")  # renewed today: it finishes what is left and makes no third key
    assert len(keys_of(folder.key())) == 2
    assert rotation.seal_anew(folder) == 0
    assert rotation.names_in_use(folder) == {own}
    assert (everything(), file_of(home)) == (WORDS | {"Nieuw"}, FILE)


def test_a_backup_of_before_stays_unreadable_after_erasure(home: Kin, settings: Any) -> None:
    folder = home.parts["here noor"].folder
    old, backup = folder.key(), tokens()
    rotation.renew(folder)
    backup += tokens()
    new = folder.key()
    erase_folder(VISITOR, folder, at=home.at)
    keyring().destroy(folder.ref)  # as it does when the transaction has committed

    Folder.objects.filter(pk=folder.pk).update(erased_at=None)  # an old database put back
    with pytest.raises(KeyIsGone):
        Folder.objects.get(pk=folder.pk).key()
    with pytest.raises(KeyIsGone):
        keyring().renew(folder.ref)
    kept = on_disk(settings)
    assert [key for key in {old, *keys_of(new)} if key in kept] == []
    assert len([one for one in backup if one[1].folder == folder.ref]) == 4


def test_the_keyring_is_wrapped_anew_and_a_kill_leaves_both_readable(
    home: Kin, settings: Any, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="SMARTSTART_WRAPPING"):
        command("wrap")
    settings.WRAPPING_DIR = str(tmp_path / "elsewhere")
    folder = home.parts["here noor"].folder
    assert everything() == WORDS  # not wrapped yet
    clear = folder.key()
    command("wrap")
    first = next((tmp_path / "elsewhere").iterdir()).read_bytes()
    assert (everything(), clear in on_disk(settings)) == (WORDS, False)

    Wrapping(tmp_path / "elsewhere").make()  # killed before any file was wrapped under it
    fresh = open_folder(FolderKind.PERSON, at=home.at)
    assert everything() == WORDS
    command("wrap")
    (second,) = (tmp_path / "elsewhere").iterdir()
    assert second.name == "0002.wrap"
    assert second.read_bytes() != first
    assert everything() == WORDS
    assert rotation.renew(folder) > 0
    assert everything() == WORDS
    assert fresh.key() not in on_disk(settings)

    second.rename(tmp_path / "away")
    with pytest.raises(WrappingIsMissing):
        folder.key()


def test_every_sealed_text_belongs_to_a_model_that_is_sealed_anew() -> None:
    known = {model for model, _fields in rotation.sealed_models()}
    sealed = {
        model
        for model in apps.get_models()
        if any(isinstance(field, Sealed) for field in model._meta.get_fields())
    }
    assert sealed - known == {Line}
