"""What the evening of the example found: notes, a persona, roads side by side, and who heard back.

Nobody in it exists: every word is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role as Wears
from smartstart.design import (
    journeys,
    notes_in_thread,
    operations_again,
    operations_boards,
    operations_boards_phone,
    persona,
    thinking,
)
from smartstart.design.models import Board, BoardGuest, BoardKind, DesignSession
from smartstart.design.models.journeys import Contact, HelpGiven, LifeEvent
from smartstart.design.models.personas import Facet
from smartstart.design.roles import ParticipantRole as Role
from smartstart.people.example import give_hat
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind
from smartstart.thread.models import HowHeard
from smartstart.thread.operations_heard import heard
from smartstart.thread.operations_taking import translate

JOURNEY: Final = "Toen het geld op was: wie kwam je tegen?"
VOTE: Final = "Wat helpt het eerst?"
# Who was there with a phone: role, and per note the column and the words. The first three say yes
# to their road, and the third is Mo.
PHONES: Final[tuple[tuple[Role, tuple[tuple[str, str], ...]], ...]] = (
    (
        Role.PARENT,
        (
            ("contact", "De juf zag dat hij geen brood had. Ze vroeg niets."),
            ("feeling", "Ik schaamde me op het schoolplein"),
        ),
    ),
    (
        Role.PARENT,
        (
            ("contact", "De huisarts zei: u heeft stress. Toen stond ik weer buiten."),
            ("feeling", "Alsof het aan mij lag"),
        ),
    ),
    (
        Role.PARENT,
        (
            ("contact", "Bij de gemeente vulde ik drie keer hetzelfde in"),
            ("turn", "Toen had iemand kunnen zeggen: ik bel met je mee"),
        ),
    ),
    (Role.PARENT, (("moment", "Halverwege de maand is het op"),)),
    (Role.PARENT, (("moment", "De wasmachine ging stuk"),)),
    (Role.PARENT, (("feeling", "Ik deed de post niet meer open"),)),
    (Role.YOUNG_PERSON, (("moment", "Ik zei dat ik geen zin had in het schoolreisje"),)),
    (Role.YOUNG_PERSON, (("feeling", "Ik wil niet dat mijn moeder nog meer zorgen heeft"),)),
    (Role.PROFESSIONAL, (("contact", "Ik wist niet wie ik mocht bellen"),)),
    (Role.PROFESSIONAL, (("turn", "Ik had eerder kunnen vragen hoe het thuis is"),)),
    (Role.REPRESENTATIVE, (("contact", "Ouders vertellen het aan elkaar, niet aan ons"),)),
)
CHOICES: Final = ("Iemand belt mee", "Eén formulier", "De juf vraagt hoe het is")
MET: Final = (Contact.SCHOOL, Contact.DOCTOR, Contact.MUNICIPALITY)
ABOUT: Final = (
    (Role.PARENT, 120),
    (Role.YOUNG_PERSON, 60),
    (Role.PROFESSIONAL, 15),
    (Role.REPRESENTATIVE, 5),
)
TRAITS: Final = (
    (Facet.MEETS, "Praat met mensen die niet doorvragen.", (0, 2, 4)),
    (Facet.DOES, "Zegt op het schoolplein niets.", (1,)),
    (Facet.NEEDS, "Iemand die meebelt.", (5,)),
)
INSIGHT: Final = "Meebellen helpt meer dan een folder."
IDEA: Final = "Een vrijwilliger belt mee met de gemeente."
IN_ENGLISH: Final = (
    "Calling together helps more than a leaflet.",
    "A volunteer calls the municipality together with you.",
)
WORD: Final = "regenjas"


@dataclass(frozen=True, slots=True)
class Evening:
    """Who was there by phone, and the notes of the first three, in their order."""

    guests: Sequence[BoardGuest]
    notes: Sequence[UUID]


def write_boards(lin: Actor, session: DesignSession, *, at: datetime) -> Evening:
    """Let everybody write on a journey board and give a dot."""
    board = operations_boards.make_board(lin, session.pk, BoardKind.JOURNEY, JOURNEY, at=at)
    dots = operations_boards.make_board(lin, session.pk, BoardKind.DOTS, VOTE, at=at)
    choices = [uuid4() for _ in CHOICES]
    for ref, words in zip(choices, CHOICES, strict=True):
        operations_boards.type_note(lin, dots.pk, ref, words, column="", at=at)
    notes: list[UUID] = []
    for number, (role, written) in enumerate(PHONES):
        _board, token = operations_boards_phone.join(board.code, role, at=at)
        send = _Sends(token, at)
        notes += [send.note(board, words, column) for column, words in written]
        send.dot(dots, choices[number % len(choices)])
    return Evening(list(session.board_guests.order_by("number")), notes[:6])


def found(
    yara: Actor, lin: Actor, pilot: Pilot, evening: Evening, comes: DesignSession, *, at: datetime
) -> None:
    """Make of the notes a persona and roads side by side, and tell Mo what came of his."""
    for role, people in ABOUT:
        thinking.aim_at(yara, pilot.pk, role=role, people=people, at=at)
    knots = _roads(yara, evening, at=at)
    _persona(yara, pilot, knots, at=at)
    _mo(yara, lin, pilot, evening, comes, at=at)


class _Sends:
    """A phone that sends its steps, one after the other."""

    def __init__(self, token: str, at: datetime) -> None:
        self.token, self.at, self.client, self.counter = token, at, uuid4(), 0

    def note(self, board: Board, words: str, column: str) -> UUID:
        ref = uuid4()
        self._send(board, "write", ref, words, column)
        return ref

    def dot(self, board: Board, note: UUID) -> None:
        self._send(board, "vote", note, "1", "")

    def _send(self, board: Board, field: str, note: UUID, value: str, column: str) -> None:
        self.counter += 1
        step = operations_boards_phone.Step(self.client, self.counter, field, note, value, column)
        operations_boards_phone.take(board.ref, self.token, step, at=self.at)


def _roads(yara: Actor, evening: Evening, *, at: datetime) -> list[UUID]:
    """Put two notes of each of three people on their roads; return where these stand."""
    for guest in evening.guests[:3]:
        journeys.say_yes_to_guest_road(yara, guest.ref, at=at)
    knots = []
    for number, note in enumerate(evening.notes):
        met = number % 2 == 0
        moment = journeys.add_noted_moment(
            yara,
            note,
            event=LifeEvent.MONEY,
            contact=MET[number // 2] if met else Contact.NOBODY,
            help_given=HelpGiven.NO_FIT if met else HelpGiven.NONE,
            at=at,
        )
        knots.append(moment.knot.ref)
    return knots


def _persona(yara: Actor, pilot: Pilot, knots: Sequence[UUID], *, at: datetime) -> None:
    made = persona.make_persona(
        yara,
        pilot.pk,
        name="Wilma (voorbeeld)",
        about="Werkt, zorgt voor twee kinderen, en komt niet rond.",
        at=at,
    )
    for facet, words, sources in TRAITS:
        persona.add_trait(
            yara,
            made.ref,
            facet=facet,
            words=words,
            sources=[knots[number] for number in sources],
            at=at,
        )


def _mo(
    yara: Actor, lin: Actor, pilot: Pilot, evening: Evening, comes: DesignSession, *, at: datetime
) -> None:
    """Take up what Mo wrote, in two languages; give him a card, tell him, and ask him again."""
    mo = evening.guests[2]
    insight = notes_in_thread.into_thread(yara, evening.notes[5], Kind.INSIGHT, at=at).knot.ref
    thread.change(yara, insight, title=INSIGHT, form={}, at=at)
    made = thread.write(yara, pilot.pk, Kind.IDEA, title=IDEA, rests_on=[insight], at=at)
    for ref, title in zip((insight, made.knot.ref), IN_ENGLISH, strict=True):
        translate(yara, ref, "en", title=title, at=at)
    thinking.make_guest_card(yara, mo.ref, word=WORD, at=at)
    heard(pilot.pk, mo.ref, HowHeard.PAGE, at=at)
    operations_again.ask_again(lin, comes.pk, [mo.ref], at=at)
    give_hat("mo", Wears.INTERVIEWEE, within=mo.ref, called="meedenker", place="", at=at)
