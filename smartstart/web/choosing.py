"""The choices of a form that are only known when somebody asks for its page."""

from __future__ import annotations

from django import forms


def box_of(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return the field of a form in which one of its choices is chosen, to give it those.

    Raises TypeError when the form declares another kind of field under that name.
    """
    box = form.fields[name]
    if not isinstance(box, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    return box
