"""The threads of the example region: per pilot what was understood and what was made of it.

The food bank's thread is told by the voices themselves; the others say openly what they lack.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.operations import house_folder
from smartstart.people.models import Hat
from smartstart.people.queries import actor_of
from smartstart.programme.example import FOOD_BANK, LEADS_THE_OTHERS, told
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import Kind, Lack
from smartstart.thread.models import Knot
from smartstart.thread.operations import explain_gap, publish, write

FORM: Final = ("goal", "principles", "data_used", "test_results", "developed_with")
WHY: Final = {
    Lack.VOICE: "In dit voorbeeld zijn geen gesprekken opgenomen.",
    Lack.FIGURE: "In dit voorbeeld staan nog geen cijfers.",
}


@transaction.atomic
def load(*, at: datetime) -> None:
    """Publish one solution for each pilot that has one; a second time changes nothing."""
    for about in told():
        if about["slug"] == FOOD_BANK or "solution" not in about:
            continue
        pilot = Pilot.objects.get(slug=about["slug"], is_example=True)
        if not Knot.objects.filter(pilot=pilot).exists():
            _solution(_leader(pilot, at=at), pilot, about["solution"], at=at)


def _leader(pilot: Pilot, *, at: datetime) -> Actor:
    hat = Hat.objects.select_related("account", "organisation").get(
        account__username=LEADS_THE_OTHERS, within=pilot.ref
    )
    return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)


def _solution(leader: Actor, pilot: Pilot, said: dict[str, Any], *, at: datetime) -> None:
    insight = write(leader, pilot.pk, Kind.INSIGHT, title=said["understood"], at=at)
    concept = write(
        leader,
        pilot.pk,
        Kind.CONCEPT,
        title=said["name"],
        form={"words": said["what"], **{name: said[name] for name in FORM}},
        rests_on=[insight.knot.ref],
        at=at,
    )
    for lack, why in WHY.items():
        explain_gap(leader, concept.knot.ref, lack, words=why, at=at)
    publish(leader, concept.knot.ref, at=at)
    if "found" in said:
        below = [concept.knot.ref]
        found = write(leader, pilot.pk, Kind.FINDING, title=said["found"], rests_on=below, at=at)
        publish(leader, found.knot.ref, at=at)
