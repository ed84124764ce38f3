"""Saying who decides about a child, and on which paper somebody saw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.operations_authority import OF_INSTITUTION
from smartstart.circle.queries_opening import Contact
from smartstart.circle.states import AuthorityKind, Paper
from smartstart.web.circle.forms import contact_choices, day_field

KINDS = [
    (AuthorityKind.PARENT.value, _("parent who decides")),
    (AuthorityKind.NO_AUTHORITY.value, _("parent who does not decide")),
    (AuthorityKind.FOSTER_PARENT.value, _("foster parent")),
    (AuthorityKind.GUARDIAN.value, _("guardian, of an organisation or a person")),
    (AuthorityKind.SUPERVISION.value, _("supervision, ordered by a judge")),
]


class AuthorityForm(forms.Form):
    """Who, as what, and from which day."""

    kind = forms.ChoiceField(label=_("This is"), choices=KINDS, widget=forms.RadioSelect)
    adult = forms.ChoiceField(
        label=_("Who is it?"),
        help_text=_("Not in the list? Let this person into your circle first."),
        required=False,
    )
    function = forms.ChoiceField(
        label=_("Or which organisation?"),
        help_text=_("Only for a guardian or for supervision."),
        required=False,
    )
    from_day = day_field(_("From which day?"), _("Leave it empty for today."), required=False)
    last_day = day_field(_("Until and including"), _("Only when you know it."), required=False)

    def __init__(
        self,
        *args: Any,
        adults: Sequence[tuple[UUID, str]],
        contacts: Sequence[Contact],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        adult, function = (
            cast(forms.ChoiceField, self.fields[name]) for name in ("adult", "function")
        )
        adult.choices = [
            ("", _("Nobody of this list")),
            *((str(ref), name) for ref, name in adults),
        ]
        function.choices = [("", _("Not an organisation")), *contact_choices(contacts)]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one who fits what they are."""
        told = super().clean() or {}
        institution = told.get("kind") in {one.value for one in OF_INSTITUTION}
        chosen = [one for one in (told.get("adult"), told.get("function")) if one]
        if len(chosen) != 1:
            self.add_error("adult", _("Choose one person or one organisation."))
        elif told.get("function") and not institution:
            self.add_error("function", _("An organisation is a guardian or does supervision."))
        return told

    def told(self) -> dict[str, Any]:
        """Return what ``state_authority`` takes; an empty day is left out."""
        told = self.cleaned_data
        who = UUID(told["adult"] or told["function"])
        days = {name: told[name] for name in ("from_day", "last_day") if told[name]}
        return {"who": who, "kind": AuthorityKind(told["kind"]), **days}


class PaperForm(forms.Form):
    """On which paper one saw it oneself."""

    paper = forms.ChoiceField(
        label=_("Which paper did you see?"),
        help_text=_("We keep no copy. Only which paper, you and today."),
        choices=[(one.value, one.label) for one in Paper if one is not Paper.HOME],
        widget=forms.RadioSelect,
    )


class LastDayForm(forms.Form):
    """The last day that somebody decides."""

    last_day = day_field(_("What is the last day?"))
