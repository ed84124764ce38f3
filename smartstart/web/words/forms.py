"""Forms of the dictionary: propose, and answer a proposal."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.consult import identity
from smartstart.language.errors import ItTellsWho
from smartstart.language.models import About
from smartstart.language.operations_proposals import Told
from smartstart.language.queries import TermLine
from smartstart.people.models import Domain
from smartstart.web.library.writing import Doubt, doubts
from smartstart.web.once import OnceForm

LINES = forms.Textarea(attrs={"rows": 3})
FIELDS = [("", _("no field, everybody says it")), *Domain.choices]


class ProposeForm(OnceForm):
    """A new word, or something about ``term``. ``website`` is seen by machines only."""

    word = forms.CharField(label=_("Which word?"), max_length=60)
    about = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=[(About.PLAIN, About.PLAIN.label), (About.MEANING, About.MEANING.label)],
        widget=forms.RadioSelect,
    )
    domain = forms.ChoiceField(label=_("Who uses the word so?"), choices=FIELDS, required=False)
    text = forms.CharField(
        label=_("How would you say it?"),
        help_text=_("One or two short sentences. Do not write names of people."),
        max_length=300,
        widget=LINES,
    )
    website = forms.CharField(label=_("Leave this box empty"), required=False)
    given = forms.CharField(widget=forms.HiddenInput, required=False)
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, term: TermLine | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        del self.fields["about" if term is None else "word"]

    def clean(self) -> dict[str, Any]:
        """A meaning belongs to a field; no words are a number of somebody."""
        told = super().clean()
        if identity.tells_for_certain(self.words()):
            self.add_error("text", ItTellsWho.sentence)
        if told.get("about") == About.MEANING and not told.get("domain"):
            self.add_error("domain", _("Choose who uses the word so."))
        return told

    def words(self) -> str:
        """Return all that others may read, a word in small letters as the dictionary writes it."""
        said = self.cleaned_data
        return f"{said.get('word', '').casefold()}.\n{said.get('text', '')}"

    def mark(self) -> str:
        """Return what stands for these very words: other words are looked at anew."""
        return sha256(self.words().encode()).hexdigest()

    def doubts(self) -> list[Doubt]:
        """Return what may tell who it is about, while its writer did not look at it."""
        is_looked_at = self.cleaned_data["looked"] == self.mark()
        return [] if is_looked_at else doubts(self.words())

    def told(self) -> Told:
        """Return what was proposed, without what is for machines."""
        said = self.cleaned_data
        if self.term is None:
            return Told(About.WORD, said["text"], word=said["word"], domain=said["domain"])
        about = About(said["about"])
        domain = said["domain"] if about == About.MEANING else ""
        return Told(about, said["text"], term=self.term.id, domain=domain)


class PlainerForm(forms.Form):
    """A text that somebody is writing, and who reads it. Nothing of it is kept."""

    words = forms.CharField(
        label=_("What do you write?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    readers = forms.MultipleChoiceField(
        label=_("Who reads it?"),
        help_text=_("Then we also look for words that mean something else to them."),
        choices=Domain.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AnswerForm(forms.Form):
    """Why a proposal comes in or not."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("Who proposed it reads this."),
        max_length=300,
        widget=LINES,
    )
