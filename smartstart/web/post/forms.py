"""Where somebody wants mail, and how often."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.post.models import Mailbox

OFTEN: Final = (
    (Mailbox.Rhythm.DAILY.value, _("Once a day, in the morning")),
    (Mailbox.Rhythm.SOON.value, _("Within a quarter of an hour, at most three a day")),
)


class MailForm(forms.Form):
    """An address and a rhythm."""

    address = forms.CharField(
        label=_("Your mail address"),
        help_text=_("Does somebody else read your mail? Then leave mail off."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=OFTEN,
        initial=Mailbox.Rhythm.DAILY.value,
        widget=forms.RadioSelect,
    )
