"""Forms of a photo: choose one, and say what on it nobody may see."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Self
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from smartstart.base.files.errors import FileIsBroken
from smartstart.base.files.kinds import PICTURES, FileKind
from smartstart.base.files.limits import LARGEST_MB
from smartstart.base.files.washing import Washed, wash
from smartstart.design.boards_photo import LONG, MOST_SHOWN, SHORT, Grid, grid_of, painted
from smartstart.web.circle.files_forms import WashedField
from smartstart.web.later import filled
from smartstart.web.once import OnceForm, Reference

LOOKED = _("I looked: no face and no name can be seen.")
LOOK_FIRST = _("Look first whether a face or a name can be seen. Then tick this.")


class PhotoForm(OnceForm):
    """A photo, made now or chosen. ``ready``: script hid already what nobody may see."""

    take = WashedField(
        label=_("Make a photo with this phone"), wanted=PICTURES, accept="picture", required=False
    )
    choose = WashedField(
        label=_("Or choose a photo"),
        help_text=filled(_("At most %(megabytes)s MB."), {"megabytes": LARGEST_MB}),
        wanted=PICTURES,
        accept="picture",
        required=False,
    )
    ready = forms.BooleanField(required=False, widget=forms.HiddenInput)
    looked = forms.BooleanField(required=False, label=LOOKED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask a phone for its camera where that is what was pressed."""
        super().__init__(*args, **kwargs)
        self.fields["take"].widget.attrs["capture"] = "environment"

    def clean(self) -> dict[str, Any]:
        """One photo; and when it comes in ready, somebody looked."""
        told = super().clean()
        if not self.errors and not (told.get("take") or told.get("choose")):
            self.add_error("choose", _("Make a photo, or choose one."))
        if told.get("ready") and not told.get("looked"):
            self.add_error("looked", LOOK_FIRST)
        return told

    def photo(self) -> bytes:
        """Return the washed photo as JPEG."""
        told: Washed = self.cleaned_data["take"] or self.cleaned_data["choose"]
        return painted(told.content, most=0 if self.cleaned_data["ready"] else MOST_SHOWN)


class HideOnPhotoForm(forms.Form):
    """Squares over a photo that is nowhere kept yet: it travels in the page."""

    ref = Reference()
    picture = forms.CharField(widget=forms.HiddenInput, required=False)
    cells = forms.TypedMultipleChoiceField(
        choices=[(number, number) for number in range(LONG * SHORT)], coerce=int, required=False
    )
    looked = forms.BooleanField(label=LOOKED, error_messages={"required": LOOK_FIRST})

    @classmethod
    def of(cls, photo: bytes, ref: UUID | None) -> Self:
        """Return the form with this photo in it."""
        return cls(initial={"picture": base64.b64encode(photo).decode(), "ref": ref})

    def clean_picture(self) -> bytes:
        """Wash what came back as if it were new: it could be anything. Raises a FileRefused."""
        try:
            content = base64.b64decode(self.cleaned_data["picture"], validate=True)
        except (binascii.Error, ValueError):
            raise FileIsBroken from None
        return wash(content, "", wanted={FileKind.JPEG}).content

    def photo(self) -> bytes:
        """Return the photo with what was chosen painted over."""
        return painted(self.cleaned_data["picture"], self.cleaned_data["cells"])

    @property
    def shown(self) -> str:
        """The photo as an address that holds it whole."""
        return f"data:image/jpeg;base64,{self['picture'].value()}"

    @cached_property
    def grid(self) -> Grid:
        """The squares over this photo."""
        return grid_of(base64.b64decode(str(self["picture"].value())))

    @property
    def squares(self) -> list[dict[str, Any]]:
        """The squares row by row: number, row, column, whether it was chosen."""
        chosen = set(map(str, self["cells"].value() or ()))
        across = self.grid.across
        return [
            {"cell": n, "row": n // across + 1, "column": n % across + 1, "on": str(n) in chosen}
            for n in range(across * self.grid.down)
        ]

    @property
    def is_wide(self) -> bool:
        """Whether the photo lies."""
        return self.grid.across > self.grid.down
