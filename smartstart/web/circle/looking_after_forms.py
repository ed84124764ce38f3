"""Who looks after a circle from now on, and a circle opened for a family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_opening import Contact
from smartstart.web.choosing import box_of
from smartstart.web.circle.forms import NameForm, contact_choices


class WhoForm(forms.Form):
    """One function of a list."""

    to = forms.TypedChoiceField(
        label=_("Whom do you ask?"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one person.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "to").choices = list(people)


class OpenForForm(NameForm):
    """A circle for a family, with one of them beside you."""

    own_name = forms.CharField(
        label=_("What is the parent's first name?"),
        help_text=_("This parent gets the code, and decides from then on."),
        max_length=80,
    )

    coordinator = forms.TypedChoiceField(
        label=_("Who looks after this circle?"),
        help_text=_("This person sees to it that each question gets an answer."),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one person.")},
    )
    field_order = ("own_name", "called", "coordinator")

    def __init__(
        self, *args: Any, contacts: Sequence[Contact], mine: UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        box = box_of(self, "coordinator")
        box.choices = contact_choices(contacts)
        box.initial = str(mine)
