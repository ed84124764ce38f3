"""Choosing a person from a list, by the name that others see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.people.models import Account


class Somebody(forms.ModelChoiceField[Account]):
    """A person from the list that the page was given; becomes the account."""

    shows_names = True

    def __init__(self, *, label: Any, required: bool = True) -> None:
        super().__init__(
            None,
            label=label,
            required=required,
            to_field_name="username",
            empty_label=_("Choose somebody"),
        )

    def label_from_instance(self, obj: Account) -> str:
        """Return the name that others see, and the user name that tells two of them apart."""
        return f"{obj.shown_as} ({obj.username})"
