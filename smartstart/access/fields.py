"""The field that holds sealed bytes."""

from __future__ import annotations

from typing import Any

from django.db import models

from smartstart.base.sealing import is_token


class Sealed(models.BinaryField):  # type: ignore[type-arg] # BinaryField's stub is generic, the class is not
    """Bytes sealed under the key of the row's folder; None until something was put in.

    ``max_characters`` bounds the clear text when it is put in. The value is never unsealed by
    itself: write with ``row.put(...)``, read with ``reading.text(row, name)``.
    """

    def __init__(self, *args: Any, max_characters: int = 10_000, **kwargs: Any) -> None:
        self.max_characters = max_characters
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the bound out of migrations: it is a rule of the code, not of the table."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "smartstart.access.fields.Sealed", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Let only sealed bytes into the table, by whatever way they come."""
        if value is not None and not is_token(bytes(value)):
            raise ValueError(f"{self.name} takes sealed bytes only: use put()")
        return super().get_prep_value(value)
