"""The family of ``kin`` with what questions need: covers, agreements, seats, who decides.

Anouk asks; Fatima of the school is asked and Karin covers for her; Daan has a seat too; Willem
looks after the circle, Wil covers for him; Peer of the police has no seat.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.circle import operations_questions as operations
from smartstart.circle.models import Authority, Basis, ConsentAnswer, Ground, Question
from smartstart.circle.states import Answer, AuthorityKind, GroundState, SeatKind
from smartstart.people.models import Account, Hat, Organisation, Position
from tests.circle.kin import Kin, kin

COVERS = {"fatima": "karin", "willem": "wil"}
SEATED = ("fatima", "daan", "willem")
SAID = {
    GroundState.ASKED: Answer.ASKED,
    GroundState.REFUSED: Answer.NO,
    GroundState.WITHDRAWN: Answer.WITHDRAWN,
}


@dataclass
class Asking:
    """One home in which questions are asked."""

    kin: Kin
    at: datetime

    def actor(self, name: str) -> Actor:
        return self.kin.actor(name)

    def ref(self, name: str) -> UUID:
        return self.kin.receiver(name)

    def name(self, ref: UUID) -> str:
        known = [*self.kin.positions, *self.kin.hats]
        return next(name for name in known if self.ref(name) == ref)

    def ask(self, *, by: str = "anouk", to: str = "fatima", **more: Any) -> Question:
        part = self.kin.parts[more.pop("part", "here noor")]
        told = {"title": "Slapen en moe in de klas", "words": "Noor slaapt pas om elf uur."}
        return operations.ask_question(
            self.actor(by), part.ref, to=self.ref(to), **{"at": self.at, **told, **more}
        )

    def again(self, question: Question) -> Question:
        return Question.objects.select_related("folder").get(pk=question.pk)

    def ground(self, question: Question, name: str) -> Ground:
        return Ground.objects.get(question=question, receiver=self.ref(name))

    def say(self, question: Question, name: str, state: GroundState) -> None:
        """The family says something about one receiver, as the operations of sharing would."""
        grounds = Ground.objects.filter(question=question, receiver=self.ref(name))
        answers = ConsentAnswer.objects.filter(ground__in=grounds, ended_at=None)
        if state is GroundState.GRANTED:
            answers.update(answer=Answer.YES)
            grounds.update(state=state)
        else:
            grounds.update(state=state)
            answers.update(answer=SAID[state])

    def at_work(self) -> list[str]:
        """Everybody whose hat has not ended: nobody else comes in."""
        ended = {
            hat.pk
            for hat in Hat.objects.filter(pk__in=[h.pk for h in self.kin.hats.values()])
            if hat.ended_at
        }
        return [name for name, hat in self.kin.hats.items() if hat.pk not in ended]

    def acting(self, question: Question, *, at: datetime) -> set[str]:
        """Who acts on it at a moment, of everybody."""
        return {
            name
            for name in self.at_work()
            if Question.objects.acted_on_by(self.actor(name), at=at).filter(pk=question.pk).exists()
        }

    def waiting(self, question: Question, *, at: datetime) -> set[str]:
        return {
            name
            for name in self.at_work()
            if Question.objects.waiting_for(self.actor(name), at=at).filter(pk=question.pk).exists()
        }

    def reading(self, question: Question, *, at: datetime) -> set[str]:
        """Who reads its words at a moment, of everybody."""
        return {
            name
            for name in self.at_work()
            if Question.objects.read_by(self.actor(name), at=at).filter(pk=question.pk).exists()
        }

    def account(self, name: str) -> Account:
        return self.kin.hats[name].account

    def leaves(self, *names: str) -> None:
        """Somebody leaves: the hat ends now."""
        for name in names:
            hat = self.kin.hats[name]
            type(hat).objects.filter(pk=hat.pk).update(ended_at=self.at)

    def covers(self, name: str, by: str | None) -> None:
        cover = None if by is None else self.account(by)
        Position.objects.filter(ref=self.ref(name)).update(cover=cover)

    def steps(self, question: Question) -> list[str]:
        return list(question.steps.order_by("id").values_list("kind", flat=True))


def asking(at: datetime, *, seated: Iterable[str] = SEATED) -> Asking:
    """Make it in the database that is in use."""
    home = kin(at)
    world = Asking(home, at)
    for organisation in Organisation.objects.all():
        Basis.objects.get_or_create(
            organisation=organisation.ref,
            defaults={
                "regime": "youth_care",
                "article": "Jeugdwet 7.3.11",
                "agreement": "Afspraak 2026",
                "from_day": home.today - timedelta(days=300),
            },
        )
    for name, cover in COVERS.items():
        world.covers(name, cover)
    Authority.objects.get_or_create(
        child=home.members["noor"],
        circle=home.circles["here"],
        who=home.person("anouk"),
        defaults={
            "kind": AuthorityKind.PARENT,
            "from_day": home.today - timedelta(days=100),
        },
    )
    for name in seated:
        home.seat(name, "here noor", called=name.title(), kind=SeatKind.QUESTION_ONLY)
    return world
