"""Withholding: what, why, with whom, and until when to look again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.called import Called
from smartstart.circle.operations_withheld import LONGEST
from smartstart.web.once import OnceForm


class WithWhom(OnceForm):
    """Why, and who is the second."""

    why = forms.CharField(
        label=_("Why can the family not see this now?"),
        help_text=_("Only the two of you read this."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    other = forms.TypedChoiceField(label=_("With whom do you decide this?"))

    def __init__(self, *args: Any, seconds: Iterable[Called], **kwargs: Any) -> None:
        """Offer those who have a place in this circle."""
        super().__init__(*args, **kwargs)
        known = {str(one.ref): one for one in seconds}
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (ref, one.whole) for ref, one in known.items()
        ]
        self.fields["other"].coerce = lambda ref: known[ref].ref  # type: ignore[attr-defined]


class WriteForm(WithWhom):
    """Something that lies apart from the start."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    words = forms.CharField(
        label=_("What do you want to keep?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = ("title", "words", "why", "other")


class WhyForm(forms.Form):
    """One reason."""

    why = forms.CharField(
        label=_("Why?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LookAgainForm(WhyForm):
    """Why it stays apart, and when to look again."""

    until = forms.DateField(
        label=_("Look again before"),
        help_text=_("Within four weeks."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Propose the longest."""
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = (today + LONGEST).isoformat()


class AnotherForm(WhyForm):
    """Who leaves, and who is asked instead."""

    leaves = forms.TypedChoiceField(label=_("Who cannot go on?"), widget=forms.RadioSelect)
    third = forms.TypedChoiceField(label=_("Whom do you ask instead?"))

    field_order = ("leaves", "third", "why")

    def __init__(
        self, *args: Any, two: Iterable[Called], others: Iterable[Called], **kwargs: Any
    ) -> None:
        """Offer the two who keep it, and those who have a place in this circle."""
        super().__init__(*args, **kwargs)
        for name, people in (("leaves", list(two)), ("third", list(others))):
            known = {str(one.ref): one.ref for one in people}
            box = self.fields[name]
            assert isinstance(box, forms.TypedChoiceField)  # noqa: S101 - as declared above
            box.choices = [(str(one.ref), one.whole) for one in people]
            box.coerce = known.__getitem__
