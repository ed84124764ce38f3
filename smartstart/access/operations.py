"""What the house does with folders: open one, change its rules, erase it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.db import IntegrityError, transaction

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.chain import beginning
from smartstart.access.ledger import Deed, Entry, append, note
from smartstart.access.models import Folder, FolderKind
from smartstart.base.keyring import keyring

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def open_folder(kind: FolderKind, *, at: datetime) -> Folder:
    """Make a folder and its key, inside the caller's transaction.

    The key is made first: a folder is never without one. When the transaction rolls back or the
    process dies between, a key without a folder is left, which opens nothing.
    """
    folder = Folder(kind=kind, opened_at=at)
    folder.head = beginning(folder.ref)
    keyring().create(folder.ref)
    folder.save(force_insert=True)
    return folder


def house_folder(*, at: datetime) -> Folder:
    """Return the house's own folder, in whose chain stands what belongs to no organisation."""
    found = Folder.objects.filter(kind=FolderKind.HOUSE).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return open_folder(FolderKind.HOUSE, at=at)
    except IntegrityError:  # somebody else opened it in between
        return Folder.objects.get(kind=FolderKind.HOUSE)


def note_denied(actor: Actor, *, where: str, tried: str, at: datetime) -> None:
    """Write that somebody tried an address that is not for them.

    The same statements whether the thing exists or not: ``where`` is the name of the address,
    ``tried`` what was asked for, sealed. Goes into the chain of the actor's organisation.
    """
    if actor.home_folder is None:
        return
    entry = Entry(Deed.DENIED, why=where[:100], reason=tried[:500], denied=True)
    append(actor, [(actor.home_folder, entry)], at=at)


def change_rules(folders: Sequence[int]) -> None:
    """Say that who may read these folders changed, where an operation has no line of its own.

    Locks the heads in ascending order like a line does: call it instead of ``note``, not before
    it (``note`` takes ``rules_changed``).
    """
    append(VISITOR, [], at=_NEVER, new_rules=frozenset(folders))


@transaction.atomic
def erase_folder(actor: Actor, folder: Folder, *, at: datetime) -> None:
    """Destroy the key of a folder: nobody reads its content again; its ledger still verifies.

    The key goes when the transaction has committed, so an answer that is being made either has
    its line before this one or is thrown away. When the process dies in between, the folder is
    erased already (``Folder.key`` refuses) and ``finish_erasures`` destroys what is left.
    """
    Folder.objects.filter(pk=folder.pk, erased_at=None).update(erased_at=at)
    note(actor, Deed.ERASED, folders=[folder.pk], at=at, on=[folder.ref], rules_changed=[folder.pk])
    transaction.on_commit(lambda: keyring().destroy(folder.ref), robust=True)


def finish_erasures() -> int:
    """Destroy the keys of erased folders that still stand; return how many folders were asked.

    ``jobs`` calls it at start and each minute. A second time changes nothing.
    """
    erased = Folder.objects.exclude(erased_at=None).values_list("ref", flat=True)
    for ref in erased:
        keyring().destroy(ref)
    return len(erased)
