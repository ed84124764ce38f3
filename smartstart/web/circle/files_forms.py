"""A box for a file: what comes in is washed here, so that a refusal stands beside the box."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from smartstart.base.files.errors import FileRefused
from smartstart.base.files.kinds import PAPERS, PICTURES, SOUNDS, FileKind
from smartstart.base.files.limits import LARGEST_MB
from smartstart.base.files.washing import Washed, wash
from smartstart.web.later import filled
from smartstart.web.once import OnceForm

ACCEPT: Final = {
    "papers": ".pdf,.png,.jpg,.jpeg,.txt,.docx,.odt,image/jpeg,image/png",
    "picture": "image/jpeg,image/png",
    "sound": "audio/webm,audio/ogg,audio/mp4,audio/wav,.webm,.ogg,.opus,.m4a,.wav",
}


class WashedField(forms.FileField):
    """Gives a ``Washed`` file, or None; the sentence of what was refused is its error."""

    def __init__(
        self, *args: Any, wanted: Collection[FileKind], accept: str, **kwargs: Any
    ) -> None:
        kwargs["widget"] = forms.FileInput(attrs={"accept": ACCEPT[accept]})
        super().__init__(*args, allow_empty_file=True, **kwargs)
        self.wanted = wanted

    def clean(self, data: Any, initial: Any = None) -> Washed | None:
        """Wash what came. Raises ValidationError."""
        file: File[bytes] | None = super().clean(data, initial)
        if not file:
            return None
        try:
            return wash(file.read(), file.name or "", wanted=self.wanted)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class FileForm(OnceForm):
    """One file beside what somebody wrote, and what they call it."""

    file = WashedField(
        label=_("Choose a file"),
        help_text=filled(
            _("PDF, photo, Word (.docx), .odt or text. At most %(megabytes)s MB."),
            {"megabytes": LARGEST_MB},
        ),
        wanted=PAPERS | PICTURES,
        accept="papers",
        error_messages={
            "required": filled(
                _("Choose a file of at most %(megabytes)s MB."), {"megabytes": LARGEST_MB}
            )
        },
    )
    called = forms.CharField(
        label=_("What is it?"),
        help_text=_("For example: letter of the doctor."),
        max_length=80,
        required=False,
    )


class SayForm(OnceForm):
    """What a child wants to say: in words, drawn or photographed, or spoken."""

    words = forms.CharField(
        label=_("What do you want to say?"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    picture = WashedField(
        label=_("A drawing or a photo"),
        help_text=_("Draw on paper and make a photo. Or choose one."),
        wanted=PICTURES,
        accept="picture",
        required=False,
    )
    sound = WashedField(
        label=_("Your voice"),
        help_text=_("A recording of your phone is fine."),
        wanted=SOUNDS,
        accept="sound",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the three is enough."""
        told = super().clean()
        boxes = ("words", "picture", "sound")
        if not self.errors and not any(told.get(name) for name in boxes):
            self.add_error("words", _("Write, draw or say something first."))
        return told

    def files_said(self) -> list[Washed]:
        """Return what was drawn and spoken."""
        return [one for name in ("picture", "sound") if (one := self.cleaned_data[name])]
