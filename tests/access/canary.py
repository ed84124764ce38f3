"""Canaries: a word nobody else has in every sealed and personal field, and a search for it.

``plant`` goes over all rows of a world by the fields that models declare, so a new sealed field is
planted by itself; one without a row in ``worlds.py`` fails ``test_canary.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.http.response import HttpResponseBase

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Line
from smartstart.programme.models import Proposal
from smartstart.voices.models import Code
from tests.access import oracle
from tests.access.worlds import World

BIRD: Final = re.compile(rb"kanarie([0-9a-f]{8})vogel")


@dataclass(frozen=True, slots=True)
class Canary:
    """Where one marker was planted."""

    row: Any
    field: str
    is_sealed: bool

    def __str__(self) -> str:
        return f"{type(self.row).__name__}.{self.field} of row {self.row.pk}"

    def may_be_read_by(self, actor: Actor, world: World) -> bool:
        """Whether the oracle lets this reader know of the row it stands in."""
        rule = oracle.RULES.get(type(self.row), oracle.nobody)
        return rule(world, actor, self.row)


@dataclass
class Aviary:
    """All markers of one world, by their number."""

    world: World
    birds: dict[bytes, Canary]

    def found_in(self, content: bytes) -> list[Canary]:
        """Return what was planted and is in these bytes, also when they are packed."""
        numbers = {number for part in unpacked(content) for number in BIRD.findall(part)}
        return [self.birds[number] for number in sorted(numbers & set(self.birds))]

    def foreign_to(self, actor: Actor, response: HttpResponseBase) -> list[str]:
        """Return what this reader should not have found in an answer, its headers included."""
        heads = "\n".join(f"{name}: {value}" for name, value in response.items())
        beside = heads.encode() + response.cookies.output().encode()
        return [
            str(canary)
            for canary in (*self.found_in(beside), *self.found_in(body_of(response)))
            if not canary.may_be_read_by(actor, self.world)
        ]

    def in_clear_below(self, folders: Iterable[Path]) -> list[str]:
        """Return the sealed words that stand in clear in any file."""
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return [
            f"{canary} in {path.name}"
            for path in files
            for canary in self.found_in(path.read_bytes())
            if canary.is_sealed
        ]


def body_of(response: HttpResponseBase) -> bytes:
    """Return all bytes of an answer, also of one that is sent piece by piece."""
    return bytes(response.getvalue())


def unpacked(content: bytes) -> Iterator[bytes]:
    """Give the bytes themselves and, of an archive, each name and file in it, archives included."""
    yield content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def sealed_fields() -> set[tuple[type[models.Model], str]]:
    """Return every sealed field of the house; the ledger's own are planted by being written.

    The circle has a world and a walk of its own: ``test_canary_circle``.
    """
    return {
        (model, part.name)
        for model in apps.get_models()
        if model is not Line and model._meta.app_label != "circle"
        for part in model._meta.concrete_fields
        if isinstance(part, Sealed)
    }


def plant(world: World) -> Aviary:
    """Put a marker in every field that holds or may hold something of a person."""
    birds: dict[bytes, Canary] = {}
    for model, rows in list(world.rows.items()):
        for row in rows:
            for name in _personal(model):
                number = f"{len(birds) + 0xBEEF:08x}"
                bird = Canary(row, name, isinstance(model._meta.get_field(name), Sealed))
                if _sits(bird, f"kanarie{number}vogel", world):
                    birds[number.encode()] = bird
    return Aviary(world, birds)


# Says nothing of a person when a team does as it should; it leaves as a file all the same.
_TYPED_BY_A_TEAM: Final[dict[type[models.Model], set[str]]] = {Code: {"name", "description"}}


def _personal(model: type[models.Model]) -> list[str]:
    """Return the fields of a model in which a marker fits and means something."""
    declared = set(getattr(model, "personal_data", {}))
    return [
        part.name
        for part in model._meta.concrete_fields
        if isinstance(part, Sealed)
        or (part.name in declared and _fits(part) and model in oracle.RULES)
        or (model in _TYPED_BY_A_TEAM and part.name in _TYPED_BY_A_TEAM[model])
    ]


def _fits(part: models.Field[Any, Any]) -> bool:
    is_text = isinstance(part, models.CharField | models.TextField) and not part.choices
    return is_text and (part.max_length is None or part.max_length >= 24)


# What a row must say besides, before something can stand in a field of it.
_ALONG: Final[dict[type[models.Model], str]] = {Proposal: "answered_on"}


def _sits(bird: Canary, words: str, world: World) -> bool:
    """Write past the rules of the rooms, where the database itself lets it: whether it did."""
    row = bird.row
    values: dict[str, object] = {bird.field: words}
    if bird.is_sealed:
        row.put(**values)
        values = {bird.field: getattr(row, bird.field)}
    if type(row) in _ALONG and bird.field == "answer":
        values[_ALONG[type(row)]] = world.today
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:  # in this state the field stays empty: another row has it
        row.refresh_from_db()
        return False
    return True
