"""What a professional fills in: one line is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base.files.kinds import PAPERS, PICTURES
from smartstart.base.files.limits import LARGEST_MB
from smartstart.circle.queries_work import Place, Receiver
from smartstart.web.choosing import box_of
from smartstart.web.circle.files_forms import WashedField
from smartstart.web.later import filled
from smartstart.web.once import OnceForm


class AnswerForm(OnceForm):
    """The answer to a question, of one line or more."""

    words = forms.CharField(
        label=gettext_lazy("Or answer now"),
        help_text=gettext_lazy("One line is enough. It is read exactly as you write it."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    by_phone = forms.BooleanField(label=gettext_lazy("I called about it"), required=False)
    file = WashedField(
        label=gettext_lazy("Put a file beside it"),
        help_text=filled(
            gettext_lazy("PDF, photo, Word (.docx), .odt or text. At most %(megabytes)s MB."),
            {"megabytes": LARGEST_MB},
        ),
        wanted=PAPERS | PICTURES,
        accept="papers",
        required=False,
    )

    def told(self) -> dict[str, Any]:
        """Return what the operation takes."""
        told = self.cleaned_data
        return {name: told[name] for name in ("words", "by_phone", "file")} | {"reply": told["ref"]}


class WhyForm(forms.Form):
    """A few words why not; the people of the question read them."""

    why = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("A few words. The people of this question read them."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GiveForm(forms.Form):
    """To whom to give a question: who looks after the circle, colleagues, seats one sees."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("To whom?"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, receivers: Sequence[Receiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "to").choices = [(str(one.who.ref), _called(one)) for one in receivers]


class AskForm(OnceForm):
    """One question about one person, to one person."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("To whom?"), coerce=UUID, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("What do you want to know?"),
        help_text=gettext_lazy("One line."),
        max_length=160,
    )
    words = forms.CharField(
        label=gettext_lazy("Tell a little more"),
        help_text=gettext_lazy("The family reads this too."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "to").choices = [(str(one.ref), one.whole) for one in place.people]


def _called(one: Receiver) -> str:
    if one.reads:
        return _("%(who)s. May read this already.") % {"who": one.who.whole}
    return _("%(who)s. We ask the family first.") % {"who": one.who.whole}
