"""The form with which the programme office begins a pilot, at a known place or a new one."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from smartstart.people.models import Account
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.errors import CodeDoesNotFit
from smartstart.programme.models import Municipality, Vindplaats
from smartstart.programme.operations import Beginning, NewPlace, NewTown
from smartstart.web.programme.people_field import Somebody

LINES: Final = forms.Textarea(attrs={"rows": 4})


class Known(forms.ModelChoiceField[Vindplaats]):
    """A place that is known, by its name and municipality."""

    def label_from_instance(self, obj: Vindplaats) -> str:
        """Return the words of one choice."""
        return f"{obj.name} ({obj.municipality.name})"


class Town(forms.ModelChoiceField[Municipality]):
    """A municipality of the region, by its name."""

    def label_from_instance(self, obj: Municipality) -> str:
        """Return the words of one choice."""
        return obj.name


class AcceptForm(forms.Form):
    """What a pilot begins with, and why yes. A new place has a name, a kind and a municipality."""

    called = forms.CharField(label=_("Short name"), max_length=80)
    question = forms.CharField(label=_("The question"), max_length=300, widget=LINES)
    vindplaats = Known(
        label=_("Where"),
        queryset=None,
        required=False,
        empty_label=_("A new place: fill in below"),
    )
    place_name = forms.CharField(label=_("New place: the name"), max_length=120, required=False)
    place_kind = forms.ChoiceField(
        label=_("New place: which kind?"),
        choices=[("", _("Choose")), *VindplaatsKind.choices],
        required=False,
    )
    place_address = forms.CharField(
        label=_("New place: the address"), max_length=200, required=False
    )
    town = Town(
        label=_("New place: the municipality"),
        queryset=None,
        required=False,
        empty_label=_("A new municipality: fill in below"),
    )
    town_name = forms.CharField(
        label=_("New municipality: the name"), max_length=80, required=False
    )
    town_code = forms.CharField(
        label=_("New municipality: the code"),
        help_text=_("GM and four figures, for example GM0855."),
        max_length=6,
        required=False,
        validators=[RegexValidator(r"^[Gg][Mm][0-9]{4}\Z", CodeDoesNotFit.sentence)],
    )
    leader = Somebody(label=_("Who leads it"))
    why = forms.CharField(
        label=_("Why yes"),
        help_text=_("In one sentence, for who proposed it."),
        max_length=2_000,
        widget=LINES,
    )

    def __init__(self, *args: Any, places: Any, towns: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("vindplaats", places), ("town", towns), ("leader", people)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let one place through: a known one, or a new one with all it needs."""
        told = super().clean() or {}
        if told.get("vindplaats") and told.get("place_name"):
            self.add_error("place_name", _("Choose a place from the list, or write a new one."))
        elif not told.get("vindplaats") and "vindplaats" not in self.errors:
            self._ask_what_a_new_place_lacks(told)
        return told

    def _ask_what_a_new_place_lacks(self, told: dict[str, Any]) -> None:
        if not told.get("place_name"):
            self.add_error("vindplaats", _("Choose a place, or write the name of a new one."))
            return
        if not told.get("place_kind"):
            self.add_error("place_kind", _("Choose which kind of place it is."))
        if told.get("town") or {"town", "town_code"} & self.errors.keys():
            return
        if not (told.get("town_name") and told.get("town_code")):
            self.add_error("town", _("Choose a municipality, or write the name and code below."))

    def beginning(self) -> Beginning:
        """Return what the pilot begins with."""
        told = self.cleaned_data
        leader: Account = told["leader"]
        return Beginning(told["called"], self._place(), told["question"], leader)

    def _place(self) -> Vindplaats | NewPlace:
        told = self.cleaned_data
        known: Vindplaats | None = told["vindplaats"]
        if known is not None:
            return known
        town = told["town"] or NewTown(told["town_code"], told["town_name"])
        kind = VindplaatsKind(told["place_kind"])
        return NewPlace(told["place_name"], kind, town, told["place_address"])
