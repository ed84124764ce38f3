"""Which text is not clear."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.web.once import OnceForm


class UnclearForm(OnceForm):
    """The text that somebody does not get, typed over or told."""

    words = forms.CharField(
        label=_("What do you not get?"),
        help_text=_("Type a word or a line. Or tell where it stands."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
