"""A thread to test with: voices without words of their own, and things of this room on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.people.models import Account, Hat
from smartstart.people.queries import actor_of
from smartstart.programme.models import Pilot
from smartstart.thread import operations, queries
from smartstart.thread.kinds import Kind, Lack
from smartstart.thread.models import Knot, Thing
from tests.cast import Cast


class Yarn:
    """Writes in pilot A as Nadia, who leads it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now = cast, cast.now
        self.pilot: Pilot = cast.pilot_a
        self.nadia: Actor = cast.actor("nadia")

    def voice(self, *, source: UUID | None = None) -> Knot:
        """A knot of a kind that nobody gives words for, standing for what a person said."""
        return operations.new_knot(self.pilot, Kind.NOTE, at=self.now, source=source or uuid4())

    def write(
        self,
        kind: Kind,
        *,
        title: str | None = None,
        form: Mapping[str, object] | None = None,
        rests_on: Sequence[UUID] = (),
    ) -> Thing:
        if kind is Kind.CONCEPT and form is None:
            form = {"goal": "Dat het helpt"}
        return operations.write(
            self.nadia,
            self.pilot.pk,
            kind,
            title=kind.value if title is None else title,
            form=form,
            rests_on=rests_on,
            at=self.now,
        )

    def chain(self) -> dict[str, Knot]:
        """Voice, insight, how-might-we, idea and concept, each on the one before."""
        made = {"voice": self.voice()}
        below = made["voice"]
        for kind in (Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT):
            below = made[kind.value] = self.write(kind, rests_on=[below.ref]).knot
        return made

    def published_chain(self) -> dict[str, Knot]:
        made = self.chain()
        self.show_pilot()
        ref = made["concept"].ref
        operations.explain_gap(self.nadia, ref, Lack.FIGURE, words="Nog niet.", at=self.now)
        operations.publish(self.nadia, ref, at=self.now)
        return made

    def show_pilot(self) -> None:
        Pilot.objects.filter(pk=self.pilot.pk).update(is_public=True)

    def public_titles(self) -> list[str]:
        view = queries.public_thread(self.pilot.pk, on=self.cast.today)
        return [knot.words.title for knot in view.knots if knot.words.title]

    def meedenker(self) -> Actor:
        account = Account.objects.create_user("maria", shown_as="Maria")
        hat = Hat.objects.create(
            account=account,
            role=Role.MEEDENKER.value,
            within=self.pilot.ref,
            called="meedenker",
            from_day=self.cast.today - timedelta(days=1),
        )
        return actor_of(account, hat, assurance=2, house_folder=None)
