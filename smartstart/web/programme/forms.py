"""Forms of the programme: propose, answer, and the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartstart.access.permissions import Role
from smartstart.programme import queries
from smartstart.programme.choices import Answer, RequestState, Side, VindplaatsKind
from smartstart.programme.errors import FigureIncomplete, MoreHeardThanTookPart
from smartstart.programme.operations import Seen
from smartstart.web.once import OnceForm
from smartstart.web.programme.people_field import Somebody

LINES = forms.Textarea(attrs={"rows": 4})
WE_KNOW_NOBODY = _("We know nobody with this user name. Ask the administrator to invite them.")


class Day(forms.DateInput):
    """A box for a day, with the phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProposeForm(OnceForm):
    """What somebody saw returning. ``website`` is seen by machines only."""

    sees = forms.CharField(
        label=_("What do you see coming back?"),
        help_text=_("Three sentences are enough. Do not write names of families."),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=4_000,
    )
    place = forms.CharField(
        label=_("Where do you see it?"),
        help_text=_("A school, a food bank, a neighbourhood."),
        max_length=200,
        required=False,
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("A phone number, or something else that suits you."),
        max_length=120,
        required=False,
    )
    website = forms.CharField(label=_("Leave this box empty"), required=False)
    given = forms.CharField(widget=forms.HiddenInput, required=False)

    def seen(self) -> Seen:
        """Return what was told, without what is for machines."""
        told = self.cleaned_data
        return Seen(told["sees"], told["place"], told["name"], told["reach"])


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Why"), max_length=300, widget=LINES)


class NoteForm(forms.Form):
    """What stands behind a mark."""

    note = forms.CharField(
        label=_("What is it?"),
        help_text=_("For example: with 14 parents. No names. Everyone can read this."),
        max_length=300,
        required=False,
    )


class QuestionForm(forms.Form):
    """The question in other words."""

    text = forms.CharField(label=_("The question"), max_length=300, widget=LINES)
    changed_by = forms.CharField(
        label=_("What changed it?"),
        help_text=_("For example: 12 talks with parents."),
        max_length=300,
    )
    told = forms.CharField(
        label=_("Is it a step back? Then tell why."),
        help_text=_("Everyone can read this."),
        max_length=500,
        required=False,
        widget=LINES,
    )


