"""Folder, the ledger's lines, cuts and checkpoints, and the guarded queryset."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar
from uuid import uuid4

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.chain import HASH_BYTES
from smartstart.access.errors import NotText, TooLong
from smartstart.access.fields import Sealed
from smartstart.base.files.kept import sealed_files
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.personal import Personal
from smartstart.base.refusals import NotFound
from smartstart.base.sealing import Place, seal

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row", bound=models.Model)


class FolderKind(models.TextChoices):
    """What a folder is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    WITHHELD = "withheld"
    VOICE = "voice"
    EXCHANGE = "exchange"
    SESSION = "session"
    ALLOWANCE = "allowance"
    PILOT = "pilot"
    ORGANISATION = "organisation"
    HOUSE = "house"


FAMILY_KINDS = frozenset(
    {
        FolderKind.PERSON,
        FolderKind.HOUSEHOLD,
        FolderKind.WITHHELD,
        FolderKind.VOICE,
        FolderKind.EXCHANGE,
        FolderKind.SESSION,
        FolderKind.ALLOWANCE,
    }
)


class Folder(models.Model):
    """What is read, logged and sealed as one (Dutch: map).

    Also the head of its own chain: ``height`` lines so far, ``head`` the hash of the last.
    ``rules_version`` grows whenever who may read it changes. ``erased_at`` is when its key
    was destroyed; the lines stay and still verify. ``signed_height`` is how high the last
    checkpoint found the chain.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=FolderKind.choices)
    rules_version = models.PositiveBigIntegerField(default=1)
    height = models.PositiveBigIntegerField(default=0)
    head = models.BinaryField(max_length=HASH_BYTES, editable=False)
    signed_height = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"head"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_one_house_folder", fields=["kind"], condition=Q(kind="house")
            ),
            models.CheckConstraint(
                name="access_folder_erased_after_it_opened",
                condition=Q(erased_at=None) | Q(erased_at__gte=F("opened_at")),
            ),
        ]

    def key(self) -> bytes:
        """Return the key, or raise KeyIsGone: also when erased while the key file still stands."""
        if self.erased_at is not None:
            raise KeyIsGone
        return keyring().key(self.ref)


class Line(models.Model):
    """One thing that was read or done, in the chain of one folder (Dutch: regel).

    ``body`` is the canonical JSON that the chain stands on; ``at``, ``deed`` and ``hat`` repeat
    what it says, as an index that ``verify`` compares. ``reason`` and ``origin`` are sealed; the
    body holds their salted hashes. Never updated; removed only by a cut. Each line pays for
    every index: a folder's lines are found by number or by day.
    """

    folder = models.ForeignKey(Folder, models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveBigIntegerField()
    body = models.BinaryField(editable=False)
    hash = models.BinaryField(max_length=HASH_BYTES, editable=False)
    at = models.DateTimeField()
    deed = models.CharField(max_length=32)
    hat = models.UUIDField(null=True, blank=True)
    reason = Sealed(max_characters=500)
    origin = Sealed(max_characters=100)

    personal_data: ClassVar[dict[str, Personal]] = {
        "body": Personal(
            "show the person it is about who looked, when, at what and why",
            "legal duty (NEN 7513, Besluit elektronische gegevensverwerking door zorgaanbieders)",
            "five years from writing, then removed by a signed cut",
            "the person it is about; the privacy officer",
        ),
        "reason": Personal(
            "say why somebody looked", "legal duty", "five years", "the person it is about"
        ),
        "origin": Personal(
            "find misuse of an account", "legal duty", "five years", "the privacy officer"
        ),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"hash", "deed"})

    class Meta:
        constraints = [
            models.UniqueConstraint(name="access_one_line_per_number", fields=["folder", "number"]),
            models.CheckConstraint(
                name="access_line_numbers_begin_at_one", condition=Q(number__gte=1)
            ),
        ]
        indexes = [
            models.Index(name="access_line_of_day", fields=["folder", "at"]),
            models.Index(
                name="access_line_of_a_glance",
                fields=["folder", "hat", "at"],
                condition=Q(deed="glanced"),
            ),
        ]


class Cut(models.Model):
    """The signed record of lines that were removed after their years (Dutch: knip).

    All lines of ``folder`` up to and including ``last_number``, all written before
    ``lines_before``; the chain goes on from ``last_hash``. ``statement`` is the canonical JSON
    that ``signature`` (Ed25519) is over.
    """

    folder = models.ForeignKey(Folder, models.PROTECT, related_name="cuts")
    last_number = models.PositiveBigIntegerField()
    last_hash = models.BinaryField(max_length=HASH_BYTES, editable=False)
    lines_before = models.DateTimeField()
    at = models.DateTimeField()
    statement = models.BinaryField(editable=False)
    signature = models.BinaryField(max_length=64, editable=False)

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"last_hash", "statement", "signature"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_cuts_go_forward", fields=["folder", "last_number"]
            ),
        ]


class Checkpoint(models.Model):
    """One signed Merkle root over all heads, each minute that something changed (Dutch: ijkpunt).

    ``changed`` is canonical JSON: a list of [folder ref hex, number, hash hex] of the heads that
    moved since the checkpoint before. ``statement`` is the canonical JSON that is signed and sent
    to the witness: site, number, at, size, root, sha256 of ``changed`` and of the statement
    before.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=HASH_BYTES, editable=False)
    changed = models.BinaryField(editable=False)
    statement = models.BinaryField(editable=False)
    signature = models.BinaryField(max_length=64, editable=False)

    no_personal_data: ClassVar[frozenset[str]] = frozenset(
        {"root", "changed", "statement", "signature"}
    )


