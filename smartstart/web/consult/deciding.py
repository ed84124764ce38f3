"""What was found in words, shown in place, and what a person decided about each. Keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.consult.identity import Found

CHANGE, LEAVE = "change", "leave"
IS_A: Final[dict[str, str | Promise]] = {
    "name": _("is a name"),
    "birth": _("is a birth date"),
    "address": _("is an address"),
    "postcode": _("is an address"),
    "neighbourhood": _("is a neighbourhood"),
    "phone": _("is a phone number"),
    "bsn": _("is a citizen service number"),
    "mail": _("is an e-mail address"),
    "web": _("is an address on the internet"),
    "account": _("is an account number"),
    "plate": _("is the plate of a car"),
    "handle": _("is a name on the internet"),
    "number": _("is a number of somebody"),
    "school": _("is a school"),
    "combination": _("tells with the rest who it is"),
}
ELSE: Final = _("may tell who it is about")


@dataclass(frozen=True, slots=True)
class Decision:
    """One finding, with what a person can do about it."""

    number: int
    text: str
    is_a: str
    proposal: str
    is_missing: bool


def pieces(words: str, found: Sequence[Found]) -> list[tuple[str, int | None]]:
    """Return the words in pieces, each with the number of its finding or None."""
    made: list[tuple[str, int | None]] = []
    at = 0
    for number, one in enumerate(found):
        made += [(words[at : one.start], None), (words[one.start : one.end], number)]
        at = one.end
    return [*made, (words[at:], None)]


def decisions(words: str, found: Sequence[Found], undecided: Sequence[int]) -> list[Decision]:
    """Return each finding with what can be done about it; ``undecided``: was not chosen yet."""
    return [
        Decision(
            number,
            words[one.start : one.end],
            str(IS_A.get(one.kind, ELSE)),
            one.proposal,
            number in undecided,
        )
        for number, one in enumerate(found)
    ]


def decided(
    words: str, found: Sequence[Found], choices: Mapping[str, str]
) -> tuple[str, list[int]]:
    """Return the words as a person decided, and the numbers of what was not decided yet.

    ``choices`` is the form: ``choice_0`` says change or leave, ``words_0`` the other wording;
    ``all`` takes every proposal. Without a finding the words stay as they are.
    """
    if not found:
        return words, []
    open_still = []
    made = ""
    for text, number in pieces(words, found):
        choice = CHANGE if "all" in choices else choices.get(f"choice_{number}", "")
        if number is not None and choice not in {CHANGE, LEAVE}:
            open_still.append(number)
        is_changed = number is not None and choice == CHANGE
        made += choices.get(f"words_{number}", "").strip() if is_changed else text
    return " ".join(part for part in made.split(" ") if part), open_still