class DeviationForm(forms.Form):
    """Another stand than computed, and why."""

    halves = forms.TypedChoiceField(label=_("Which stand do you show?"), coerce=int)
    reason = forms.CharField(
        label=_("Why is it different?"),
        help_text=_("Everyone can read this."),
        max_length=500,
        widget=LINES,
    )
    until = forms.DateField(
        label=_("Until and including"), help_text=_("Half a year at most."), widget=Day
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["halves"].choices = stand_choices()  # type: ignore[attr-defined]


def stand_choices() -> list[tuple[int, str]]:
    """Return the eleven stands, each with what it means in the language of the visitor."""
    return [
        (halves, f"{number_format(stand)}: {gettext(words)}")
        for halves, stand, words in queries.stands()
    ]


class TeamForm(forms.Form):
    """Somebody and their role in the pilot."""

    account = Somebody(label=_("Who?"), required=False)
    username = forms.CharField(
        label=_("Not on the list? Their user name"), max_length=60, required=False
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            ("", _("Choose")),
            (Role.PROJECT_LEADER.value, _("leads the pilot")),
            (Role.RESEARCHER.value, _("does research")),
            (Role.FACILITATOR.value, _("leads sessions")),
            (Role.MEEDENKER.value, _("thinks along")),
        ],
    )
    called = forms.CharField(
        label=_("What this person is called here"),
        help_text=_("For example: researcher."),
        max_length=80,
    )
    last_day = forms.DateField(label=_("Until and including"), required=False, widget=Day)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take the person from the list, or by the user name they told."""
        told = super().clean() or {}
        typed = told.pop("username", "")
        if typed and not told.get("account"):
            told["account"] = queries.somebody_called(typed)
            if told["account"] is None:
                self.add_error("username", WE_KNOW_NOBODY)
        elif not told.get("account") and "account" not in self.errors:
            self.add_error("account", _("Choose somebody from the list."))
        return told


class DecisionForm(OnceForm):
    """What must be decided, by when, and who takes it up."""

    what = forms.CharField(label=_("What must be decided?"), max_length=300)
    holder = Somebody(label=_("Who takes this up?"))
    due_on = forms.DateField(label=_("Before which day?"), widget=Day)
    is_public = forms.BooleanField(label=_("Show this on the public page"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = people  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """What was decided."""

    outcome = forms.CharField(label=_("What was decided?"), max_length=500, widget=LINES)


class RequestForm(OnceForm):
    """Figures asked of somebody."""

    asked_of = forms.CharField(
        label=_("Of whom?"), help_text=_("An organisation, not a person."), max_length=120
    )
    what = forms.CharField(label=_("Which figures?"), max_length=300)


class RequestAnswerForm(forms.Form):
    """What came of it."""

    state = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[
            (RequestState.GOT.value, _("We received it")),
            (RequestState.REFUSED.value, _("They refused")),
        ],
        widget=forms.RadioSelect,
    )
    ground = forms.CharField(label=_("Which reason did they give?"), max_length=300, required=False)


class LessonForm(OnceForm):
    """What the pilot learned, and when another should think of it."""

    text = forms.CharField(label=_("What did you learn?"), max_length=300, widget=LINES)
    advice = forms.CharField(label=_("What can another pilot do?"), max_length=300, required=False)
    halves = forms.TypedChoiceField(label=_("From which stand does it matter?"), coerce=int)
    kind = forms.ChoiceField(
        label=_("For which kind of place?"),
        choices=[("", _("every place")), *VindplaatsKind.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["halves"].choices = stand_choices()  # type: ignore[attr-defined]


class LessonAnswerForm(forms.Form):
    """What this pilot does with a lesson of another."""

    answer = forms.ChoiceField(
        label=_("What do you do with it?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Why"), max_length=300, widget=LINES)


class EthicsForm(OnceForm):
    """A doubt and a choice."""

    doubt = forms.CharField(
        label=_("What did you doubt?"),
        help_text=_("Write no names."),
        max_length=1000,
        widget=LINES,
    )
    choice = forms.CharField(
        label=_("What did you choose, and why?"), max_length=1000, widget=LINES
    )


class FigureForm(OnceForm):
    """One thing that is known in a number, or not."""

    words = forms.CharField(
        label=_("What is it about?"), help_text=_("For example: of the families."), max_length=200
    )
    value = forms.CharField(
        label=_("The number"),
        help_text=_("Leave empty when not known."),
        max_length=40,
        required=False,
    )
    low = forms.CharField(label=_("At least"), max_length=20, required=False)
    high = forms.CharField(label=_("At most"), max_length=20, required=False)
    sure = forms.CharField(
        label=_("Or: how sure is it?"),
        help_text=_("For example: from 11 talks, not a count."),
        max_length=200,
        required=False,
    )
    source = forms.CharField(label=_("Source"), max_length=120, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, required=False)
    why_unknown = forms.CharField(label=_("Why is it not known?"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Let no number through without its uncertainty, source and year."""
        told = super().clean() or {}
        sure = (told.get("low") and told.get("high")) or told.get("sure")
        if told.get("value") and not (sure and told.get("source") and told.get("year")):
            raise forms.ValidationError(FigureIncomplete.sentence)
        if not told.get("value") and not told.get("why_unknown"):
            self.add_error("why_unknown", _("Say why the number is not known."))
        return told


class TookPartForm(forms.Form):
    """How many people of one side took part and heard back."""

    side = forms.ChoiceField(label=_("Who"), choices=Side.choices)
    people = forms.IntegerField(label=_("How many took part?"), min_value=0, max_value=10_000)
    heard_back = forms.IntegerField(label=_("How many heard back?"), min_value=0, max_value=10_000)
    rest_hears_by = forms.DateField(
        label=_("When does the rest hear back?"), required=False, widget=Day
    )

    def clean(self) -> dict[str, Any]:
        """Nobody hears back who did not take part."""
        told = super().clean() or {}
        if told.get("heard_back", 0) > told.get("people", 0):
            self.add_error("heard_back", MoreHeardThanTookPart.sentence)
        return told
