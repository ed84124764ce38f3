"""A form that is sent twice makes one thing: what it makes is named when the form is drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms


class RefField(forms.Field):
    """The hidden reference of what a form will make; new each time the form is drawn.

    The operation takes it, and the unique constraint on it decides: a second send finds what the
    first made. What is no reference counts as none; then the operation makes its own.
    """

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> UUID | None:
        """Return the reference, None for anything else."""
        try:
            return UUID(str(value))
        except ValueError:
            return None


class OnceForm(forms.Form):
    """A form whose result is made once, however often it is sent."""

    ref = RefField()
