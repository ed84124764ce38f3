"""Forms of the interviews: plan, consent, text, names, codes, quotes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.base import File
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smartstart.base.files.errors import FileIsTooLarge, FileRefused
from smartstart.people.models import Hat
from smartstart.voices import keeping
from smartstart.voices.describing import require_no_name
from smartstart.voices.refusals import NameStandsInIt, TalkIsTooFarAway
from smartstart.voices.states import Layer
from smartstart.voices.transcripts import read_transcript, read_upload
from smartstart.voices.transcripts.limits import (
    LARGEST_FILE_BYTES,
    LARGEST_FILE_MB,
    LONGEST_TEXT_CHARACTERS,
)
from smartstart.web.later import filled
from smartstart.web.names import named
from smartstart.web.once import OnceForm
from smartstart.web.voices.keep_until import Day, KeepUntilForm

PASTED = "gesprek.txt"


def _described() -> forms.CharField:
    return forms.CharField(
        label=_("How may we call this person for others?"),
        help_text=_("No name. For example: mother, 34 years old."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _without_name(described: str, *, with_whom: str) -> str:
    try:
        require_no_name(described, with_whom=with_whom)
    except NameStandsInIt as refusal:
        raise forms.ValidationError(str(refusal)) from None
    return described


class PlanForm(OnceForm):
    """With whom, how this person is shown, and when."""

    with_whom = forms.CharField(
        label=_("With whom do you talk?"),
        help_text=_("Only the team of this pilot reads this. It is kept sealed."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    described = _described()
    planned_on = forms.DateField(label=_("On which day?"), widget=Day)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_described(self) -> str:
        """Only words without the name that stands above."""
        with_whom = self.cleaned_data.get("with_whom", "")
        return _without_name(self.cleaned_data["described"], with_whom=with_whom)

    def clean_planned_on(self) -> date:
        """Only a day on which one talks."""
        day: date = self.cleaned_data["planned_on"]
        try:
            keeping.require_day_to_talk(day, today=self.today)
        except TalkIsTooFarAway as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return day


class CalledForm(forms.Form):
    """How this person is shown beside what they said."""

    described = _described()

    def __init__(self, *args: Any, with_whom: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._with_whom = with_whom

    def clean_described(self) -> str:
        """Only words without the name of this person."""
        return _without_name(self.cleaned_data["described"], with_whom=self._with_whom)


class ConsentForm(KeepUntilForm):
    """What somebody says yes to, each by itself, in the words of who says it."""

    use = forms.BooleanField(
        label=_("Yes, you may use my story."),
        help_text=_("The team reads it and learns from it."),
        required=False,
    )
    quote = forms.BooleanField(
        label=_("Yes, you may show my words, without my name."),
        help_text=_("I read the words first. I say yes to each of them."),
        required=False,
    )
    share = forms.BooleanField(
        label=_("Yes, another municipality may learn from it too."),
        help_text=_("Without my name, with the same promises."),
        required=False,
    )
    heard = forms.BooleanField(
        label=_("This is what the person said."),
        help_text=_("You write it down for this person, with the day and your role."),
        error_messages={"required": _("Tick this when the person said it so.")},
    )
    field_order = ("use", "quote", "share", "keep_until", "heard")

    def layers(self) -> frozenset[Layer]:
        """Return what was said yes to."""
        return frozenset(layer for layer in Layer if self.cleaned_data[layer.value])

    def clean(self) -> dict[str, Any]:
        """Quoting and sharing need the first yes."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("use"):
            self.add_error(
                "use", _("Without this yes nothing may be done. Tick it, or take all back.")
            )
        return found


class TextForm(forms.Form):
    """A file or a pasted text; what it holds is read here, so that a refusal names the file.

    ``size`` is how large the whole request says it is, in bytes: of a far too large one no file
    arrives. After ``is_valid`` there are ``cleaned_data["read"]`` and ``["content"]``.
    """

    file = forms.FileField(
        label=_("A file"),
        help_text=filled(
            _("Word (.docx), .odt, .vtt or .txt. At most %(megabytes)s MB."),
            {"megabytes": LARGEST_FILE_MB},
        ),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.odt,.vtt"}),
    )
    text = forms.CharField(
        label=_("Or paste the text here"),
        required=False,
        max_length=LONGEST_TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, size: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._size = size

    def clean(self) -> dict[str, Any]:
        """Read what came, whole; a refusal becomes a sentence at the field it is about."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        file, text = found.get("file"), found.get("text", "")
        try:
            if file is None and self._size > LARGEST_FILE_BYTES:
                raise FileIsTooLarge(megabytes=LARGEST_FILE_MB)
            if file is not None:
                return {**found, **_read_file(file)}
            if text.strip():
                content = text.encode()
                return {**found, "content": content, "read": read_transcript(content, PASTED)}
        except FileRefused as refusal:
            self.add_error(
                "text" if file is None and text.strip() else "file", _told(refusal, file)
            )
            return found
        raise forms.ValidationError(_("Choose a file, or paste a text."))


def _read_file(file: File[bytes]) -> dict[str, Any]:
    """Read an upload; the stream itself refuses what is too large before it is in memory."""
    stream = cast(BinaryIO, file)
    read = read_upload(stream, file.name or "", size=file.size)
    file.seek(0)
    return {"read": read, "content": file.read()}


def _told(refusal: FileRefused, file: File[bytes] | None) -> str:
    """Return the sentence of the refusal, with the name of the file in front."""
    return f"“{file.name}”. {refusal}" if file is not None and file.name else str(refusal)


class NameForm(forms.Form):
    """What stands in the place of some words."""

    replacement = forms.CharField(label=_("Write instead"), max_length=100)


class AddNameForm(NameForm):
    """Words that nobody proposed, wherever they stand in the text."""

    words = forms.CharField(
        label=_("Which words?"),
        help_text=_("Precisely as they stand in the text. We replace them everywhere."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("words", "replacement")


class CodeForm(forms.Form):
    """The name of a code and when to use it."""

    name = forms.CharField(label=_("Name of the code"), max_length=120)
    description = forms.CharField(
        label=_("When do you use it?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewCodeForm(CodeForm, OnceForm):
    """A code that is not there yet."""


class CodersForm(forms.Form):
    """Who codes a text: one or two people of the pilot."""

    coders = forms.MultipleChoiceField(
        label=_("Who codes this text?"),
        help_text=_("Choose two people if you can. They do not see each other's codes."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, hats: Sequence[Hat], request: HttpRequest, **kwargs: Any
    ) -> None:
        """Offer these people; the request says whether by name."""
        super().__init__(*args, **kwargs)
        self.fields["coders"].choices = [  # type: ignore[attr-defined]
            (str(hat.ref), named(request, words_of(hat), f"{hat.called} {place}"))
            for place, hat in enumerate(hats, 1)
        ]

    def clean_coders(self) -> list[str]:
        """One or two."""
        chosen: list[str] = self.cleaned_data["coders"]
        if len(chosen) > 2:
            raise forms.ValidationError(_("Choose one or two people."))
        return chosen


def words_of(hat: Hat) -> str:
    """Return who this is and as what."""
    return f"{hat.account.shown_as}, {hat.called}"


class CardWordForm(OnceForm):
    """The second word that the interviewee chooses for the card."""

    word = forms.CharField(
        label=_("Which word does the person choose?"),
        help_text=_("Let the person type it. At least four letters. It is not on the card."),
        min_length=4,
        max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AskQuoteForm(forms.Form):
    """The words that are asked; a part of the excerpt, or all of it."""

    words = forms.CharField(
        label=_("Words that you want to show"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4_000,
    )
