"""A photo of paper beside the typed notes. What comes in was washed and painted over before."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.base.files.kept import sealed_files
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors_boards import EnoughPhotos
from smartstart.design.models.boards import BoardPhoto
from smartstart.design.operations_boards import led

MOST_PHOTOS: Final = 8


@transaction.atomic
def add_photo(
    actor: Actor, board_id: int, content: bytes, *, at: datetime, ref: UUID | None = None
) -> BoardPhoto:
    """Keep a photo, sealed, beside the notes of a board; the same ``ref`` is the same photo.

    Raises NotFound, NotAllowed, EnoughPhotos or TryLater.
    """
    board = led(actor, board_id, at=at)
    made = first_made(BoardPhoto.objects, ref, board_id=board.pk)
    if made is not None:
        return made
    if board.photos.count() >= MOST_PHOTOS:
        raise EnoughPhotos
    photo = BoardPhoto(
        ref=ref or uuid4(),
        folder=board.folder,
        board=board,
        size_bytes=len(content),
        added_at=at,
        added_by=actor.hat,
    )
    photo.put_file(content)
    photo.save(force_insert=True)
    note(actor, Deed.MADE, folders=[board.folder_id], at=at, on=[photo.ref], why="board-photo")
    return photo


@transaction.atomic
def remove_photo(actor: Actor, board_id: int, ref: UUID, *, at: datetime) -> None:
    """Destroy a photo; that it was there stays in the ledger. Raises NotFound, NotAllowed."""
    board = led(actor, board_id, at=at)
    photo = board.photos.filter(ref=ref).first()
    if photo is None:
        raise NotFound
    photo.delete()
    note(actor, Deed.REMOVED, folders=[board.folder_id], at=at, on=[ref], why="board-photo")
    transaction.on_commit(lambda: sealed_files().remove(ref), robust=True)
