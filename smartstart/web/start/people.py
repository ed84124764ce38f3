"""The invented people as the chooser shows them: what they are and where they would begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Card:
    """One invented person; ``begins_at`` names the addresses where they would begin, best first."""

    value: str
    name: str
    face: str
    family: str
    what: Words
    begin: Words
    begins_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """People who belong together, under one heading."""

    heading: Words
    family: str
    cards: Sequence[Card]


GROUPS: Final = (
    Group(
        _("The family"),
        "family",
        (
            Card(
                "anouk",
                "Anouk",
                "anouk",
                "family",
                _("mother of Noor and Sem"),
                _("look who takes up a question for you."),
                ("circle:home",),
            ),
            Card(
                "dennis",
                "Dennis",
                "dennis",
                "family",
                _("father, other home"),
                _("see that you see nothing of the other home."),
                ("circle:home",),
            ),
            Card(
                "noor",
                "Noor",
                "noor",
                "child",
                _("9 years"),
                _("see your own place."),
                ("circle:home",),
            ),
            Card(
                "naima",
                "Naima",
                "naima",
                "family",
                _("mother of Ilias"),
                _("begin your own circle."),
                ("circle:home",),
            ),
            Card(
                "esra",
                "Esra",
                "esra",
                "family",
                _("mother who told her story"),
                _("read what was done with your story."),
                ("story:story", "privacy:roles"),
            ),
            Card(
                "hatice",
                "Hatice",
                "hatice",
                "family",
                _("mother who thinks along"),
                _("read which questions are worked on."),
                ("programme:home",),
            ),
            Card(
                "mo",
                "Mo",
                "mo",
                "family",
                _("father who thought along one evening"),
                _("read what came of your notes."),
                ("story:thought", "privacy:roles"),
            ),
        ),
    ),
    Group(
        _("The people around the family"),
        "around",
        (
            Card(
                "fatima",
                "Fatima",
                "fatima",
                "around",
                _("behaviour coach, Team op Maat"),
                _("take up a question that waits today."),
                ("circle:today", "programme:home"),
            ),
            Card(
                "joost",
                "Joost",
                "joost",
                "around",
                _("teacher of group 5"),
                _("read what other schools learned."),
                ("programme:lessons", "programme:home"),
            ),
            Card(
                "daan-jgz",
                "Daan",
                "daan",
                "around",
                _("nurse for young people"),
                _("see only the one question."),
                ("circle:today",),
            ),
            Card(
                "marit",
                "Marit",
                "marit",
                "around",
                _("looks after a circle"),
                _("see what waits and nobody answers."),
                ("circle:today",),
            ),
            Card(
                "samira",
                "Samira",
                "samira",
                "around",
                _("helps with money"),
                _("answer a question about a letter."),
                ("circle:today",),
            ),
            Card(
                "willems",
                "dr. Willems",
                "",
                "around",
                _("general practitioner"),
                _("answer one question, and see nothing else."),
                ("circle:today",),
            ),
            Card(
                "gerrie",
                "Gerrie",
                "",
                "around",
                _("volunteer of the food bank"),
                _("answer one question, and see nothing else."),
                ("circle:today",),
            ),
            Card(
                "bea",
                "Bea",
                "",
                "around",
                _("of the housing company"),
                _("see that you read nothing until somebody asks."),
                ("circle:today",),
            ),
            Card(
                "peer",
                "Peer",
                "",
                "around",
                _("police officer for young people"),
                _("see that you read nothing until somebody asks."),
                ("circle:today",),
            ),
            Card(
                "tess",
                "Tess",
                "",
                "around",
                _("works at Veilig Thuis"),
                _("see that you read nothing until somebody asks."),
                ("circle:today",),
            ),
            Card(
                "ria",
                "Ria",
                "ria",
                "around",
                _("grandmother"),
                _("see only what was asked of you."),
                ("circle:home",),
            ),
        ),
    ),
    Group(
        _("The people of the pilot"),
        "pilot",
        (
            Card(
                "yara",
                "Yara",
                "yara",
                "pilot",
                _("project leader of a pilot"),
                _("see what has no voice or figure yet."),
                ("programme:mine", "programme:home"),
            ),
            Card(
                "omar",
                "Omar",
                "omar",
                "pilot",
                _("researcher"),
                _("read an interview and give words a code."),
                ("voices:home", "programme:home"),
            ),
            Card(
                "lin",
                "Lin",
                "lin",
                "pilot",
                _("researcher, second coder"),
                _("code the same interview, without seeing Omar."),
                ("voices:home", "programme:home"),
            ),
            Card(
                "karin",
                "Karin",
                "karin",
                "pilot",
                _("programme office"),
                _("look at a question that somebody proposed."),
                ("programme:proposals", "programme:home"),
            ),
            Card(
                "els",
                "Els",
                "els",
                "pilot",
                _("administrator of an organisation"),
                _("let somebody in. You see no families."),
                ("people:organisation", "programme:home"),
            ),
            Card(
                "willem",
                "Willem",
                "willem",
                "pilot",
                _("privacy officer"),
                _("see what is kept, why and how long."),
                ("privacy:register", "privacy:roles"),
            ),
        ),
    ),
)


def groups(there: Iterable[str]) -> list[Group]:
    """Return the groups with only those people who are in this database; no empty group."""
    known = set(there)
    kept = [
        Group(group.heading, group.family, [card for card in group.cards if card.value in known])
        for group in GROUPS
    ]
    return [group for group in kept if group.cards]


def beginning(username: str) -> str:
    """Return the address where this person would begin; the first page when there is none."""
    wanted = (
        name
        for group in GROUPS
        for card in group.cards
        if card.value == username
        for name in card.begins_at
    )
    return first_address(wanted)


def first_address(names: Iterable[str], *, otherwise: str = "/") -> str:
    """Return the first of these named addresses that this house has."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return otherwise
