"""What every page of the interviews shares: the pilot's menu, the way back, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.programme.models import Pilot
from smartstart.voices.queries import InterviewLine
from smartstart.voices.states import Layer

Words = str | Promise

# Other rooms of the web bring some of these addresses; the first that is there is used.
MENU: Final[Sequence[tuple[str, Words, Sequence[str]]]] = (
    ("pilot", _("My pilot"), ("programme:work",)),
    ("interviews", _("Interviews"), ("voices:interviews",)),
    ("codebook", _("Codebook"), ("voices:codebook",)),
    ("sessions", _("Sessions"), ("design:sessions",)),
    ("thread", _("The thread"), ("thread:thread",)),
)


def page(pilot: Pilot, here: str, **rest: Any) -> dict[str, Any]:
    """Return what a page of this pilot shows: its menu, and the rest."""
    menu = [
        {"label": label, "url": address, "current": name == here}
        for name, label, names in MENU
        if (address := first_address(names, pilot.slug))
    ]
    return {"pilot": pilot, "nav": menu, **rest}


def first_address(names: Sequence[str], *arguments: object) -> str:
    """Return the first of these addresses that the house has; empty when it has none."""
    for name in names:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""


def crumbs(pilot: Pilot, *further: tuple[Words, str]) -> list[dict[str, Any]]:
    """Return the way back: the interviews of the pilot, then what is nearer."""
    first = (_("Interviews"), reverse("voices:interviews", args=[pilot.slug]))
    return [{"label": label, "url": url} for label, url in (first, *further)]


def of_interview(line: InterviewLine) -> tuple[Words, str]:
    """Return one interview as a step of the way back."""
    label = _("Interview %(number)s") % {"number": line.number}
    return label, reverse("voices:interview", args=[line.id])


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next for one interview: how it stands, what to do, and where."""

    stands: Words
    does: Words = ""
    url: str = ""


def next_of(line: InterviewLine, *, on: date) -> Next:
    """Return what comes next, in the order in which the work is done."""
    name, stands, does = _place_of(line, on=on)
    return Next(stands, does, reverse(name, args=[line.id]) if name else "")


def _place_of(line: InterviewLine, *, on: date) -> tuple[str, Words, Words]:
    if line.is_withdrawn:
        return "", _("Taken back"), ""
    if Layer.USE not in line.layers:
        return "voices:consent", _("No yes yet"), _("Write down what may be done")
    if line.keep_until is not None and line.keep_until < on:
        return "voices:consent", _("The yes has ended"), _("Ask again")
    if line.transcript is None:
        return "voices:import_text", _("Said yes, no text yet"), _("Bring the text in")
    if not line.is_checked:
        return "voices:names", _("The text is in"), _("Check the names")
    return "voices:coding", *_coding_of(line)


def _coding_of(line: InterviewLine) -> tuple[Words, Words]:
    if line.open_round is not None:
        return _("People are coding"), _("Go to coding")
    if line.is_coded:
        return _("The coding is done"), _("Choose words for an insight")
    return _("The names are checked"), _("Go to the text")


LAYERS: Final[tuple[tuple[Layer, Words], ...]] = (
    (Layer.USE, _("use")),
    (Layer.QUOTE, _("quote")),
    (Layer.SHARE, _("share with another municipality")),
)


def said_yes_to(layers: frozenset[Layer]) -> tuple[str, str]:
    """Return what somebody said yes and no to, each as words with commas; empty for none."""
    yes = ", ".join(str(words) for layer, words in LAYERS if layer in layers)
    no = ", ".join(str(words) for layer, words in LAYERS if layer not in layers)
    return yes, no
