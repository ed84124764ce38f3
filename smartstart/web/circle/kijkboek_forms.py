"""Asking why somebody looked."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_kijkboek import Looker
from smartstart.circle.states import QuestionKind
from smartstart.people.models import Domain
from smartstart.web.once import OnceForm

SOMEBODY: Final[dict[str, str | Promise]] = {
    Domain.POLICE_JUSTICE.value: _("somebody of the police"),
    Domain.SAFETY.value: _("somebody of Veilig Thuis or a shelter"),
}


class WhyForm(OnceForm):
    """The question, already written: who wants another one changes it."""

    words = forms.CharField(
        label=_("Your question"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, looker: Looker, **kwargs: Any) -> None:
        """Fill in the question that most people have."""
        super().__init__(*args, **kwargs)
        who = looker.name or SOMEBODY.get(looker.domain, looker.work)
        self._title = _("Why did %(who)s look?") % {"who": who}
        self.fields["words"].initial = self._title

    def question(self) -> dict[str, Any]:
        """Return what ``ask_question`` takes."""
        return {
            "kind": QuestionKind.WHY,
            "title": str(self._title),
            "words": self.cleaned_data["words"],
            "ref": self.cleaned_data["ref"],
        }
