"""Forms of one's own story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.voices.states import Layer, TellBy
from smartstart.web.once import OnceForm
from smartstart.web.voices.forms import CardWordForm
from smartstart.web.voices.keep_until import KeepUntilForm

LINES = forms.Textarea(attrs={"rows": 5})


class OpenForm(forms.Form):
    """What somebody has (the card) and knows (the word). However it is typed."""

    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("Twelve letters. Blanks, dashes and capitals do not matter."),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    word = forms.CharField(
        label=_("Your own word"),
        help_text=_("You chose it when you got the card. Nobody else knows it."),
        max_length=100,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class OwnWordForm(CardWordForm):
    """The second word of who makes a card on the own phone: who types sees what is typed."""

    word = forms.CharField(
        label=_("Your own word"),
        help_text=_("At least four letters. You need it each time. It is not on the card."),
        min_length=4,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class WordsForm(forms.Form):
    """The same in one's own words."""

    words = forms.CharField(
        label=_("How do you want it to stand here?"), max_length=4_000, widget=LINES
    )


class SayForm(OnceForm):
    """Something to say back."""

    words = forms.CharField(label=_("What do you want to say?"), max_length=4_000, widget=LINES)


class HearForm(forms.Form):
    """How somebody wants to hear what was done with the story."""

    tell_by = forms.ChoiceField(
        label=_("How do you want to hear this?"),
        choices=[
            (TellBy.POST.value, _("By post")),
            (TellBy.MAIL.value, _("By mail: only that there is news, never what")),
            (TellBy.PHONE.value, _("On my mobile")),
            (TellBy.NOTHING.value, _("Bring nothing home: I look when I want")),
        ],
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("My mail address, when you choose mail"),
        help_text=_("Only this house reads it. It is gone when you choose something else."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Mail needs an address; any other choice keeps none."""
        told = super().clean() or {}
        if told.get("tell_by") != TellBy.MAIL:
            told["address"] = ""
        elif not told.get("address") and "address" not in self.errors:
            self.add_error("address", _("Write your mail address, or choose another way."))
        return told


class MailForm(forms.Form):
    """Where who thought along wants a mail; empty is nothing at home."""

    address = forms.EmailField(
        label=_("My mail address"),
        help_text=_("We mail only that there is news. Leave it empty: nothing at home."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AllowForm(KeepUntilForm):
    """What may be done with the story, one layer at a time."""

    quote = forms.BooleanField(
        label=_("You may show my words, without my name."),
        help_text=_("I read the words first. I say yes to each of them."),
        required=False,
    )
    share = forms.BooleanField(
        label=_("Another municipality may learn from it too."),
        help_text=_("Without my name, with the same promises."),
        required=False,
    )
    field_order = ("quote", "share", "keep_until")

    def layers(self) -> frozenset[Layer]:
        """Return what was said yes to; using it at all is what the rest stands on."""
        yes = (layer for layer in (Layer.QUOTE, Layer.SHARE) if self.cleaned_data[layer.value])
        return frozenset({Layer.USE, *yes})
