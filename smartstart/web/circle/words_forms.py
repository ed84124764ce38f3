"""Writing about somebody, adding one's own side, and agreeing on something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_family import Around
from smartstart.circle.scene import PartLine
from smartstart.circle.states import Side
from smartstart.web.circle.forms import day_field, part_name
from smartstart.web.circle.sharing_forms import who_name
from smartstart.web.once import OnceForm


class WriteForm(OnceForm):
    """A few words about somebody of the family."""

    title = forms.CharField(label=_("In one line"), required=False, max_length=120)
    words = forms.CharField(
        label=_("What do you want to write?"),
        help_text=_("Write it as your child may read it later."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    part = forms.ChoiceField(label=_("About whom?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, parts: Sequence[PartLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {str(one.ref): one for one in parts}
        field = cast(forms.ChoiceField, self.fields["part"])
        field.choices = [(ref, part_name(one)) for ref, one in self.parts.items()]
        field.initial = next(iter(self.parts), None)
        if any(one.is_me and one.is_child for one in parts):
            self.fields["words"].help_text = ""


class ObservationForm(OnceForm):
    """A few words of somebody who works with a family; the topic says who else reads along."""

    title = forms.CharField(label=_("In one line"), required=False, max_length=120)
    words = forms.CharField(
        label=_("What did you see or hear?"),
        help_text=_("Write it as this person and the parents will read it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Side.choices,
        initial=Side.DEVELOPMENT.value,
        widget=forms.RadioSelect,
    )


class AddedForm(OnceForm):
    """What one's own text should say; ``after`` is the newest text the writer had seen."""

    words = forms.CharField(
        label=_("What should it say?"),
        help_text=_("Write it as this person and the parents will read it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    after = forms.TypedChoiceField(coerce=UUID, widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["after"])
        field.choices = [(str(one), str(one)) for one in texts]


class AgreeForm(OnceForm):
    """A goal in one's own words, and the day to look again."""

    goal = forms.CharField(
        label=_("What do you want to reach?"),
        help_text=_("In your own words. For example: Noor sleeps better."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    part = forms.ChoiceField(label=_("About whom?"), widget=forms.RadioSelect)
    review_on = day_field(_("When do you look again?"), ahead=1)

    def __init__(self, *args: Any, parts: Sequence[PartLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["part"])
        field.choices = [(str(one.ref), part_name(one)) for one in parts]
        field.initial = str(parts[0].ref) if parts else None


class ActionForm(OnceForm):
    """One thing that one party does before a day."""

    words = forms.CharField(label=_("Who does what?"), max_length=500)
    responsible = forms.ChoiceField(label=_("By whom?"))
    due_on = day_field(_("Before which day?"), ahead=0)

    def __init__(
        self, *args: Any, me: tuple[str, Any], around: Sequence[Around], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["responsible"])
        field.choices = [me, *((str(one.who), who_name(one)) for one in around)]


class CameOutForm(OnceForm):
    """What came of an agreement."""

    came_out = forms.CharField(
        label=_("What came of it?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
