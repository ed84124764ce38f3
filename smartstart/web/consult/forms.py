"""What is filled in around a question without a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_bring import PartRead
from smartstart.consult.letters import as_read
from smartstart.consult.states import AskerKind
from smartstart.web.choosing import box_of
from smartstart.web.once import OnceForm


class Words(forms.CharField):
    """A box for words: what nobody sees in them is left out before anything looks at them."""

    def to_python(self, value: Any) -> str | None:
        """Return the words as a person reads them."""
        return super().to_python(as_read(value) if isinstance(value, str) else value)


class AskForm(forms.Form):
    """A question in plain words; the place may stay empty."""

    words = Words(
        label=_("Your question"),
        help_text=_("Write as you speak. Leave names out."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("You are"),
        choices=[
            (AskerKind.PARENT.value, _("a parent or guardian")),
            (AskerKind.YOUNG_PERSON.value, _("a child or young person")),
            (AskerKind.SOMEBODY.value, _("somebody else")),
        ],
        widget=forms.RadioSelect,
    )
    place = forms.TypedChoiceField(
        label=_("Which school or place is near?"),
        help_text=_("Then we look close by first."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(
        self, *args: Any, places: Sequence[tuple[int, str]], is_function: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "place").choices = [("", _("I would rather not say")), *places]
        if is_function:
            del self.fields["kind"]

    def told(self) -> dict[str, Any]:
        """Return what a draft takes."""
        kind = self.cleaned_data.get("kind", AskerKind.PROFESSIONAL.value)
        return {"kind": kind, **{name: self.cleaned_data[name] for name in ("words", "place")}}


class OpenForm(forms.Form):
    """The code that came with the question. However it is typed."""

    code = forms.CharField(
        label=_("The code of your question"),
        help_text=_("Sixteen letters and numbers. Blanks, dashes and capitals do not matter."),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SaidForm(forms.Form):
    """What is said around a question. ``told``: its page said that only fixed rules look now."""

    told = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5)


class SayForm(SaidForm, OnceForm):
    """A line of an exchange: something more, a question back, or advice."""

    words = Words(
        label=_("What do you want to say?"),
        help_text=_("Leave names out."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(SaidForm, OnceForm):
    """The answer, of one line or more."""

    words = Words(
        label=_("Your answer"),
        help_text=_("One line is enough. It is read exactly as you write it."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    by_phone = forms.BooleanField(label=_("I called about it"), required=False)


class WhyForm(SaidForm):
    """A few words why not; who asked reads them."""

    why = Words(
        label=_("Why not?"),
        help_text=_("A few words. Who asked reads them."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NotYetForm(SaidForm):
    """What is still missing."""

    why = Words(
        label=_("What do you still need?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HelpedForm(SaidForm):
    """A word of thanks, and the school hours that came back: one tap, or nothing."""

    thanks = Words(
        label=_("A word of thanks"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    quarters_back = forms.TypedChoiceField(
        label=_("Did this give hours at school back?"),
        choices=[
            ("", _("I do not know")),
            ("0", _("no")),
            ("4", _("about an hour a week")),
            ("20", _("about five hours a week")),
            ("60", _("more")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class WhomForm(forms.Form):
    """To which function: to take over, or to think along."""

    to = forms.TypedChoiceField(label=_("To whom?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, whom: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "to").choices = [(str(ref), words) for ref, words in whom]


class BringForm(forms.Form):
    """About whom it is, and for who has no function the code of the question."""

    code = forms.CharField(
        label=_("The code of your question"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    part = forms.TypedChoiceField(
        label=_("Who is it about?"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, parts: Sequence[PartRead], by_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box_of(self, "part").choices = [(str(one.ref), one.called) for one in parts]
        if not by_code:
            del self.fields["code"]
