"""Forms of personas and roads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.design.models.journeys import Contact, HelpGiven, LifeEvent
from smartstart.design.models.personas import Facet
from smartstart.design.roles import ParticipantRole
from smartstart.web.once import OnceForm

Choices = Sequence[tuple[str, str]]


class PersonaForm(OnceForm):
    """An invented name and one sentence."""

    name = forms.CharField(
        label=_("A first name that you make up"),
        help_text=_("Never of somebody who talked with you."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    about = forms.CharField(
        label=_("Who is this, in one sentence?"),
        help_text=_("For example: alone with two children, works in the evening."),
        max_length=200,
    )


class TargetForm(forms.Form):
    """How many people of one role a pilot is about."""

    role = forms.ChoiceField(label=_("Who"), choices=ParticipantRole.choices)
    people = forms.IntegerField(
        label=_("About how many people is it?"), min_value=0, max_value=1_000_000
    )


class TraitForm(OnceForm):
    """One trait, and who said so."""

    facet = forms.ChoiceField(label=_("What is it about?"), choices=Facet.choices)
    words = forms.CharField(label=_("What is true of this person?"), max_length=300)
    sources = forms.MultipleChoiceField(
        label=_("Who said this?"),
        help_text=_("Choose at least one. Without a voice it is a guess."),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("facet", "words", "sources")

    def __init__(self, *args: Any, voices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].choices = voices  # type: ignore[attr-defined]


class MomentForm(OnceForm):
    """A moment on a road: the piece, the event, the contact, what came of it."""

    piece = forms.ChoiceField(label=_("What was said?"), widget=forms.RadioSelect)
    event = forms.ChoiceField(label=_("What happened then?"), choices=LifeEvent.choices)
    contact = forms.ChoiceField(label=_("With whom was there contact?"), choices=Contact.choices)
    help_given = forms.ChoiceField(
        label=_("Was there help that fitted?"), choices=HelpGiven.choices, widget=forms.RadioSelect
    )
    field_order = ("piece", "event", "contact", "help_given")

    def __init__(self, *args: Any, pieces: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].choices = pieces  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return the moment besides the piece it rests on."""
        given = self.cleaned_data
        return {
            "event": LifeEvent(given["event"]),
            "contact": Contact(given["contact"]),
            "help_given": HelpGiven(given["help_given"]),
            "ref": given["ref"],
        }
