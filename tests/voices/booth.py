"""A room to record in: interviews in pilot A, from planned to coded, said in one call each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.people.models import Hat
from smartstart.programme.models import Pilot
from smartstart.voices import (
    operations,
    operations_codebook,
    operations_coding,
    operations_quotes,
    operations_text,
)
from smartstart.voices.models import (
    Code,
    Coding,
    CodingRound,
    Excerpt,
    Interview,
    Pseudonym,
    Transcript,
)
from smartstart.voices.rules import Layer
from tests.cast import Cast

TEXT = """Vraag: Hoe ging dat, de eerste keer?

Ik ging eerst twee keer voorbij lopen. Ik durfde niet naar binnen. Mevrouw De Wit deed open.

Vraag: En daarna?

Ik vertelde het vijf keer, aan vijf mensen. Mijn dochter Fleur vroeg het ook."""
ALL = (Layer.USE, Layer.QUOTE, Layer.SHARE)


def hat_of(actor: Actor) -> UUID:
    """Return the hat that this actor wears."""
    assert actor.hat is not None
    return actor.hat


class Booth:
    """Works as Nadia, who leads pilot A; Bram does research there too."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now = cast, cast.now
        self.pilot: Pilot = cast.pilot_a
        self.nadia: Actor = cast.actor("nadia")
        self.bram: Actor = cast.actor("bram")

    @property
    def until(self) -> date:
        return self.cast.in_days(365)

    def plan(self, *, described: str = "moeder, 34 jaar") -> Interview:
        return operations.plan_interview(
            self.nadia,
            self.pilot.pk,
            with_whom="Anouk Verzonnen",
            described=described,
            planned_on=self.cast.today,
            at=self.now,
        )

    def agreed(self, *, layers: Collection[Layer] = ALL, until: date | None = None) -> Interview:
        interview = self.plan()
        return operations.give_consent(
            self.nadia,
            interview.pk,
            layers=layers,
            keep_until=until or self.until,
            at=self.now,
        )

    def imported(
        self, interview: Interview | None = None, *, text: str = TEXT, called: str = "gesprek.txt"
    ) -> Transcript:
        interview = interview or self.agreed()
        return operations_text.import_transcript(
            self.nadia, interview.pk, content=text.encode(), called=called, at=self.now
        )

    def proposed(self, *, text: str = TEXT, layers: Collection[Layer] = ALL) -> Transcript:
        transcript = self.imported(self.agreed(layers=layers), text=text)
        operations_text.propose_pseudonyms(transcript.ref, at=self.now)
        transcript.refresh_from_db()
        return transcript

    def checked(self, *, text: str = TEXT, layers: Collection[Layer] = ALL) -> Transcript:
        transcript = self.proposed(text=text, layers=layers)
        refs = list(Pseudonym.objects.filter(transcript=transcript).values_list("ref", flat=True))
        operations_text.confirm(self.nadia, transcript.pk, pseudonyms=refs, at=self.now)
        return operations_text.finish_pseudonyms(
            self.nadia, transcript.pk, checked=True, at=self.now
        )

    def code(self, name: str = "Schaamte") -> Code:
        """A code that the whole team knows."""
        found = Code.objects.filter(pilot=self.pilot, name=name, hidden_in=None).first()
        if found is None:
            found = operations_codebook.add_code(self.nadia, self.pilot.pk, name=name, at=self.now)
            Code.objects.filter(pk=found.pk).update(hidden_in=None)
            found.refresh_from_db()
        return found

    def round(
        self,
        transcript: Transcript | None = None,
        *,
        coders: Sequence[str] = ("nadia", "bram"),
        is_blind: bool = True,
    ) -> CodingRound:
        return operations_coding.open_round(
            self.nadia,
            (transcript or self.checked()).pk,
            coders=[self.cast.hats[name].ref for name in coders],
            is_blind=is_blind,
            at=self.now,
        )

    def put(
        self,
        round_: CodingRound,
        start: int,
        end: int,
        *,
        by: str = "nadia",
        code: str = "Schaamte",
        memo: str = "",
    ) -> Coding:
        return operations_coding.code_passage(
            self.cast.actor(by),
            round_.ref,
            code=self.code(code).ref,
            start=start,
            end=end,
            memo=memo,
            at=self.now,
        )

    def ready(self, round_: CodingRound, *names: str) -> None:
        for name in names or ("nadia", "bram"):
            operations_coding.ready(self.cast.actor(name), round_.ref, at=self.now)

    def excerpt(
        self, transcript: Transcript | None = None, start: int = 40, end: int = 75
    ) -> Excerpt:
        return operations_quotes.make_excerpt(
            self.nadia, (transcript or self.checked()).pk, start=start, end=end, at=self.now
        )

    def teller(self, interview: Interview) -> Actor:
        """Who told this story, at their own page."""
        return Actor(role=Role.INTERVIEWEE, within=interview.ref, person=interview.ref, assurance=2)

    def reading(self, who: str | Actor = "nadia", *, at: datetime | None = None) -> Reading:
        actor = self.cast.actor(who) if isinstance(who, str) else who
        return Reading(actor, at=at or self.now)

    def second_researcher(self, name: str) -> Actor:
        """One more person with the same role in this pilot."""
        from smartstart.people.models import Account

        account = Account.objects.create_user(name, shown_as=name.title())
        hat = Hat.objects.create(
            account=account,
            role=Role.RESEARCHER.value,
            within=self.pilot.ref,
            called="onderzoeker",
            from_day=self.cast.today - timedelta(days=1),
        )
        self.cast.hats[name] = hat
        return replace(self.bram, account=account.ref, hat=hat.ref, person=account.person)


def nobody() -> UUID:
    """A reference that nothing has."""
    return UUID(int=0)
