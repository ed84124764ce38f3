"""Everything a family member may read of a circle, to keep: as JSON here, on a sheet beside it.

Made from the same gate as the pages, row by row of every table that lies in a folder: what the
gate shows is in it, what it does not show is not. A table made tomorrow is in it by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.ledger import Deed
from smartstart.access.models import Holds
from smartstart.access.reading import Reading
from smartstart.base.canonical import Plain, canonical
from smartstart.base.clock import day_of
from smartstart.circle.called import called
from smartstart.circle.home import me
from smartstart.circle.models import (
    Address,
    Attachment,
    Circle,
    Ground,
    Heard,
    Part,
    Question,
    QuestionStep,
    Restriction,
    Said,
    Strain,
    StrainReader,
)
from smartstart.circle.models.grounds import unless_answered
from smartstart.circle.queries_kijkboek import FAMILY_GROUNDS, home_of
from smartstart.circle.queries_strain import party
from smartstart.circle.rules import NO_END
from smartstart.people.models import Position

OUT: Final = Deed.EXPORTED
# What a row may belong to, the nearest first.
BELONGS: Final = ("reply", "question", "agreement", "corrects", "entry", "said", "meeting")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its texts in clear; ``fields`` are days, choices and yes or no.

    ``belongs``: per word of BELONGS the reference of what it belongs to, that is told as well.
    """

    kind: str
    ref: str
    part: int
    texts: dict[str, str]
    fields: dict[str, Plain]
    at: datetime | None
    belongs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """A circle as one of its family sees it on one moment."""

    circle: Circle
    called: str
    at: datetime
    parts: list[tuple[Part, str]]
    rows: list[Row]
    may_read: list[dict[str, Plain]]


def export_of(reading: Reading, circle_ref: Any) -> Export:
    """Return everything a family member may read of one circle. Raises NotFound.

    One query a table, whatever the number of rows.
    """
    circle, parts = home_of(reading, circle_ref)
    on = day_of(reading.at)
    address = Address.objects.visible_to(reading.actor, on=on).filter(circle=circle)
    folders = {part.folder_id for part in parts}
    folders |= set(address.values_list("folder_id", flat=True))
    said = Said.objects.visible_to(reading.actor, on=on).filter(by__in=[me(reading.actor)])
    folders |= set(said.values_list("folder_id", flat=True))
    heard = Heard.objects.visible_to(reading.actor, on=on).filter(circle=circle)
    folders |= set(heard.values_list("folder_id", flat=True))
    rows = [row for model in tables() for row in _rows(reading, model, folders)]
    rows = _among_themselves(_with_strains(reading, rows))
    names = [(part, reading.text(part, "called", deed=OUT)) for part in parts]
    return Export(
        circle=circle,
        called=reading.text(circle, "called", deed=OUT),
        at=reading.at,
        parts=names,
        rows=rows,
        may_read=_may_read(folders, at=reading.at),
    )


def as_json(export: Export) -> bytes:
    """Return an export as canonical JSON: parts with their rows, and who may read."""
    rows: dict[int, list[Plain]] = defaultdict(list)
    for row in export.rows:
        said = {**row.belongs, **row.texts, **row.fields}
        rows[row.part].append({"thing": row.kind, "ref": row.ref, **said})
    parts: list[Plain] = [
        {"ref": part.ref.hex, "called": name, "rows": rows.pop(part.folder_id, [])}
        for part, name in export.parts
    ]
    whole: dict[str, Plain] = {
        "v": 1,
        "at": export.at.isoformat(),
        "called": export.called,
        "parts": parts,
        "home": [row for left in rows.values() for row in left],
        "may_read": export.may_read,
    }
    return canonical(whole) + b"\n"


def tables() -> list[type[Holds]]:
    """Return every table of the circle that lies in folders."""
    found = apps.get_app_config("circle").get_models()
    return [model for model in found if issubclass(model, Holds)]


def visible(model: type[Holds], actor: Actor, *, at: datetime) -> models.QuerySet[Any]:
    """Return the rows of one table that this actor may read now, by its own rule.

    Of what two homes share a step of a question tells who of the other did what: as on the pages,
    only one's own is told.
    """
    if issubclass(model, Question | Attachment):
        return model.objects.read_by(actor, at=at)
    guarded: Any = model._default_manager.all()
    rows: models.QuerySet[Any] = guarded.visible_to(actor, on=day_of(at))
    if issubclass(model, QuestionStep):
        both = Part.objects.filter(circle=None).values("folder")
        rows = rows.filter(~Q(folder_id__in=both) | Q(by=me(actor)))
    return rows


