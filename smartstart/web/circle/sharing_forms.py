"""Asking something: what, about whom, to whom, and what comes along."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartstart.circle.queries_family import Around
from smartstart.circle.queries_sharing import EntryLine
from smartstart.circle.scene import PartLine
from smartstart.web.circle.forms import part_name
from smartstart.web.once import OnceForm

WORDS = {"rows": 5}


class AskForm(OnceForm):
    """One question on one page; only what is ticked comes along."""

    title = forms.CharField(
        label=_("What do you want to know?"), help_text=_("One line."), max_length=160
    )
    words = forms.CharField(
        label=_("Tell a little more"),
        help_text=_("Write as you talk."),
        max_length=5_000,
        widget=forms.Textarea(attrs=WORDS),
    )
    part = forms.ChoiceField(label=_("About whom?"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    attach = forms.MultipleChoiceField(
        label=_("Show something with it?"),
        help_text=_("Only what you tick."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_cover = forms.BooleanField(
        label=_("Somebody else may read it when this person is away"), required=False
    )

    def __init__(
        self,
        *args: Any,
        parts: Sequence[PartLine],
        around: Sequence[Around],
        entries: Sequence[EntryLine],
        coordinator: tuple[UUID, str],
        beside: Mapping[UUID, str],
        only: Mapping[UUID, Collection[UUID]],
        **kwargs: Any,
    ) -> None:
        """Show whom one can ask.

        ``only``: whom about what two homes share, by part; the rest are many. ``beside``: who looks
        after that, by name.
        """
        super().__init__(*args, **kwargs)
        self.parts = {str(one.ref): one for one in parts}
        self.entries = {str(one.ref): one for one in entries}
        dont_know = _("I do not know. Let %(name)s look") % {"name": coordinator[1]}
        people = {str(coordinator[0]): dont_know}
        people |= {str(one.who): who_name(one) for one in around if one.who != coordinator[0]}
        people = {str(who): name for who, name in beside.items()} | people
        self._choices("part", [(ref, part_name(one)) for ref, one in self.parts.items()])
        self._choices("to", list(people.items()))
        names = people | {str(coordinator[0]): coordinator[1]}
        self._only = {
            str(part): {ref: name for ref, name in names.items() if UUID(ref) in reach}
            for part, reach in only.items()
        }
        self.fields["to"].help_text = " ".join(self._only_these(part) for part in self._only)
        if not entries:
            del self.fields["attach"]
            return
        self._choices("attach", [(ref, entry_name(one)) for ref, one in self.entries.items()])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = choices
        if name != "attach" and choices and field.initial is None:
            field.initial = choices[0][0]

    def _only_these(self, part: str) -> str:
        names = ", ".join(str(name) for name in self._only[part].values())
        told = {"part": part_name(self.parts[part]), "names": names}
        return _("About %(part)s you can ask only: %(names)s.") % told

    def clean(self) -> dict[str, Any]:
        """Let only what stands in the same part come along, to who can be asked there."""
        told = super().clean()
        part, to = str(told.get("part")), told.get("to")
        if to is not None and to not in self._only.get(part, {to}):
            self.add_error("to", self._only_these(part))
        for ref in told.get("attach") or ():
            if str(self.entries[ref].part.ref) != told.get("part"):
                self.add_error("attach", _("Choose only what is about the same person."))
                break
        return told

    def chosen(self) -> list[EntryLine]:
        """Return what comes along."""
        return [self.entries[ref] for ref in self.cleaned_data.get("attach") or ()]


def who_name(one: Around) -> str:
    """Return somebody as a choice: name, work or organisation."""
    beside = one.works_at or one.work
    name = one.name or one.work
    return f"{name}, {beside}" if beside and beside != name else name


def entry_name(one: EntryLine) -> str:
    """Return something that was written as a choice."""
    return f"{one.title or one.words[:60]} ({one.part.called}, {one.author})"


class ShortForm(OnceForm):
    """A few words."""

    words = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("Write as you talk."),
        max_length=5_000,
        widget=forms.Textarea(attrs=WORDS),
    )


class AgainForm(ShortForm):
    """What is still missing in an answer: a step of the question keeps so much and no more."""

    words = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("Write as you talk."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MissForm(OnceForm):
    """Whom the family misses, and for whom: only who reads about that one reads it."""

    title = forms.CharField(
        label=_("Whom do you miss?"),
        help_text=_("For example: somebody who helps with sums."),
        max_length=160,
    )
    words = forms.CharField(
        label=_("Why would that help?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    part = forms.ChoiceField(
        label=_("For whom?"),
        help_text=_("It stands with this one: who reads along there, reads this."),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, parts: Sequence[PartLine], about: str | None = None, **kwargs: Any
    ) -> None:
        """``parts``: of this home, the best guess first; ``about``: round whom one looked."""
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["part"])
        field.choices = [(str(one.ref), part_name(one)) for one in parts]
        known = [str(ref) for ref, _name in field.choices]
        field.initial = about if about in known else known[0]
