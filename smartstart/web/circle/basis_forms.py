"""On what an organisation takes part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.regimes import Regime
from smartstart.web.circle.forms import day_field

REGIMES = [
    (Regime.YOUTH_CARE.value, _("youth care")),
    (Regime.HEALTH.value, _("health care")),
    (Regime.OTHER.value, _("something else, such as school or debt help")),
]


class BasisForm(forms.Form):
    """Law, article, agreement and until when."""

    regime = forms.ChoiceField(
        label=_("Under which law do you work?"), choices=REGIMES, widget=forms.RadioSelect
    )
    article = forms.CharField(
        label=_("Which article?"),
        help_text=_("For example: Jeugdwet artikel 7.3.11. Families read this."),
        max_length=80,
    )
    agreement = forms.CharField(
        label=_("Which agreement did you sign?"),
        help_text=_("Its name and year. Families read this."),
        max_length=120,
    )
    last_day = day_field(
        _("Until and including"), _("Leave it empty when it has no end."), required=False
    )

    def told(self) -> dict[str, Any]:
        """Return what ``set_basis`` takes; an empty day is left out."""
        told = self.cleaned_data
        days = {"last_day": told["last_day"]} if told["last_day"] else {}
        words = {"article": told["article"], "agreement": told["agreement"]}
        return {"regime": Regime(told["regime"]), **words, **days}
