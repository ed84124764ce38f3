"""A queryset that is compiled once: for what is asked at every request.

Django writes the SQL of a queryset anew each time it is asked. For who acts, which is asked before
every page, that took longer than all of the database. A ``Prepared`` is written once, with a
``Slot`` where a value comes; asking it fills the slots. Its rows are those of the queryset.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

from smartstart.base.often import asked_often

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=Model)
Converters = Sequence[tuple[int, tuple[list[Callable[..., Any]], Any]]]


class Slot(Expression):
    """The place of a value in a prepared queryset, given by name when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Return the mark for a value, and this slot in its place."""
        return "%s", [self]

    def filled(self, given: dict[str, Any]) -> Any:
        """Return the value as the database takes it. Raises KeyError for one not given."""
        return self.output_field.get_db_prep_value(given[self.name], connection)


@dataclass(frozen=True)
class Written:
    """The SQL of a queryset on one engine, and how its rows are read."""

    sql: str
    values: tuple[Any, ...]
    model: type[Model]
    names: list[str]
    start: int
    converters: Converters
    populators: Sequence[Any]
    annotations: dict[str, int]

    def row(self, found: Sequence[Any]) -> Model:
        """Return one row as the queryset would."""
        cells = list(found)
        for place, (ways, expression) in self.converters:
            for way in ways:
                cells[place] = way(cells[place], expression, connection)
        end = self.start + len(self.names)
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, cells[self.start : end])
        for populator in self.populators:
            populator.populate(cells, made)
        for name, place in self.annotations.items():
            setattr(made, name, cells[place])
        return made


class Prepared(Generic[Row]):
    """A queryset with slots; ``all(name=value, ...)`` asks it. One query, never compiled again."""

    def __init__(self, write: Callable[[], QuerySet[Row, Row]]) -> None:
        """Take what writes the queryset; it is called when it is asked for the first time."""
        self._write = write

    def all(self, **given: Any) -> list[Row]:
        """Return every row. Raises KeyError when a slot stays empty."""
        written = self._written
        values = [
            value.filled(given) if isinstance(value, Slot) else value for value in written.values
        ]
        with asked_often() as cursor:
            cursor.execute(written.sql, values)
            return [written.row(found) for found in cursor.fetchall()]  # type: ignore[misc] # of this model

    @cached_property
    def _written(self) -> Written:
        """Compile it: a process has one engine for as long as it lives."""
        compiler = self._write().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        how = compiler.klass_info
        select = compiler.select
        fields = how["select_fields"]
        columns = select[fields[0] : fields[-1] + 1]
        return Written(
            sql=sql,
            values=tuple(values),
            model=how["model"],
            names=[column[0].target.attname for column in columns],
            start=fields[0],
            converters=list(compiler.get_converters([one[0] for one in select]).items()),
            populators=get_related_populators(how, select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg] # the types are of a later Django
            annotations=compiler.annotation_col_map,
        )
