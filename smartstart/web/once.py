"""A form that carries the reference of what it makes, so that sent twice it makes one thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms


class Reference(forms.UUIDField):
    """A hidden reference, new each time a form is drawn; one that makes no sense is none."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid4)

    def clean(self, value: Any) -> UUID | None:
        """Return the reference, or None; then the operation makes its own."""
        try:
            found: UUID | None = super().clean(value)
        except forms.ValidationError:
            return None
        return found


def is_blank(value: Any) -> bool:
    """Whether a text has signs, and none that can be seen."""
    return isinstance(value, str) and not any(c.isprintable() and not c.isspace() for c in value)


class OnceForm(forms.Form):
    """Gives ``ref``: the same for the same words in the same form, another for other words.

    So a second press makes nothing new, and who goes back and writes something else loses nothing.
    ``is_told_of_address``: it went back once because its words hold a secret address.
    """

    ref = Reference()
    is_told_of_address = False

    def clean(self) -> dict[str, Any]:
        """Bind the reference to the words that were sent; signs that nobody sees are no words."""
        told = super().clean() or {}
        for box in self.visible_fields():
            if box.field.required and is_blank(told.get(box.name)):
                self.add_error(box.name, box.field.error_messages["required"])
        if told.get("ref"):
            words = [(box.name, str(told.get(box.name))) for box in self.visible_fields()]
            told["ref"] = uuid5(told["ref"], repr(words))
        return told
