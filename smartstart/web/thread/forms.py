"""Forms of the thread: one for each kind of thing, a reason for a gap, a tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.language.models import Language
from smartstart.programme.models import Pilot, QuestionVersion
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Translated
from smartstart.web.once import OnceForm

LINES: Final = 3
MANY: Final = 2_000
Choices = Sequence[tuple[str, str]]


class Day(forms.DateInput):
    """A box for a day, with the phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _lines(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": LINES})
    return forms.CharField(
        label=label, help_text=help_text, max_length=MANY, required=required, widget=box
    )


class ThingForm(OnceForm):
    """A title, more words, and what it rests on: ``below`` are (reference, words)."""

    title = forms.CharField(label=_("Title"), max_length=300)
    words = _lines(_("Tell more"))
    rests_on = forms.MultipleChoiceField(
        label=_("What does this rest on?"),
        help_text=_("Choose the voices, figures or steps from which this came."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pilot: Pilot, below: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pilot = pilot
        if below:
            self.fields["rests_on"].choices = below  # type: ignore[attr-defined]
        else:
            del self.fields["rests_on"]
        if "question" in self.fields:
            questions = pilot.questions.order_by("-number")
            self.fields["question"].queryset = questions  # type: ignore[attr-defined]
            self.fields["question"].label_from_instance = str_of  # type: ignore[attr-defined]

    @classmethod
    def told_fields(cls) -> list[str]:
        """Return the fields that tell about the thing itself."""
        return [name for name in cls.base_fields if name != "ref"]

    def told(self) -> dict[str, Any]:
        """Return the fields besides the title and what it rests on."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"ref", "title", "rests_on"}}


def str_of(question: Any) -> str:
    """Return the wording of a question."""
    return str(question.text)


class InsightForm(ThingForm):
    """What the team learned."""

    title = forms.CharField(
        label=_("What did you learn?"),
        help_text=_("One sentence, in plain words. No names."),
        max_length=300,
    )


class HowMightWeForm(ThingForm):
    """A question that opens the search."""

    title = forms.CharField(
        label=_("How might we…"),
        help_text=_("For example: …make sure a parent tells it once?"),
        max_length=300,
    )


class IdeaForm(ThingForm):
    """Something that might work."""

    title = forms.CharField(label=_("What might work?"), max_length=300)


class ConceptForm(ThingForm):
    """A solution in the fixed form of the programme."""

    title = forms.CharField(label=_("What is it called?"), max_length=300)
    goal = _lines(_("Goal"), _("What gets better, and for whom?"), required=True)
    words = _lines(_("How does it work?"))
    principles = _lines(_("What do you hold on to?"))
    data_used = _lines(_("Which stories and figures did you use?"))
    test_results = _lines(_("What did the tests show?"))
    question: forms.ModelChoiceField[QuestionVersion] = forms.ModelChoiceField(
        label=_("For which question?"), queryset=None, required=False, empty_label=_("not chosen")
    )
    developed_with = _lines(_("With whom did you make it?"), _("No names. For example: parents."))
    field_order = [
        "title",
        "goal",
        "words",
        "principles",
        "data_used",
        "test_results",
        "question",
        "developed_with",
        "rests_on",
    ]


class PrototypeForm(ThingForm):
    """A first form that people can try."""

    title = forms.CharField(label=_("What can people try?"), max_length=300)


class TestForm(ThingForm):
    """A prototype tried by so many people."""

    title = forms.CharField(label=_("What did you try?"), max_length=300)
    tested_on = forms.DateField(label=_("On which day?"), required=False, widget=Day)
    who = forms.CharField(
        label=_("Who tried it?"),
        help_text=_("No names. For example: six parents and two teachers."),
        max_length=200,
        required=False,
    )
    people = forms.IntegerField(
        label=_("How many people tried it?"), min_value=0, max_value=10_000, required=False
    )
    went_on = forms.IntegerField(
        label=_("How many of them went on?"), min_value=0, max_value=10_000, required=False
    )
    changed = _lines(_("What did you change after it?"), _("Also when you changed nothing."))

    def clean(self) -> dict[str, Any]:
        """No more went on than tried it."""
        told = super().clean() or {}
        people, went_on = told.get("people"), told.get("went_on")
        if went_on is not None and (people is None or went_on > people):
            self.add_error("went_on", _("This cannot be more than tried it."))
        return told


class FindingForm(ThingForm):
    """What turned out to be so."""

    title = forms.CharField(
        label=_("What did you find?"),
        help_text=_("Also when it did not work."),
        max_length=300,
    )
    found_on = forms.DateField(label=_("On which day?"), required=False, widget=Day)


FORMS: Final[dict[Kind, type[ThingForm]]] = {
    Kind.INSIGHT: InsightForm,
    Kind.HOW_MIGHT_WE: HowMightWeForm,
    Kind.IDEA: IdeaForm,
    Kind.CONCEPT: ConceptForm,
    Kind.PROTOTYPE: PrototypeForm,
    Kind.TEST: TestForm,
    Kind.FINDING: FindingForm,
}


class GapForm(forms.Form):
    """Why something is missing below a solution."""

    words = forms.CharField(
        label=_("Why is it missing?"),
        help_text=_("Everyone can read this once you publish."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": LINES}),
    )


class TranslateForm(forms.Form):
    """What a thing says in another language."""

    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=[(code, Language(code).label) for code in Translated.Language.values],
    )
    title = forms.CharField(
        label=_("The same in that language"),
        help_text=_("Let somebody write it who speaks it well."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    words = forms.CharField(
        label=_("Tell more"),
        max_length=MANY,
        required=False,
        widget=forms.Textarea(attrs={"rows": LINES, "dir": "auto"}),
    )


class TieForm(forms.Form):
    """What a knot rests on besides."""

    lower = forms.ChoiceField(label=_("What does this rest on as well?"))

    def __init__(self, *args: Any, below: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lower"].choices = below  # type: ignore[attr-defined]
