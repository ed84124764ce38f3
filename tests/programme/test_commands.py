"""``smartstart programme`` on the server's own screen."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from smartstart.access.actor import VISITOR
from smartstart.access.models import FolderKind, Line
from smartstart.access.reading import Reading
from smartstart.programme import operations, running
from smartstart.programme.models import Municipality, Pilot, Proposal, Region, Vindplaats
from smartstart.programme.operations import Seen
from tests.cast import Cast


def told(*words: str) -> str:
    out = StringIO()
    call_command("programme", *words, stdout=out)
    return out.getvalue()


def test_a_region_with_a_town_and_a_place_can_take_proposals(cast: Cast) -> None:
    lines = Line.objects.filter(folder__kind=FolderKind.HOUSE).count()
    assert told("region", "De regio", "--office", "Nadia") == (
        "De regio staat klaar. Voorstellen gaan naar Nadia.\n"
    )
    told("region", "Tweede", "--office", "els")
    assert set(Region.objects.values_list("slug", "office__username")) == {
        ("de-regio", "nadia"),
        ("tweede", "els"),
    }
    assert told("municipality", "gm0797", "Heusden", "--region", "de-regio") == (
        "Heusden (GM0797) staat klaar.\n"
    )
    told("place", "De Kring", "--kind", "food_bank", "--municipality", "GM0797")
    place = Vindplaats.objects.get(name="De Kring")
    assert (place.kind, place.municipality) == (
        "food_bank",
        Municipality.objects.get(code="GM0797"),
    )
    assert Line.objects.filter(folder__kind=FolderKind.HOUSE).count() == lines + 4
    operations.propose_pilot(VISITOR, Seen("Iets komt terug."), at=cast.now)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        ("region", "???", "--office", "els"),
        ("region", "Nieuw", "--office", "niemand"),
        ("region", "De régio", "--office", "els"),
        ("municipality", "0855", "Tilburg", "--region", "de-regio"),
        ("municipality", "GM0001", "Ergens", "--region", "nergens"),
        ("place", "Plek", "--kind", "other", "--municipality", "GM0001"),
        ("show", "nergens"),
    ],
)
def test_what_does_not_fit_is_one_sentence(cast: Cast, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refused:
        told(*words)
    assert refused.value.returncode == 1
    assert str(refused.value).endswith((".", "Kijk welke er zijn: smartstart programme list"))


def test_public_pilots_are_listed_and_shown(cast: Cast) -> None:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    assert told("list") == "0\tpilot-a\tTilburg\tWat helpt op pilot_a?\n"
    shown = told("show", "pilot-a").splitlines()
    assert shown[:2] == ["Wat helpt op pilot_a?", "Stand 0 van 5: de vraag is gekozen"]
    assert shown[2] == "  nog niet: De vraag staat op papier."


def test_what_was_typed_is_erased_a_year_after_the_answer(cast: Cast) -> None:
    els = cast.actor("els")
    waiting, answered = (
        operations.propose_pilot(VISITOR, Seen("Iets komt terug.", name="Kim"), at=cast.now)
        for _ in range(2)
    )
    operations.decline_proposal(els, answered.pilot_id, why="Loopt al.", at=cast.now)

    assert running.forget_answered(at=cast.now + timedelta(days=365)) == 0
    later = cast.now + timedelta(days=366)
    assert running.forget_answered(at=later) == 1
    assert running.forget_answered(at=later) == 0

    kept = Proposal.objects.select_related("folder").get(pk=waiting.pk)
    reading = Reading(els, at=later)
    assert (reading.text(kept, "sees"), reading.text(kept, "name")) == ("Iets komt terug.", "Kim")
    gone = Proposal.objects.select_related("folder").get(pk=answered.pk)
    assert [reading.text(gone, field) for field in ("sees", "name", "answer")] == ["", "", ""]
    assert gone.answered_on == cast.today
    assert Line.objects.filter(folder=gone.folder_id, deed="removed").count() == 1
