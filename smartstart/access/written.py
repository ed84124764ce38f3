"""Querysets whose SQL is written once in a process, and only asked with other values after that.

Django writes the text of a queryset anew each time it is asked: for a page of a family that took
longer than answering it. ``written`` lets a queryset be built once for each mould (which role asks,
which of its references are known, how many values a list has) with values that stand for others,
keeps the text, and puts the real values in their places. So a page asks the same rule as all
others, ``visible_to`` and no copy of it, and PostgreSQL keeps the plan.

Nothing of anybody is remembered: values never stay, and what of an actor does not stand for
somebody (role, assurance) is part of the mould.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Model, QuerySet, Value
from django.db.models import query as of_django

from smartstart.access.actor import Actor
from smartstart.base.clock import day_of
from smartstart.base.often import asked_often

Row = TypeVar("Row", bound=Model)

REFERENCES: Final = ("account", "hat", "person", "organisation", "within", "position")
YEAR: Final = 1066  # of days and moments that stand for others: nothing here is as old
MOST: Final = 1_000  # of texts
_SPACE: Final = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
_texts: dict[Hashable, Text | None] = {}


class NotWritten(Exception):  # noqa: N818 - a fault of ours, not shown to visitors
    """A queryset asked something while it was built, or made another value of one that was told."""


@dataclass(frozen=True, slots=True)
class Text:
    """One statement: its values, or the places where they come; and how rows are made of it."""

    sql: str
    values: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    make: Callable[[Any], Any]

    def asked(self, told: dict[str, Any]) -> list[Any]:
        """Ask it with these values; return what was found."""
        values = [_at(one, told) if type(one) is Standing else one for one in self.values]
        with asked_often() as cursor:
            cursor.execute(self.sql, values)
            found = cursor.fetchall()
        return [self.make(row) for row in self._converted(found)]

    def _converted(self, rows: Sequence[Any]) -> Sequence[Any]:
        if not self.converters:
            return rows
        changed = [list(row) for row in rows]
        for place, converters, of in self.converters:
            for row in changed:
                value = row[place]
                for converter in converters:
                    value = converter(value, of, connection)
                row[place] = value
        return changed


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value comes: its name, and where it stands in its list (None: it is no list)."""

    name: str
    number: int | None = None


def written(
    build: Callable[..., QuerySet[Any, Any]], actor: Actor | None = None, **told: Any
) -> list[Any]:
    """Return what the queryset finds that ``build(actor, **told)`` makes.

    ``build`` is a plain function that asks nothing itself and looks at none of the values; the
    values are references, days, moments, texts, and lists of references or of ids. What a queryset
    gives (rows with what ``select_related`` took along, annotations, or tuples) comes here too.
    Raises NotWritten when the queryset cannot be written once.
    """
    given = {name: _filled(value) for name, value in told.items()}
    mould = (build, _mould_of(actor), *((name, _shape(one)) for name, one in given.items()))
    if mould not in _texts:
        if len(_texts) >= MOST:
            _texts.clear()
        _texts[mould] = _text(build, actor, given)
    text = _texts[mould]
    return [] if text is None else text.asked(_stored_of(actor, given))


