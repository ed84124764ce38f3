"""Who may know that a pilot exists, and what its tables refuse."""

from __future__ import annotations

from datetime import timedelta

from smartstart.access.actor import VISITOR
from smartstart.programme.models import Pilot
from tests.cast import Cast


def seen(cast: Cast, name: str) -> set[str | None]:
    actor = VISITOR if name == "visitor" else cast.actor(name)
    return set(Pilot.objects.visible_to(actor, on=cast.today).values_list("slug", flat=True))


def test_a_pilot_that_is_not_public_is_known_to_its_team_and_the_office_only(cast: Cast) -> None:
    everyone = ["visitor", *cast.hats]
    assert {name: seen(cast, name) for name in everyone} == {
        "visitor": set(),
        "nadia": {"pilot-a"},
        "bram": {"pilot-a"},
        "joke": {"pilot-b"},
        "els": {"pilot-a", "pilot-b"},
        "ada": set(),
        "petra": set(),
        "anouk": set(),
        "sam": set(),
    }


def test_a_public_pilot_is_known_to_everyone(cast: Cast) -> None:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    assert seen(cast, "visitor") == seen(cast, "anouk") == {"pilot-a"}
    assert seen(cast, "joke") == {"pilot-a", "pilot-b"}


def test_a_hat_that_ended_yesterday_opens_nothing_even_for_an_actor_made_before(cast: Cast) -> None:
    nadia = cast.actor("nadia")
    hat = cast.hats["nadia"]
    hat.last_day = cast.today - timedelta(days=1)
    hat.save()
    assert not Pilot.objects.visible_to(nadia, on=cast.today).exists()
