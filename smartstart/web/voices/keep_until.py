"""Until which day a story may be kept: the same question for the person and for the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal
from smartstart.voices import keeping

PROPOSED: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Days:
    """Today, the last day that can be, and the one that stands now."""

    today: date
    last: date
    stands: date | None


class Day(forms.DateInput):
    """A box for a day, with the phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class KeepUntilForm(forms.Form):
    """Asks for the last day; proposes the one that stands, else a year on, never too late a one."""

    keep_until = forms.DateField(
        label=_("Until and including which day may we keep it?"), widget=Day
    )

    def __init__(self, *args: Any, days: Days, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days, field = days, self.fields["keep_until"]
        field.initial = min(days.stands or days.today + PROPOSED, days.last)
        field.widget.attrs |= {"min": days.today.isoformat(), "max": days.last.isoformat()}
        field.help_text = _(
            "After this day everything goes by itself. Later than %(day)s is not possible."
        ) % {"day": date_format(days.last, "j F Y")}

    def clean_keep_until(self) -> date:
        """Only a day that is still to come, and not too far away."""
        day: date = self.cleaned_data["keep_until"]
        days = self.days
        try:
            keeping.require_day_to_keep(day, last=days.last, today=days.today, stands=days.stands)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return day
