"""Forms of the library: a general question and answer, and where a question came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.web.choosing import box_of
from smartstart.web.once import OnceForm


class WriteForm(OnceForm):
    """New words for everybody; it begins empty, so that nothing is copied by accident."""

    question = forms.CharField(
        label=_("What was the question, for anybody?"),
        help_text=_("No name, no place, no day. Write it anew."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=_("What helps, for anybody?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )


class PlaceForm(forms.Form):
    """Where a question came back."""

    place = forms.TypedChoiceField(label=_("At which school or place?"), coerce=int)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "place").choices = list(places)