def counted(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return how many there are as ``many``, for use inside another statement; none is no row."""
    one: QuerySet[Any, Any] = rows.order_by().annotate(one=Value(1)).values("one")
    many: QuerySet[Any, Any] = one.annotate(many=Count("*")).values("many")
    return many


def _filled(value: Any) -> Any:
    """Lists grow to 1, 2, 4, 8, ... by saying the last again: few lengths are few texts."""
    if isinstance(value, str | UUID | date) or not isinstance(value, Sequence) or not value:
        return value
    wanted = 1 << (len(value) - 1).bit_length()
    return [*value, *[value[-1]] * (wanted - len(value))]


def _shape(value: Any) -> Hashable:
    if isinstance(value, list | tuple):
        return (type(value[0]).__name__, len(value)) if value else 0
    if type(value) not in (UUID, date, datetime, int, str):
        raise NotWritten(type(value).__name__)
    return type(value).__name__


def _mould_of(actor: Actor | None) -> Hashable:
    """Return everything of an actor but whom its references name."""
    if actor is None:
        return None
    return (actor.role, actor.assurance, *(getattr(actor, name) is None for name in REFERENCES))


def _stand_in(number: int, value: Any) -> Any:
    """Return what stands for the value of this number while the text is written."""
    if isinstance(value, list | tuple):
        return [_stand_in(number * 10_000 + place, one) for place, one in enumerate(value)]
    if isinstance(value, UUID):
        return uuid5(_SPACE, str(number))
    if isinstance(value, int):
        return -(10**15) - number
    if isinstance(value, str):
        return uuid5(_SPACE, f"text {number}").hex
    if isinstance(value, datetime):
        return datetime(YEAR, 3, number, 12, tzinfo=UTC)
    return date(YEAR, 6, number)


def _as_standing(actor: Actor) -> Actor:
    known: dict[str, Any] = {
        name: uuid5(_SPACE, name) for name in REFERENCES if getattr(actor, name) is not None
    }
    return replace(actor, home_folder=None, home_rules=None, **known)


def _text(
    build: Callable[..., QuerySet[Any, Any]], actor: Actor | None, given: dict[str, Any]
) -> Text | None:
    """Let the queryset be built with values that stand for others; None: it finds nothing ever."""
    stands = {name: _stand_in(n, value) for n, (name, value) in enumerate(given.items(), 1)}
    who = [] if actor is None else [_as_standing(actor)]
    with connection.execute_wrapper(_asks_nothing):
        queryset = build(*who, **stands)
        compiler: Any = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
    places = _places(who, stands)
    marked = tuple(_marked(value, places) for value in values)
    return Text(sql, marked, _converters(compiler), _maker(queryset, compiler))


def _asks_nothing(*_asked: Any) -> Any:
    raise NotWritten("a queryset is built without asking")


def _places(who: list[Actor], stands: dict[str, Any]) -> dict[Any, Standing]:
    found = {}
    for name in REFERENCES if who else ():
        if (value := getattr(who[0], name)) is not None:
            found[_stored(value)] = Standing(f"actor.{name}")
    for name, value in stands.items():
        if isinstance(value, list):
            found |= {_stored(one): Standing(name, number) for number, one in enumerate(value)}
            continue
        found[_stored(value)] = Standing(name)
        if isinstance(value, datetime):
            found[_stored(day_of(value))] = Standing(f"{name}.day")
    return found


def _marked(value: Any, places: dict[Any, Standing]) -> Any:
    """Return the place of a value that stands for another, or the value itself."""
    if (place := places.get(value)) is not None:
        return place
    if getattr(value, "year", None) == YEAR or str(value).startswith(f"{YEAR}-"):
        raise NotWritten("a day or moment was made of one that was told: tell it itself")
    return value


def _stored_of(actor: Actor | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return every value by its name, as the store has it."""
    found: dict[str, Any] = {}
    if actor is not None:
        for name in REFERENCES:
            if (value := getattr(actor, name)) is not None:
                found[f"actor.{name}"] = _stored(value)
    for name, value in given.items():
        if isinstance(value, list):
            found[name] = [_stored(one) for one in value]
            continue
        found[name] = _stored(value)
        if isinstance(value, datetime):
            found[f"{name}.day"] = _stored(day_of(value))
    return found


def _at(place: Standing, told: dict[str, Any]) -> Any:
    value = told[place.name]
    return value if place.number is None else value[place.number]


def _stored(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex if connection.vendor == "sqlite" else value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _converters(compiler: Any) -> tuple[tuple[int, tuple[Any, ...], Any], ...]:
    told = compiler.get_converters([one[0] for one in compiler.select])
    return tuple((place, tuple(found), of) for place, (found, of) in told.items())


def _maker(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Any], Any]:
    if not issubclass(queryset._iterable_class, of_django.ModelIterable):
        return tuple
    kind, select = compiler.klass_info, compiler.select
    first, end = kind["select_fields"][0], kind["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[first:end]]
    related: Any = of_django.get_related_populators
    beside = related(kind, select, queryset.db)
    added = tuple((compiler.annotation_col_map or {}).items())
    return partial(_row, kind["model"], queryset.db, names, slice(first, end), beside, added)


def _row(
    model: type[Model], db: str, names: list[str], own: slice, beside: Any, added: Any, row: Any
) -> Model:
    """Make one row as Django makes it."""
    made = model.from_db(db, names, row[own])
    for populator in beside:
        populator.populate(row, made)
    for name, place in added:
        setattr(made, name, row[place])
    return made
