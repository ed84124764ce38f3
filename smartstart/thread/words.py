"""Where the words of a knot come from: one provider per kind, one query each.

This room knows no higher one. A higher room says in its app's ``ready`` who gives the words of
its kinds; the things of this room give their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.thread.kinds import VOICES, Kind
from smartstart.thread.models import THINGS, Borrowed, Thing


@dataclass(frozen=True, slots=True)
class Words:
    """What a knot says: a title, more words, by whom as they agreed to be described, until when.

    ``form`` holds the other fields of a thing that has a fixed form, as text: for a concept
    ``goal``, ``principles`` and on; for a test ``people`` and ``went_on``. Empty ones are left out.
    """

    title: str
    words: str = ""
    by: str = ""
    until: date | None = None
    form: Mapping[str, str] = field(default_factory=dict)


class Provider(Protocol):
    """Gives the words of knots of one kind, in one query."""

    def inside(self, knots: Sequence[int], reading: Reading) -> Mapping[int, Words]:
        """Words for who reads inside the pilot; what they may not read is left out."""

    def for_public(self, knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
        """Words that may be published on this day; left out what shows without words.

        Raises a Refusal when one of them cannot be published at all.
        """


_providers: dict[Kind, Provider] = {}


def register(kind: Kind, provider: Provider) -> None:
    """Say who gives the words of this kind; once, in the ``ready`` of the room that owns it."""
    if _providers.setdefault(kind, provider) is not provider:
        raise ValueError(f"two rooms give the words of {kind}")


def inside(by_kind: Mapping[Kind, Sequence[int]], reading: Reading) -> dict[int, Words]:
    """Return the words of these knots for this reading. One query a kind, one for what is lent."""
    found = _inside(by_kind, reading)
    for knot, source in _lent(by_kind).items():
        if knot in found and source in found:
            found[knot] = replace(found[knot], title=found[source].words)
    return found


def _inside(by_kind: Mapping[Kind, Sequence[int]], reading: Reading) -> dict[int, Words]:
    return {
        knot: words
        for kind, knots in by_kind.items()
        for knot, words in _of(kind).inside(knots, reading).items()
    }


def _lent(by_kind: Mapping[Kind, Sequence[int]]) -> dict[int, int]:
    """Return the things that say it in the words of a voice among these knots."""
    voices = [knot for kind in VOICES for knot in by_kind.get(kind, ())]
    rows = Borrowed.objects.filter(source_id__in=voices) if voices else Borrowed.objects.none()
    return dict(rows.values_list("knot_id", "source_id"))


def for_public(by_kind: Mapping[Kind, Sequence[int]], *, on: date) -> dict[int, Words]:
    """Return the words of these knots that may be published. Raises what the providers refuse."""
    return {
        knot: words
        for kind, knots in by_kind.items()
        for knot, words in _of(kind).for_public(knots, on=on).items()
    }


class _OfThings:
    """The things of this room: their words stand in clear in their own table."""

    def __init__(self, model: type[Thing]) -> None:
        self._rows = model._default_manager
        self._form = model.FORM

    def inside(self, knots: Sequence[int], reading: Reading) -> Mapping[int, Words]:
        visible = self._rows.visible_to(reading.actor, on=day_of(reading.at))  # type: ignore[attr-defined]
        return self._words(visible.filter(knot_id__in=knots))

    def for_public(self, knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
        return self._words(self._rows.filter(knot_id__in=knots))

    def _words(self, rows: object) -> dict[int, Words]:
        found = rows.values_list("knot_id", "title", "words", *self._form.values())  # type: ignore[attr-defined]
        return {
            knot: Words(title, words, form=_told(self._form, values))
            for knot, title, words, *values in found
        }


def _told(form: Mapping[str, str], values: Sequence[object]) -> dict[str, str]:
    told = zip(form, values, strict=True)
    return {name: str(value) for name, value in told if value not in (None, "")}


class _Nobody:
    """A kind whose room is not built yet, or says nothing."""

    def inside(self, knots: Sequence[int], reading: Reading) -> Mapping[int, Words]:
        return {}

    def for_public(self, knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
        return {}


def _of(kind: Kind) -> Provider:
    if kind in THINGS:
        return _OfThings(THINGS[kind])
    return _providers.get(kind, _Nobody())
