"""Somebody left, a request for information, and what who decides about it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_family import Around
from smartstart.circle.states import Paper
from smartstart.web.choosing import box_of
from smartstart.web.circle.sharing_forms import who_name
from smartstart.web.once import OnceForm

LINES = forms.Textarea(attrs={"rows": 4})
PAPERS = [("", _("No paper: this person stays"))] + [
    (one.value, one.label) for one in (Paper.HOME, Paper.COURT)
]


class LeftForm(OnceForm):
    """What somebody says about it."""

    words = forms.CharField(
        label=_("What happened? Write as you talk."),
        help_text=_("Only you and who looks after your circle read this."),
        max_length=5_000,
        widget=LINES,
    )


class DecideLeftForm(forms.Form):
    """Which paper was seen, and the answer."""

    paper = forms.ChoiceField(
        label=_("Which paper did you see?"),
        help_text=_("We keep no copy. Only which paper, you and today."),
        choices=PAPERS,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Only who asked reads it."),
        max_length=5_000,
        widget=LINES,
    )


class InformationForm(OnceForm):
    """A parent who does not decide asks how it goes."""

    to = forms.TypedChoiceField(label=_("To whom?"), coerce=UUID, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("Name your child. Ask about one thing at a time."),
        max_length=5_000,
        widget=LINES,
    )

    def __init__(
        self,
        *args: Any,
        around: Sequence[Around],
        coordinator: tuple[UUID, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people = {str(coordinator[0]): coordinator[1]}
        people |= {
            str(one.who): who_name(one) for one in around if not one.is_close and one.can_be_asked
        }
        box = box_of(self, "to")
        box.choices = list(people.items())
        box.initial = str(coordinator[0])


class RefuseForm(forms.Form):
    """Why a request for information is refused; the parent reads it."""

    why = forms.CharField(
        label=_("Why not?"),
        help_text=_("The parent reads this exactly as you write it."),
        max_length=2_000,
        widget=LINES,
    )
