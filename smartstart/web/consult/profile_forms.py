"""What somebody fills in about the own function: what one knows, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.consult.expertise.hours import DAYS, Stretch
from smartstart.consult.expertise.operations import Described
from smartstart.consult.expertise.queries import ExpertiseLine
from smartstart.consult.models.expertise import Language
from smartstart.people.models import Domain
from smartstart.web.choosing import box_of

WITHIN: Final[tuple[tuple[int, str | Promise], ...]] = (
    (60, _("one hour of work")),
    (240, _("half a working day")),
    (480, _("one working day")),
    (960, _("two working days")),
)


@dataclass(frozen=True, slots=True)
class Day:
    """The boxes of one day of the week; ``times`` is what stands in them, "" nothing."""

    called: str | Promise
    boxes: tuple[BoundField, ...]
    times: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Field:
    """The expertises of one field with their boxes; ``chosen``: how many have a tick."""

    called: str
    boxes: tuple[BoundWidget, ...]
    chosen: int


class ProfileForm(forms.Form):
    """One's own profile. Everything but the language may stay empty."""

    about = forms.CharField(
        label=_("What do you know much about, in your own words?"),
        help_text=_("No names. Your words help us to find you."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answers_within = forms.TypedChoiceField(
        label=_("You answer within"), coerce=int, choices=WITHIN, initial=480
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages can you answer?"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    is_open = forms.BooleanField(label=_("I take questions now"), required=False)
    places = forms.TypedMultipleChoiceField(
        label=_("At which places do you work?"),
        help_text=_("Without a tick it is the municipality of your work."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    towns = forms.MultipleChoiceField(
        label=_("In which municipalities do you work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expertises = forms.MultipleChoiceField(
        label=_("What you know"),
        help_text=_("Choose only what you like to be called for."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        described: Described,
        places: Sequence[tuple[int, str]],
        towns: Sequence[tuple[str, str]],
        expertises: Sequence[ExpertiseLine],
    ) -> None:
        super().__init__(sent, initial=_initial(described))
        self.known = expertises
        for number in range(len(DAYS)):
            self.fields |= _boxes(number, places)
        for name, choices in (
            ("places", places),
            ("towns", towns),
            ("expertises", [(one.key, one.called) for one in expertises]),
        ):
            box_of(self, name).choices = list(choices)

    @property
    def days(self) -> list[Day]:
        """Return the boxes day by day."""
        return [
            Day(called, boxes, _times(*boxes[:2]), any(one.errors for one in boxes))
            for number, called in enumerate(DAYS)
            for boxes in [tuple(self[f"{name}_{number}"] for name in BOXES)]
        ]

    @property
    def by_field(self) -> list[Field]:
        """Return the boxes of the expertises, field by field."""
        chosen = set(self["expertises"].value() or ())
        boxes = {str(one.data["value"]): one for one in self["expertises"].subwidgets}
        found = []
        for domain, lines in groupby(self.known, key=lambda one: one.domain):
            keys = [one.key for one in lines]
            told = tuple(boxes[key] for key in keys)
            found.append(Field(str(Domain(domain).label), told, len(chosen.intersection(keys))))
        return found

    def clean(self) -> dict[str, Any]:
        """Let a day have both times or none, in their order, and a door only at a place."""
        told = super().clean() or {}
        for number in range(len(DAYS)):
            opens, closes, place, door = (told.get(f"{name}_{number}") for name in BOXES)
            if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
                self.add_error(f"closes_{number}", _("Give both times; the first one is earlier."))
            if door and not place:
                self.add_error(f"place_{number}", _("At which place is this door?"))
            if place and not opens and not self.errors.get(f"closes_{number}"):
                self.add_error(f"opens_{number}", _("From when are you there?"))
        return told

    def described(self) -> Described:
        """Return what was said, as the operation takes it."""
        told = self.cleaned_data
        names = ("expertises", "about", "languages", "answers_within", "is_open", "places", "towns")
        return Described(hours=self._hours(), **{name: told[name] for name in names})

    def _hours(self) -> list[Stretch]:
        told = self.cleaned_data
        rows = [[told[f"{name}_{number}"] for name in BOXES] for number in range(len(DAYS))]
        return [Stretch(day, *row) for day, row in enumerate(rows) if row[0] and row[1]]


BOXES: Final = ("opens", "closes", "place", "door")


def _times(opens: BoundField, closes: BoundField) -> str:
    """Return "8:30-12:00" of what stands in two boxes."""
    told = [str(one.value() or "")[:5].removeprefix("0") for one in (opens, closes)]
    return "-".join(told) if all(told) else ""


def _boxes(number: int, places: Sequence[tuple[int, str]]) -> dict[str, forms.Field]:
    return {
        f"opens_{number}": _time(_("From")),
        f"closes_{number}": _time(_("Until")),
        f"place_{number}": forms.TypedChoiceField(
            label=_("Where parents find you"),
            help_text=_("Then parents of that place see your name, face, door and phone."),
            choices=[("", _("nowhere, only by phone")), *places],
            coerce=int,
            empty_value=None,
            required=False,
        ),
        f"door_{number}": forms.CharField(
            label=_("Which door or room?"), max_length=40, required=False
        ),
    }


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


def _initial(described: Described) -> dict[str, Any]:
    told: dict[str, Any] = {
        "about": described.about,
        "answers_within": described.answers_within,
        "languages": list(described.languages),
        "is_open": described.is_open,
        "places": list(described.places),
        "towns": list(described.towns),
        "expertises": list(described.expertises),
    }
    for one in sorted(described.hours, key=_begins, reverse=True):  # of two on a day, the first
        row = (one.opens, one.closes, one.place, one.door)
        told |= {f"{name}_{one.weekday}": value for name, value in zip(BOXES, row, strict=True)}
    return told


def _begins(one: Stretch) -> tuple[int, time]:
    return one.weekday, one.opens
