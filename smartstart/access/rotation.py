"""Another key for a folder: a new one is made, all is sealed under it anew, the old one goes.

Whoever dies in between leaves everything readable: the ring opens what was sealed under either
key, and a next run does what is left. The reason and the address in a line of the ledger stay
under the key of their day, which stays in the ring for them alone: a line is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.apps import apps
from django.db import models, transaction

from smartstart.access.actor import VISITOR
from smartstart.access.fields import Sealed
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, Holds, Line
from smartstart.access.operations import house_folder
from smartstart.base.files.kept import sealed_files
from smartstart.base.keyring import keyring
from smartstart.base.sealing import key_id, keys_of, seal, sealed_by, unseal

AT_ONCE: Final = 200  # rows in one transaction: others wait no longer than that


def standing() -> list[Folder]:
    """Return every folder that has a key, oldest first."""
    return list(Folder.objects.filter(erased_at=None).order_by("pk"))


def renew(folder: Folder) -> int:
    """Give a folder a new key and seal all it holds under it; return how many texts and files.

    Raises KeyIsGone, TryLater.
    """
    keyring().renew(folder.ref)
    return seal_anew(folder)


def seal_anew(folder: Folder) -> int:
    """Seal what is still under an earlier key of this folder; return how many texts and files."""
    ring = folder.key()
    if len(keys_of(ring)) == 1:
        return 0
    done = 0
    for model, fields in sealed_models():
        for rows in _in_parts(model, folder):
            done += _texts(rows, fields, ring) + _files(rows, ring)
    return done


def forget(folder: Folder, *, older_than_seconds: float) -> int:
    """Drop the earlier keys that open nothing any more; return how many went.

    Only of a ring that did not change for so long: who began to write before may still come, and
    a backup of before needs them. Raises KeyIsGone, TryLater.
    """
    if len(keys_of(folder.key())) == 1 or keyring().age(folder.ref) < older_than_seconds:
        return 0
    return keyring().forget(folder.ref, names_in_use(folder))


def names_in_use(folder: Folder) -> set[bytes]:
    """Return the names of the keys under which something of this folder is sealed now."""
    names = {
        sealed_by(bytes(token))
        for column in ("reason", "origin")
        for token in _tokens(Line.objects.filter(folder=folder), column)
    }
    for model, fields in sealed_models():
        rows = model._base_manager.filter(folder=folder)
        for field in fields:
            names |= {sealed_by(bytes(token)) for token in _tokens(rows, field)}
        names |= sealed_files().names_of(list(rows.values_list("ref", flat=True)))
    return names


def tell_rotation(*, at: datetime, why: str) -> None:
    """Write in the chain of the house that keys were renewed; no folder is named."""
    note(VISITOR, Deed.CHANGED, folders=[house_folder(at=at).pk], at=at, why=why)


def sealed_models() -> list[tuple[type[Holds], list[str]]]:
    """Return the models whose rows hold sealed texts under the key of their folder."""
    found = []
    for model in apps.get_models():
        if issubclass(model, Holds):
            fields = [one.name for one in model._meta.get_fields() if isinstance(one, Sealed)]
            found.append((model, fields))
    return found


def _in_parts(model: type[Holds], folder: Folder) -> Iterator[list[Holds]]:
    after = 0
    while True:
        rows = model._base_manager.filter(folder=folder, pk__gt=after).order_by("pk")[:AT_ONCE]
        found: list[Holds] = list(rows)
        if not found:
            return
        for row in found:
            row.folder = folder
        yield found
        after = found[-1].pk


@transaction.atomic
def _texts(rows: list[Holds], fields: list[str], ring: bytes) -> int:
    """Seal texts anew, each only when nobody changed it meanwhile."""
    own, done = key_id(keys_of(ring)[0]), 0
    for row in rows:
        for field in fields:
            token = getattr(row, field)
            if token is None or sealed_by(bytes(token)) == own:
                continue
            place = row.sealed_at(field)
            again = seal(unseal(bytes(token), ring, place), ring, place)
            same = type(row)._base_manager.filter(**{"pk": row.pk, field: bytes(token)})
            done += same.update(**{field: again})
    return done


def _files(rows: list[Holds], ring: bytes) -> int:
    return sum(sealed_files().seal_anew(row.sealed_at("file"), ring) for row in rows)


def _tokens(rows: models.QuerySet[models.Model], field: str) -> Iterator[bytes]:
    return rows.exclude(**{field: None}).values_list(field, flat=True).iterator(chunk_size=1_000)