class Guarded(models.QuerySet[Row]):
    """A queryset behind the door: says once who may know that a row exists."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows that this actor may know exist on this day; every model says its own rule."""
        raise NotImplementedError(f"{self.model.__name__} has no access rule")

    def one(self, pk: int, *, lock: bool = False) -> Row:
        """Return the row, or raise NotFound. ``lock`` holds it until the transaction ends."""
        rows = self.select_for_update(of=("self",)) if lock and _locks() else self
        found = rows.filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found


class Holds(models.Model):
    """A row whose sealed texts are under the key of its folder.

    ``has_file``: a sealed file on disk belongs to each row as well.
    """

    has_file: ClassVar[bool] = False

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    folder = models.ForeignKey(
        Folder, models.PROTECT, related_name="+", verbose_name=_("folder"), editable=False
    )

    class Meta:
        abstract = True

    def put(self, **texts: str | None) -> None:
        """Seal texts into their fields (not saved yet). Raises KeyIsGone, TooLong, NotText."""
        key = self.folder.key()
        for name, text in texts.items():
            setattr(self, name, None if text is None else self._sealed(name, text, key))

    def put_file(self, clear: bytes) -> None:
        """Seal a file on disk beside this row (not saved yet). Raises KeyIsGone, TryLater."""
        sealed_files().put(self.sealed_at("file"), clear, self.folder.key())

    def sealed_at(self, field: str) -> Place:
        """Return where this field stands: what its seal is bound to."""
        return Place(self._meta.db_table, field, self.ref, self.folder.ref)

    def _sealed(self, name: str, text: str, key: bytes) -> bytes:
        field = self._meta.get_field(name)
        if not isinstance(field, Sealed):
            raise TypeError(f"{name} is not a sealed field")
        if len(text) > field.max_characters:
            raise TooLong(most=field.max_characters)
        try:
            clear = text.encode()
        except UnicodeEncodeError:
            raise NotText from None
        return seal(clear, key, self.sealed_at(name))


def put_all(rows: Iterable[Holds], name: str, texts: Iterable[str]) -> None:
    """Seal one text into field ``name`` of each row, asking for each folder's key once."""
    keys: dict[int, bytes] = {}
    for row, text in zip(rows, texts, strict=True):
        if row.folder_id not in keys:
            keys[row.folder_id] = row.folder.key()
        setattr(row, name, row._sealed(name, text, keys[row.folder_id]))


def _locks() -> bool:
    return connection.vendor == "postgresql"
