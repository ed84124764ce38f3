"""Forms of design sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from smartstart.base.clock import HERE
from smartstart.design.agendas import ready
from smartstart.design.models import DesignSession
from smartstart.design.models.sessions import LONGEST_PART_MINUTES, MOST_PLACES
from smartstart.design.operations import Piece, Plan
from smartstart.design.operations_guests import Invited, Told
from smartstart.design.operations_money import Amount
from smartstart.design.queries_again import Askable
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import AllowanceForm, Answer, Per, SpokenLanguage, Step
from smartstart.people.models import Hat
from smartstart.web.choosing import box_of
from smartstart.web.names import named
from smartstart.web.once import OnceForm

CENTS = 100
STEPS = [
    (Step.EMPATHISE, _("1. Empathise: listen to how it is")),
    (Step.DEFINE, _("2. Define: what is it really about?")),
    (Step.IDEATE, _("3. Ideas: as many as possible")),
    (Step.PROTOTYPE, _("4. Prototype: make something to show")),
    (Step.TEST, _("5. Test: does it work for people?")),
]


class Day(forms.DateInput):
    """A box for a day, with the phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Euros(forms.DecimalField):
    """An amount as people here write it, with a comma; a point is fine too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Return the amount; None when nothing was written."""
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)


class SessionForm(OnceForm):
    """When, where and who leads; what goes by itself stands below, already filled in."""

    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Leave it empty and it gets the name of its step."),
        max_length=120,
        required=False,
    )
    day = forms.DateField(label=_("Which day?"), widget=Day)
    time = forms.TimeField(
        label=_("What time does it begin?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(
        label=_("Where?"), help_text=_("Name and street, as on the letter."), max_length=200
    )
    led_by = forms.MultipleChoiceField(
        label=_("Who leads it?"),
        help_text=_("Two people: one leads, one watches the time and the people."),
        widget=forms.CheckboxSelectMultiple,
    )
    way_there = forms.CharField(
        label=_("How do people get in?"),
        help_text=_("For example: bus 4, ramp at the side door."),
        max_length=300,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=SpokenLanguage.choices, initial=SpokenLanguage.DUTCH
    )
    interpreter = forms.BooleanField(label=_("An interpreter comes along"), required=False)
    childcare = forms.BooleanField(label=_("Somebody looks after children"), required=False)
    travel_paid = forms.BooleanField(label=_("Travel is paid"), required=False)
    allowance = Euros(
        label=_("How much does each person get, in euros?"),
        help_text=_("The same for everybody. 0 when nobody gets money."),
        max_value=1_000,
        initial=0,
        required=False,
    )
    voucher = forms.BooleanField(
        label=_("A voucher may be chosen instead of money"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, hats: Sequence[Hat], request: HttpRequest, **kwargs: Any
    ) -> None:
        """Offer who can lead; the request says whether by name."""
        super().__init__(*args, **kwargs)
        box_of(self, "led_by").choices = [
            (
                str(hat.ref),
                named(request, f"{hat.account.shown_as}, {hat.called}", f"{hat.called} {place}"),
            )
            for place, hat in enumerate(hats, 1)
        ]

    def leaders(self) -> list[UUID]:
        """Return who was chosen."""
        return [UUID(ref) for ref in self.cleaned_data["led_by"]]

    def clean_led_by(self) -> list[str]:
        """One or two."""
        chosen: list[str] = self.cleaned_data["led_by"]
        if len(chosen) > 2:
            raise forms.ValidationError(_("Choose one or two people."))
        return chosen

    def plan(self, step: Step) -> Plan:
        """Return what was filled in."""
        told = self.cleaned_data
        return Plan(
            title=told["title"] or ready(step).title,
            starts_at=datetime.combine(told["day"], told["time"], tzinfo=HERE),
            place=told["place"],
            allowance_cents=round((told["allowance"] or 0) * CENTS),
            **{name: told[name] for name in _AS_THEY_ARE},
        )


_AS_THEY_ARE = ("way_there", "language", "interpreter", "childcare", "travel_paid", "voucher")


class PlanForm(SessionForm):
    """A new session: also its step."""

    step = forms.ChoiceField(
        label=_("Which step?"),
        help_text=_("You get a ready agenda with what you can say. You may change it."),
        choices=STEPS,
        widget=forms.RadioSelect,
    )
    field_order = ("step", "day", "time", "place", "led_by", "title")


def first_of(session: DesignSession) -> dict[str, Any]:
    """Return a session as its form shows it."""
    begins = session.starts_at.astimezone(HERE)
    return {
        "title": session.title,
        "day": begins.date(),
        "time": begins.time(),
        **like(session),
    }


def like(session: DesignSession) -> dict[str, Any]:
    """Return what a next session is likely to have as well."""
    return {
        "place": session.place,
        "led_by": [str(row.hat.ref) for row in session.facilitators.all()],
        "allowance": f"{session.euros:.2f}".replace(".", ","),
        **{name: getattr(session, name) for name in _AS_THEY_ARE},
    }


class PieceForm(forms.Form):
    """One part of the agenda."""

    title = forms.CharField(label=_("What is this part called?"), max_length=120)
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=LONGEST_PART_MINUTES, initial=15
    )
    script = forms.CharField(
        label=_("What do you do and say?"),
        help_text=_("So that somebody who never did this can do it tonight."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def piece(self) -> Piece:
        """Return what was filled in."""
        told = self.cleaned_data
        return Piece(told["title"], told["minutes"], told["script"])


class InviteForm(OnceForm):
    """Whom to invite: so many people by a way, or one with a name."""

    role = forms.ChoiceField(
        label=_("Whom do you invite?"), choices=ParticipantRole.choices, widget=forms.RadioSelect
    )
    places = forms.IntegerField(
        label=_("How many people?"),
        help_text=_("Each gets a card with an own code. No name is needed."),
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
    )
    way = forms.CharField(
        label=_("By which way?"),
        help_text=_("For example: by the school, at the food bank. No names."),
        max_length=120,
        required=False,
    )
    contact = forms.CharField(
        label=_("Or one person by name"),
        help_text=_("Sealed. Only who leads the pilot or this session reads it."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reach = forms.CharField(
        label=_("How do you reach this person?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def invited(self) -> Invited:
        """Return what was filled in."""
        told = self.cleaned_data
        return Invited(
            ParticipantRole(told["role"]),
            told["places"],
            told["way"],
            told["contact"],
            told["reach"],
        )


def _askable_words(one: Askable) -> str:
    phone = _("Phone %(number)s") % {"number": one.number}
    return f"{phone}, {one.role.label}: {one.session}, {date_format(one.met_on, 'j F Y')}"


class AgainForm(forms.Form):
    """Who of those who thought along before to ask for this session."""

    people = forms.MultipleChoiceField(
        label=_("Whom do you ask?"),
        help_text=_("They read it on their own page. No name is needed."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Sequence[Askable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (str(one.ref), _askable_words(one)) for one in people if not one.is_asked
        ]

    def guests(self) -> list[UUID]:
        """Return who was chosen."""
        return [UUID(one) for one in self.cleaned_data["people"]]


class LetInForm(OnceForm):
    """Somebody who was not invited and is here now."""

    role = forms.ChoiceField(
        label=_("As what does this person come?"),
        choices=ParticipantRole.choices,
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """The answer on a card: come or not, children, a ride, and what one needs."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(Answer.YES, _("Yes, I come")), (Answer.NO, _("No, I rather not"))],
        widget=forms.RadioSelect,
    )
    children = forms.IntegerField(
        label=_("How many children come along?"),
        min_value=0,
        max_value=12,
        initial=0,
        required=False,
    )
    ride = forms.BooleanField(label=_("I have no way to get there"), required=False)
    need = forms.CharField(
        label=_("What do you need to join in well?"),
        help_text=_("For example: large letters, a quiet spot. Only the two who lead read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def told(self, *, name: str = "") -> Told:
        """Return what was filled in."""
        given = self.cleaned_data
        return Told(
            name=name,
            answer=Answer(given["answer"]),
            children=given["children"] or 0,
            ride=given["ride"],
            need=self.told_need(),
        )

    def told_need(self) -> str | None:
        """Return what one needs; None, nothing new, when it was left empty."""
        return self.cleaned_data.get("need") or None


class PlaceForm(AnswerForm):
    """One place as who leads knows it."""

    name = forms.CharField(
        label=_("Name, if the person likes that"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "answer", "children", "ride", "need")

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        """Ask for a need only who leads the session: nobody else may read it."""
        super().__init__(*args, **kwargs)
        box_of(self, "answer").choices = Answer.choices
        self.fields["answer"].label = _("Does this person come?")
        self.fields["ride"].label = _("Has no way to get there")
        self.fields["need"].label = _("What does this person need?")
        if not leads:
            del self.fields["need"]

    def told_need(self) -> str | None:
        """Return what one needs as it stands now: who leads sees it and may empty it."""
        return self.cleaned_data.get("need")


class CodeForm(forms.Form):
    """The code on the letter."""

    code = forms.CharField(
        label=_("The code on your letter"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AllowanceLineForm(OnceForm):
    """Who gets the allowance and in which form."""

    name = forms.CharField(
        label=_("Who gets it?"),
        help_text=_("Sealed under a key of its own. Only who pays reads it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form = forms.ChoiceField(
        label=_("What does the person choose?"), widget=forms.RadioSelect, choices=()
    )
    how = forms.CharField(
        label=_("How does it get there?"),
        help_text=_("For example: in an envelope, on the evening."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, voucher: bool, **kwargs: Any) -> None:
        """Offer a voucher only where there are any."""
        super().__init__(*args, **kwargs)
        offered = [one for one in AllowanceForm if voucher or one is not AllowanceForm.VOUCHER]
        box_of(self, "form").choices = [(one.value, one.label) for one in offered]


class AmountForm(forms.Form):
    """What a municipality said, with its days and who said it."""

    amount = Euros(label=_("Up to how many euros does it not count?"), max_value=100_000)
    per = forms.ChoiceField(label=_("For which time?"), choices=Per.choices)
    from_day = forms.DateField(label=_("It holds from"), widget=Day)
    last_day = forms.DateField(label=_("until and including"), widget=Day, required=False)
    source = forms.CharField(
        label=_("Who said it, and where does it stand?"),
        help_text=_("For example: letter of the municipality, 2 March 2026."),
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        told = super().clean() or {}
        first, last = told.get("from_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day is before the first. Choose a later one."))
        return told

    def told(self) -> Amount:
        """Return what was filled in."""
        given = self.cleaned_data
        return Amount(
            round(given["amount"] * CENTS),
            Per(given["per"]),
            given["from_day"],
            given["last_day"],
            given["source"],
        )
