"""Asking, writing down and answering what is asked about somebody's own data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.states import Right
from smartstart.web.choosing import box_of
from smartstart.web.once import OnceForm

LINES = forms.Textarea(attrs={"rows": 4})


class AskForm(OnceForm):
    """What somebody wants to add; nobody has to say why."""

    part = forms.TypedChoiceField(
        label=_("About whom?"),
        coerce=UUID,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Do you want to say more?"), max_length=5_000, required=False, widget=LINES
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Ask about whom only of who can ask about more than nobody in particular."""
        super().__init__(*args, **kwargs)
        if not parts:
            del self.fields["part"]
            return
        box = box_of(self, "part")
        box.choices = [*((str(ref), name) for ref, name in parts), ("", _("All that is about me"))]
        box.initial = box.choices[0][0]


class RestEndsForm(forms.Form):
    """From which day others read again."""

    day = forms.DateField(
        label=_("From which day do others read again?"),
        help_text=_("At least a week from now. The family hears it first."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class WriteDownForm(OnceForm):
    """What somebody without an account asks."""

    kind = forms.ChoiceField(label=_("What does this person ask?"), choices=Right.choices)
    name = forms.CharField(label=_("Who asks it?"), max_length=120)
    reach = forms.CharField(label=_("How do we reach this person?"), max_length=200)
    words = forms.CharField(
        label=_("In their own words"), max_length=5_000, required=False, widget=LINES
    )


class NamedForm(forms.Form):
    """In which family somebody without an account is named, and how it is written there."""

    of = forms.CharField(
        label=_("In which family?"),
        help_text=_("The name of a parent, or the reference of the page “What you keep about me”."),
        max_length=80,
    )
    named = forms.CharField(
        label=_("By which name does this person stand there?"),
        help_text=_(
            "As the family writes it. You see no words of the family, only how much rests."
        ),
        max_length=120,
    )
    words = forms.CharField(label=_("Your answer"), max_length=1_000, widget=LINES)


class LetterForm(forms.Form):
    """The code on the letter of who has no account."""

    code = forms.CharField(
        label=_("The code on your letter"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AnswerForm(forms.Form):
    """What was done, or why not."""

    answer = forms.ChoiceField(
        label=_("Is it done?"),
        choices=[("yes", _("Yes, it is done")), ("no", _("No, and this is why"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Your answer"), max_length=5_000, widget=LINES)


class LongerForm(forms.Form):
    """Why it takes two months more."""

    words = forms.CharField(label=_("Why does it take longer?"), max_length=1_000, widget=LINES)


class PersonForm(forms.Form):
    """About whom, by name or reference: it is typed in a form, so that it stands in no address."""

    person = forms.CharField(
        label=_("Name or reference of the person"),
        help_text=_("A parent finds the reference on the page “What you keep about me”."),
        max_length=80,
    )
    since = forms.DateField(
        label=_("From which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