def _rows(reading: Reading, model: type[Holds], folders: Iterable[int]) -> Iterator[Row]:
    seen = visible(model, reading.actor, at=reading.at).filter(folder_id__in=folders)
    columns = [field for field in model._meta.concrete_fields if not field.is_relation]
    related = {field.name for field in model._meta.concrete_fields if field.is_relation}
    above = [name for name in BELONGS if name in related]
    for row in seen.select_related("folder", *above).order_by("pk"):
        sealed = [field.name for field in columns if isinstance(field, Sealed)]
        reading.saw(row.folder, row.ref, deed=OUT)
        texts = {name: reading.text(row, name, deed=OUT) for name in sealed}
        fields = {field.name: _plain(getattr(row, field.name)) for field in columns if _told(field)}
        moments = [getattr(row, field.name) for field in columns if _is_moment(field)]
        yield Row(
            kind=model._meta.model_name or "",
            ref=row.ref.hex,
            part=row.folder_id,
            texts={name: words for name, words in texts.items() if words},
            fields=fields,
            at=next((moment for moment in moments if moment), None),
            belongs={name: getattr(row, name).ref.hex for name in above if getattr(row, name)},
        )


def _among_themselves(rows: list[Row]) -> list[Row]:
    """Let rows name only what is told as well: nothing that this reader may not know of."""
    told = {row.ref for row in rows}
    return [
        replace(row, belongs={name: ref for name, ref in row.belongs.items() if ref in told})
        for row in rows
    ]


def _with_strains(reading: Reading, rows: Iterable[Row]) -> list[Row]:
    """Add to a line of strain to whom it was drawn, by whom, and who sees it by one's own choice.

    Four queries, when there are any.
    """
    seen = Strain.objects.visible_to(reading.actor, on=day_of(reading.at))
    drawn = {row.ref.hex: row for row in seen.select_related("seat__folder")}
    readers = StrainReader.objects.visible_to(reading.actor, on=day_of(reading.at))
    picked = list(readers.values_list("strain", "receiver"))
    names = called({one.by for one in drawn.values()} | {receiver for _row, receiver in picked})
    found = []
    for row in rows:
        line = drawn.get(row.ref) if row.kind == "strain" else None
        if line is None:
            found.append(row)
            continue
        sees = [names[who].whole for pk, who in picked if pk == line.pk and who in names]
        by = names[line.by].name if line.by in names else ""
        told = {"called": party(reading, line.seat, deed=OUT), "author_called": by}
        told |= {"seen_by": ", ".join(sorted(sees))} if sees else {}
        found.append(replace(row, texts=told))
    return found


def _told(field: models.Field[Any, Any]) -> bool:
    """Whether a clear field says something to people: no numbers of rows, no references."""
    kinds = (models.DateField, models.BooleanField, models.CharField)
    return isinstance(field, kinds) and not isinstance(field, Sealed)


def _is_moment(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.DateTimeField)


def _plain(value: object) -> Plain:
    if isinstance(value, datetime | date):
        return None if value == NO_END else value.isoformat()
    return value if isinstance(value, str | bool) else None


def _may_read(folders: Iterable[int], *, at: datetime) -> list[dict[str, Plain]]:
    """Return who outside the family may read what, until when.

    Nobody by a question that is answered, and no function where a folder rests: as the gate.
    """
    on = day_of(at)
    grounds = Ground.objects.standing_on(on).filter(folder_id__in=folders)
    resting = Restriction.objects.standing_on(on).values("folder")
    functions = Position.objects.values("ref")
    rows = list(
        grounds.exclude(kind__in=FAMILY_GROUNDS)
        .exclude(folder_id__in=resting, receiver__in=functions)
        .filter(unless_answered("question"))
        .order_by("pk")
    )
    names = called(row.receiver for row in rows)
    return [
        {
            "who": names[row.receiver].whole if row.receiver in names else "",
            "what": "one question" if row.question_id else row.topic or "all",
            "from": row.from_day.isoformat(),
            "until": None if row.last_day == NO_END else row.last_day.isoformat(),
        }
        for row in rows
    ]
