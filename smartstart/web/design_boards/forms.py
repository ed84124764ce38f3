"""What phones and those who lead send."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.design.boards_kinds import Words
from smartstart.design.boards_rules import (
    GROUP_LETTERS,
    MOST_LETTERS,
    QUESTION_LETTERS,
    change_number,
)
from smartstart.design.models.boards import BoardKind
from smartstart.design.operations_boards_phone import Step
from smartstart.design.roles import ParticipantRole
from smartstart.web.once import OnceForm

ELSE: Final = "else"
_WHO: Final = (("same", _("The same person")), (ELSE, _("Somebody else")))


class JoinForm(forms.Form):
    """A code and a role; ``who``: whether somebody else writes on this device from now on."""

    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    role = forms.ChoiceField(
        label=_("I take part as"),
        choices=ParticipantRole.choices,
        widget=forms.RadioSelect,
    )
    who = forms.ChoiceField(
        label=_("Somebody takes part on this device already. Who writes now?"),
        choices=_WHO,
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_who(self) -> None:
        """Put the question on the form whether this is somebody else."""
        self.fields["who"].widget = forms.RadioSelect(choices=_WHO)
        self.add_error("who", _("Choose who writes now."))


class StepForm(forms.Form):
    """One step of a phone, as script and plain forms send it alike."""

    client = forms.UUIDField()
    counter = forms.IntegerField(min_value=1, max_value=2**53)
    field = forms.CharField(max_length=10)
    note = forms.UUIDField()
    value = forms.CharField(required=False, strip=False)
    column = forms.CharField(required=False, max_length=16)
    base = forms.CharField(required=False, max_length=2_000)

    def clean_base(self) -> tuple[int, ...]:
        """Return the numbers of the texts that the writer saw."""
        typed = str(self.cleaned_data["base"]).split(",")
        return tuple(number for part in typed if (number := change_number(part)))

    def step(self) -> Step:
        """Return what was sent; the form is valid."""
        told: dict[str, Any] = self.cleaned_data
        return Step(**told)


class GroupForm(forms.Form):
    """Which group a note goes into: one that is there, none, or a new one by its name."""

    client = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    ref = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(
        label=_("A new group"),
        help_text=_("Give it a name of a few words."),
        max_length=GROUP_LETTERS,
        error_messages={"required": _("Write a name for the group first.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask a name when no group was pressed."""
        super().__init__(*args, **kwargs)
        self.fields["name"].required = "into" not in self.data

    @property
    def named(self) -> str:
        """The name of a new group; "" when one was pressed."""
        return "" if "into" in self.data else str(self.cleaned_data["name"])

    @property
    def made(self) -> UUID:
        """The reference of a new group: the same for the same name in the same form."""
        return uuid5(self.cleaned_data["ref"], self.named)

    @property
    def into(self) -> str:
        """The reference of the group; "" for none."""
        return str(self.made) if self.named else str(self.data.get("into", ""))


class MakeForm(OnceForm):
    """A new board: its kind and its question."""

    question = forms.CharField(label=_("The question"), max_length=QUESTION_LETTERS)
    kind = forms.ChoiceField(label=_("What kind of board"), choices=BoardKind.choices)


class TurnForm(forms.Form):
    """A switch that goes on or off."""

    switch = forms.ChoiceField(choices=[(n, n) for n in ("lock", "reveal", "count", "close")])
    on = forms.BooleanField(required=False)


class TimerForm(forms.Form):
    """How many minutes; 0 stops."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=120)


class UndoForm(forms.Form):
    """Which deed is undone, by the number of its change."""

    number = forms.IntegerField(min_value=1, max_value=2**62)


class HideForm(forms.Form):
    """Which note, off or on again."""

    note = forms.UUIDField()
    hidden = forms.BooleanField(required=False)


class PlaceForm(forms.Form):
    """Where on the board a note goes."""

    column = forms.CharField(max_length=16)


class PaperForm(OnceForm):
    """A note from paper, typed over by who leads."""

    words = forms.CharField(
        label=_("A note from paper"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    column = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, columns: tuple[tuple[str, Words], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if columns:
            choices = [(slug, str(words)) for slug, words in columns]
            self.fields["column"] = forms.ChoiceField(label=_("Where"), choices=choices)
        else:
            del self.fields["column"]

    def told(self) -> tuple[UUID, str, str]:
        """Return reference, words and column."""
        data = self.cleaned_data
        return data["ref"], data["words"], data.get("column", "")


class GuestForm(forms.Form):
    """The role of one phone as who leads sees it, or that it goes."""

    number = forms.IntegerField(min_value=1)
    role = forms.ChoiceField(choices=ParticipantRole.choices)
    away = forms.BooleanField(required=False)
