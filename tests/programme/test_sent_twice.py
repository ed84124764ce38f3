"""A form that is sent twice makes one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import Line
from smartstart.base.once import SentBefore
from smartstart.programme import operations
from smartstart.programme.models import (
    DataRequest,
    Decision,
    EthicsNote,
    Lesson,
    PilotFigure,
    Proposal,
)
from smartstart.programme.operations import Seen
from tests.cast import Cast

SEEN = Seen("Ouders komen drie keer met dezelfde vraag.", "De Regenboog", "Kim", "06 0000 0000")


def test_a_proposal_sent_twice_is_one_and_of_one_person(cast: Cast) -> None:
    ref = uuid4()
    first = operations.propose_pilot(VISITOR, SEEN, ref=ref, at=cast.now)
    again = operations.propose_pilot(VISITOR, SEEN, ref=ref, at=cast.now)
    assert (first.ref, again.pk) == (ref, first.pk)
    assert Proposal.objects.count() == 1
    assert Line.objects.filter(folder=first.folder_id).count() == 1
    with pytest.raises(SentBefore):
        operations.propose_pilot(cast.actor("anouk"), SEEN, ref=ref, at=cast.now)


def _doubt(actor: Actor, cast: Cast, ref: UUID) -> EthicsNote:
    pk, at = cast.pilot_a.pk, cast.now
    return operations.note_ethics(actor, pk, doubt="Mag dit?", choice="Ja.", ref=ref, at=at)


def _lesson(actor: Actor, cast: Cast, ref: UUID) -> Lesson:
    pk, at = cast.pilot_a.pk, cast.now
    return operations.write_lesson(
        actor, pk, text="Bel eerst.", advice="", halves=0, kind="", ref=ref, at=at
    )


def _request(actor: Actor, cast: Cast, ref: UUID) -> DataRequest:
    pk, at = cast.pilot_a.pk, cast.now
    return operations.ask_for_figures(actor, pk, asked_of="GGD", what="bezoek", ref=ref, at=at)


def _figure(actor: Actor, cast: Cast, ref: UUID) -> PilotFigure:
    pk, at = cast.pilot_a.pk, cast.now
    return operations.add_figure(
        actor, pk, words="wachttijd", why_unknown="Geweigerd.", ref=ref, at=at
    )


@pytest.mark.parametrize("make", [_doubt, _lesson, _request, _figure])
def test_what_is_sent_twice_is_made_once(make: Callable[..., Any], cast: Cast) -> None:
    nadia, bram, ref = cast.actor("nadia"), cast.actor("bram"), uuid4()
    first = make(nadia, cast, ref)
    lines = Line.objects.filter(folder=cast.pilot_a.folder_id).count()
    assert make(nadia, cast, ref) == first
    assert Line.objects.filter(folder=cast.pilot_a.folder_id).count() == lines
    with pytest.raises(SentBefore):
        make(bram, cast, ref)
    assert make(bram, cast, uuid4()) != first


def test_a_decision_asked_twice_is_one(cast: Cast) -> None:
    nadia = cast.actor("nadia")
    told: dict[str, Any] = {
        "what": "Wie betaalt?",
        "holder": cast.account("els"),
        "due_on": cast.in_days(7),
    }
    asked = [
        operations.ask_decision(
            nadia, cast.pilot_a.pk, **told, is_public=False, ref=ref, at=cast.now
        )
        for ref in [uuid4()] * 2
    ]
    assert asked[0] == asked[1]
    assert Decision.objects.count() == 1
