"""What a family fills in: one page at a time, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.base.clock import today
from smartstart.circle.errors import BirthDateDoesNotFit, DayIsOver
from smartstart.circle.operations_seats import Place
from smartstart.circle.queries_opening import Contact, is_a_childs
from smartstart.circle.scene import PartLine
from smartstart.circle.states import AuthorityKind, SeatKind
from smartstart.web.once import OnceForm
from smartstart.web.people.forms import CARD, InvitationCodeForm, TakeInvitationForm

DAY = {"type": "date"}


def day_field(
    label: Any, help_text: Any = "", *, required: bool = True, ahead: int | None = None
) -> forms.DateField:
    """Return a field for one day, ``ahead``: at least so many days from today.

    The operation refuses what does not fit as well; said by the field, the form stays filled in.
    """
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        validators=[] if ahead is None else [_at_least(ahead)],
    )


def _at_least(days: int) -> Callable[[date], None]:
    def look(day: date) -> None:
        if day < today() + timedelta(days=days):
            raise forms.ValidationError(DayIsOver.sentence)

    return look


def a_childs_birthday(day: date) -> None:
    """Raise ValidationError for a birthday that no child has."""
    if not is_a_childs(day, on=today()):
        raise forms.ValidationError(BirthDateDoesNotFit.sentence)


def contact_choices(contacts: Sequence[Contact]) -> list[tuple[str, str]]:
    """Return functions as choices: a name, the work, and where; of the police the work alone."""
    said = [(str(one.ref), dict.fromkeys([one.name, one.work, one.works_at])) for one in contacts]
    return [(ref, ", ".join(words)) for ref, words in said]


HALF_A_YEAR: Final = timedelta(days=182)


class NameForm(OnceForm):
    """The first page of opening: what the family calls its circle."""

    called = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("For example: our house. Only your circle sees this."),
        max_length=80,
    )


class ContactForm(NameForm):
    """The second page: who looks after it; the name comes along unseen."""

    called = forms.CharField(max_length=80, widget=forms.HiddenInput)
    coordinator = forms.ChoiceField(
        label=_("Who looks after your circle?"),
        help_text=_("This person sees to it that each question gets an answer."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one person.")},
    )

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["coordinator"])
        field.choices = contact_choices(contacts)

    def clean_coordinator(self) -> UUID:
        """Return the reference of the function."""
        return UUID(self.cleaned_data["coordinator"])


class ChildForm(OnceForm):
    """One child: a first name and a birthday."""

    called = forms.CharField(label=_("First name"), max_length=80)
    born = day_field(_("Birthday"), _("From 12 your child decides along, from 16 alone."))
    born.validators.append(a_childs_birthday)


class AdultForm(OnceForm):
    """Another adult who lives here."""

    called = forms.CharField(label=_("First name"), max_length=80)


class OtherHomeForm(forms.Form):
    """The other home of a child: whose it is, and for which children."""

    children = forms.MultipleChoiceField(
        label=_("Which children also live there?"), widget=forms.CheckboxSelectMultiple
    )
    called = forms.CharField(label=_("Who lives there? A first name is enough."), max_length=80)
    theirs = forms.ChoiceField(
        label=_("Does this parent decide along?"),
        choices=[
            (AuthorityKind.PARENT.value, _("Yes, we both decide")),
            (AuthorityKind.NO_AUTHORITY.value, _("No, I decide alone")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, children: Sequence[PartLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["children"])
        field.choices = [(str(one.member), one.called) for one in children]


class LetInForm(OnceForm):
    """Who comes in: somebody of the list, or somebody who gets a code."""

    who = forms.ChoiceField(
        label=_("Who is it?"),
        help_text=_("Not in the list? Fill in a name below."),
        required=False,
    )
    called = forms.CharField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("This is"),
        choices=[
            (SeatKind.INFORMAL.value, _("somebody of our own: family, neighbour, friend")),
            (SeatKind.QUESTION_ONLY.value, _("somebody of an organisation")),
            (SeatKind.INTERPRETER.value, _("an interpreter")),
            (SeatKind.CONFIDANT.value, _("somebody who stands beside me")),
        ],
        initial=SeatKind.INFORMAL.value,
        widget=forms.RadioSelect,
    )
    part = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    doing = forms.CharField(
        label=_("What does this person do?"),
        help_text=_("For example: fetches Noor on Wednesday."),
        required=False,
        max_length=200,
    )
    until = day_field(
        _("Until and including"),
        _("Half a year, unless you choose another day. Empty: until you stop it."),
        required=False,
        ahead=0,
    )

    def __init__(
        self,
        *args: Any,
        parts: Sequence[PartLine],
        contacts: Sequence[Contact],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today + HALF_A_YEAR
        self.contacts = {str(one.ref): one for one in contacts}
        who, part = (cast(forms.ChoiceField, self.fields[name]) for name in ("who", "part"))
        who.choices = [("", _("Not in the list")), *contact_choices(contacts)]
        part.choices = [(str(one.ref), part_name(one)) for one in parts]
        part.initial = next((str(one.ref) for one in parts if one.is_home), None)
        self.in_both_homes = {str(one.ref): part_name(one) for one in parts if one.is_shared}
        if self.in_both_homes:
            told = {"whom": ", ".join(str(name) for name in self.in_both_homes.values())}
            part.help_text = _("At “%(whom)s” the other home sees this person too.") % told

    def clean(self) -> dict[str, Any]:
        """Ask for a name only of who is not in the list; in both homes nobody of one's own."""
        told = super().clean()
        if told.get("part") in self.in_both_homes and not self._is_of_an_organisation():
            self.add_error("part", _("In both homes only an organisation helps, like the school."))
        if not told.get("who") and not told.get("called"):
            self.add_error("called", _("Fill in a name, or choose somebody from the list."))
        if told.get("who") and told.get("called"):
            both = _(
                "You chose somebody from the list and filled in a name. Leave one of the two out."
            )
            self.add_error("called", both)
        if told.get("kind") in {SeatKind.INTERPRETER, SeatKind.CONFIDANT} and not told.get("until"):
            self.add_error("until", _("Choose until which day this person helps."))
        return told

    def _is_of_an_organisation(self) -> bool:
        told = self.cleaned_data
        return bool(told.get("who")) or told.get("kind") == SeatKind.QUESTION_ONLY

    def contact(self) -> Contact | None:
        """Return who was chosen from the list."""
        return self.contacts.get(self.cleaned_data["who"])

    def seat_kind(self) -> SeatKind:
        """Return what for: who was chosen from the list is asked now and then."""
        return SeatKind.QUESTION_ONLY if self.contact() else SeatKind(self.cleaned_data["kind"])

    def place(self) -> Place:
        """Return what the family sees of the seat; nothing of the list is typed again."""
        one, doing = self.contact(), self.cleaned_data["doing"]
        if one is None:
            return Place(called=self.cleaned_data["called"], doing=doing)
        return Place(
            called=one.name,
            works_at=one.works_at,
            work=one.work,
            phone=one.phone,
            doing=doing,
            domain=one.domain,
            face=one.face,
            organisation=one.organisation,
        )


def part_name(part: PartLine) -> Any:
    """Return what a part is called on a form."""
    if part.is_home:
        return _("our home")
    if part.is_shared:
        return _("%(child)s, in both homes") % {"child": part.called}
    return _("myself") if part.is_me else part.called


class SeatForm(OnceForm):
    """What somebody does now."""

    doing = forms.CharField(
        label=_("What does this person do now?"),
        help_text=_("Leave it empty when it is nothing."),
        required=False,
        max_length=200,
    )


class PickForm(forms.Form):
    """Who sees a line one drew, or sees it no more: a person, and yes or no."""

    who = forms.UUIDField()
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    @property
    def is_no_more(self) -> bool:
        """Whether this one is to see it no more."""
        return bool(self.cleaned_data["answer"] == "no")


class TakeForm(InvitationCodeForm):
    """The code that the family gave."""

    code = forms.CharField(
        label=_("The code that you got"),
        help_text=_("Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=CARD),
    )


class JoinForm(TakeForm, TakeInvitationForm):
    """The code, and the account that it becomes. Without a password you get a card."""
