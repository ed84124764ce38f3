"""Explaining: why somebody sees a row or not, for whoever has to account for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.permissions import MAY, SCOPE

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What decides: role, how far it reaches, what it may do, and the statement that is asked.

    ``rows`` is how many rows it lets through; ``sees`` whether the row asked for is one of them
    (None when no row was asked for). ``rule`` is what the model says of its own rule.
    """

    role: str
    scope: str
    permissions: tuple[str, ...]
    rule: str
    sql: str
    values: tuple[Any, ...]
    rows: int
    sees: bool | None


def table_of(name: str) -> Guarded[Any]:
    """Return all rows of the model that ``name`` ("room.Model") names.

    Raises LookupError when there is none, TypeError when it has no read rule: it is about nobody.
    """
    try:
        rows = apps.get_model(name)._default_manager.all()
    except ValueError as error:
        raise LookupError(name) from error
    if not isinstance(rows, Guarded):
        raise TypeError(name)
    return rows


def explain(actor: Actor, table: Guarded[Row], *, on: date, pk: int | None = None) -> Explanation:
    """Ask the one read rule of a model on behalf of an actor, and say what was asked."""
    seen = table.visible_to(actor, on=on)
    asked = seen.order_by() if pk is None else seen.filter(pk=pk).order_by()
    sql, values = _statement(asked)
    return Explanation(
        role=actor.role.value,
        scope=SCOPE[actor.role].value,
        permissions=tuple(sorted(permission.value for permission in MAY[actor.role])),
        rule=(type(table).visible_to.__doc__ or "").strip(),
        sql=sql,
        values=values,
        rows=asked.count(),
        sees=None if pk is None else asked.exists(),
    )


def _statement(asked: Guarded[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return what the database is asked; a rule that lets nobody of this role in asks nothing."""
    try:
        sql, values = asked.query.sql_with_params()
    except EmptyResultSet:
        return "-- nothing is asked: this role sees no such row", ()
    return sql, tuple(values)
