"""The gate says what plain Python says, for a small world of questions, readers and moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import open_folder
from smartstart.base.clock import HERE
from smartstart.consult.models import DrawnIn, Exchange, Offer
from tests.consult.oracle import Told
from tests.consult.people import EVERYBODY, People, people

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
COVER, TEAM, ERASE = (AT + timedelta(hours=hours) for hours in (8, 24, 48))
MOMENTS = (AT, COVER, TEAM - timedelta(minutes=1), TEAM, ERASE - timedelta(minutes=1), ERASE)
STATES = (("held", False), ("held", True), ("offered", True), ("answered", True), ("closed", True))
BESIDE = ((), (("bas", False), ("joost", True)), (("karin", False),))
LEFT = (frozenset[str](), frozenset({"fatima"}), frozenset({"fatima", "karin", "marit"}))


def world() -> Iterator[Told]:
    """Every combination, of who can be what."""
    holders, drawn = ("fatima", "bas", "marit"), (frozenset[str](), frozenset({"daan", "wil"}))
    rows = product(("joost", "code"), holders, STATES, BESIDE, drawn)
    for asker, holder, (state, picked), beside, along in rows:
        is_offered = state == "offered"
        if (asker, holder, along) == ("joost", "fatima", frozenset()):
            asker = "karin"  # who covers for Fatima
        yield Told(
            asker=asker,
            holder=holder,
            state=state,
            picked_up=picked,
            offered_to="daan" if is_offered else None,
            offer_ends_at=COVER if is_offered else None,
            beside=beside,
            drawn_in=along,
            cover_from=COVER,
            coordinator_from=TEAM,
            erase_at=ERASE,
        )


def made(told: Told, room: People, folder: Folder) -> Exchange:
    ref = uuid4()
    exchange = Exchange.objects.create(
        ref=ref,
        folder=folder,
        asker=ref if told.asker == "code" else room.ref(told.asker),
        asker_kind="parent",
        holder=room.ref(told.holder),
        coordinator=room.ref("marit"),
        state=told.state,
        offered_to=room.ref(told.offered_to) if told.offered_to else None,
        offer_ends_at=told.offer_ends_at,
        asked_at=AT - timedelta(minutes=1),
        promised_at=TEAM,
        cover_from=told.cover_from,
        coordinator_from=told.coordinator_from,
        picked_up_at=AT if told.picked_up else None,
        erase_at=told.erase_at,
    )
    for who, ended in told.beside:
        Offer.objects.create(
            exchange=exchange,
            position=room.ref(who),
            ends_at=TEAM,
            ended_at=AT if ended else None,
        )
    for who in told.drawn_in:
        DrawnIn.objects.create(exchange=exchange, position=room.ref(who), at=AT)
    return exchange


def test_the_gate_and_the_oracle_see_the_same() -> None:
    room = people(AT)
    folder = open_folder(FolderKind.EXCHANGE, at=AT)
    told = {made(one, room, folder).pk: one for one in world()}
    asked, wrong = 0, []
    for left in LEFT:
        for name in left - {one for one in left if room.has_left(one)}:
            room.leaves(name)
        readers = {name: room.actor(name) for name in EVERYBODY if name not in left}
        for at, (name, actor) in product(MOMENTS, readers.items()):
            seen = {
                rule: set(
                    getattr(Exchange.objects, rule)(actor, at=at).values_list("pk", flat=True)
                )
                for rule in ("read_by", "acted_on_by", "waiting_for")
            }
            for pk, one in told.items():
                must = {
                    "read_by": one.readers(at, left),
                    "acted_on_by": one.acts(at, left),
                    "waiting_for": one.waits_for(at, left),
                }
                asked += len(must)
                wrong += [
                    (rule, name, at, sorted(left), one)
                    for rule, who in must.items()
                    if (name in who) != (pk in seen[rule])
                ]
    assert wrong[:3] == []
    assert asked > 80_000
    assert any(one.readers(AT, LEFT[0]) for one in told.values())
