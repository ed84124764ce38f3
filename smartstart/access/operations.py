"""What the house does with folders: open one, change its rules, erase it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.chain import beginning
from smartstart.access.ledger import Deed, append, note
from smartstart.access.models import Folder, FolderKind
from smartstart.base.keyring import keyring


def open_folder(kind: FolderKind, *, at: datetime) -> Folder:
    """Make a folder and its key, inside the caller's transaction.

    The key is made after the row: when the transaction rolls back, the key is removed again;
    when the process dies between, a key without a folder is left, which opens nothing.
    """
    folder = Folder(kind=kind, opened_at=at)
    folder.head = beginning(folder.ref)
    folder.save()
    keyring().create(folder.ref)
    return folder


def house_folder(*, at: datetime) -> Folder:
    """Return the house's own folder, in whose chain stands what belongs to no organisation."""
    found = Folder.objects.filter(kind=FolderKind.HOUSE).first()
    return found or open_folder(FolderKind.HOUSE, at=at)


def note_denied(actor: Actor, *, where: str, tried: str, at: datetime) -> None:
    """Write that somebody tried an address that is not for them.

    The same statements whether the thing exists or not: ``where`` is the name of the address,
    ``tried`` what was asked for, sealed. Goes into the chain of the actor's organisation.
    """
    from smartstart.access.ledger import Entry

    if actor.home_folder is None:
        return
    entry = Entry(Deed.DENIED, why=where[:100], reason=tried[:500], denied=True)
    with transaction.atomic():
        append(actor, [(actor.home_folder, entry)], at=at)


def change_rules(folders: Sequence[int]) -> None:
    """Say that who may read these folders changed, where an operation has no line of its own."""
    from django.db.models import F

    Folder.objects.filter(pk__in=sorted(folders)).update(rules_version=F("rules_version") + 1)


@transaction.atomic
def erase_folder(actor: Actor, folder: Folder, *, at: datetime) -> None:
    """Destroy the key of a folder: nobody reads its content again; its ledger still verifies.

    The key goes when the transaction has committed, so an answer that is being made either has
    its line before this one or is thrown away.
    """
    Folder.objects.filter(pk=folder.pk, erased_at=None).update(erased_at=at)
    note(actor, Deed.ERASED, folders=[folder.pk], at=at, on=[folder.ref], rules_changed=[folder.pk])
    transaction.on_commit(lambda: keyring().destroy(folder.ref))
