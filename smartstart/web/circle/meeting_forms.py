"""Planning a meeting, saying something before it, and keeping what was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.base.clock import HERE, now
from smartstart.circle.called import Called
from smartstart.circle.operations_meetings import MomentDoesNotFit
from smartstart.web.choosing import box_of
from smartstart.web.once import OnceForm

LINES = forms.Textarea(attrs={"rows": 4})


class PlanForm(OnceForm):
    """What about, when, how long, where and who leads it."""

    title = forms.CharField(label=_("What is it about?"), max_length=120)
    day = forms.DateField(
        label=_("Which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(label=_("What time?"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=5, max_value=240, initial=60
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("This stays on this page. It is not in the calendar file."),
        max_length=200,
        required=False,
    )
    chair = forms.ChoiceField(label=_("Who leads it?"))

    def __init__(self, *args: Any, chairs: Iterable[Called], **kwargs: Any) -> None:
        """Offer who is of the family."""
        super().__init__(*args, **kwargs)
        box_of(self, "chair").choices = [(str(one.ref), one.name) for one in chairs]

    def clean(self) -> dict[str, Any]:
        """Let only a moment that is still to come through."""
        told = super().clean()
        if "day" in told and "time" in told and self._starts(told) <= now():
            self.add_error("day", MomentDoesNotFit.sentence)
        return told

    @staticmethod
    def _starts(told: dict[str, Any]) -> datetime:
        return datetime.combine(told["day"], told["time"], tzinfo=HERE)

    def meeting(self) -> dict[str, Any]:
        """Return what ``plan_meeting`` takes."""
        told = self.cleaned_data
        starts = self._starts(told)
        return {
            "title": told["title"],
            "place": told["place"],
            "chair": UUID(told["chair"]),
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=told["minutes"]),
            "ref": told["ref"],
        }


class BeforeForm(forms.Form):
    """Whether one comes, and what one wants to say."""

    comes = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[("yes", _("Yes, I come")), ("no", _("No, I say it here"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What do you want to say?"), max_length=2_000, required=False, widget=LINES
    )


class MinutesForm(OnceForm):
    """What was said and agreed."""

    words = forms.CharField(
        label=_("What did we say?"),
        help_text=_("Do we agree on something? Begin that line with a dash: -"),
        max_length=20_000,
        widget=LINES,
    )
