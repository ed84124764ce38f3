"""The example region."""

from __future__ import annotations

from datetime import datetime

import pytest

from smartstart.access.actor import VISITOR
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.people import example as people
from smartstart.people.models import Hat
from smartstart.people.queries import actor_of
from smartstart.programme import example, queries, rules
from smartstart.programme.models import EvidenceMark, Pilot
from smartstart.thread import example as threads
from smartstart.thread.kinds import Kind
from smartstart.thread.queries import public_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(now: datetime) -> datetime:
    people.mark(at=now)
    people.make_cast(at=now)
    example.load(at=now)
    return now


def test_the_region_has_six_pilots_that_all_say_they_are_an_example(loaded: datetime) -> None:
    shown = queries.cards(VISITOR, on=day_of(loaded))
    assert [(card.slug, card.place, card.stand, card.heard) for card in shown] == [
        ("de-zuidwester", "Tilburg", 5, 14),
        ("jonge-ouders", "Heusden", 4, 9),
        ("voedselbank", "Gilze en Rijen", 3.5, 12),
        ("kindcentra", "Goirle", 4, 11),
        ("de-eerste-1000-dagen", "Waalwijk", 4, 5),
        ("nieuwe-vraag-dongen", "Dongen", 0, 0),
    ]
    assert all(card.is_example for card in shown)


def test_each_stand_is_what_its_evidence_says(loaded: datetime) -> None:
    for pilot in Pilot.objects.all():
        given = set(EvidenceMark.objects.filter(pilot=pilot).values_list("item", flat=True))
        assert (pilot.slug, rules.computed_halves(given)) == (pilot.slug, pilot.computed_halves)


def test_loading_twice_changes_nothing(loaded: datetime) -> None:
    before = list(Pilot.objects.order_by("id").values()), Hat.objects.count()
    example.load(at=loaded)
    assert (list(Pilot.objects.order_by("id").values()), Hat.objects.count()) == before


def test_the_food_bank_has_a_team_of_invented_people(loaded: datetime) -> None:
    pilot = Pilot.objects.get(slug=example.FOOD_BANK)
    team = queries.team_of(pilot, on=day_of(loaded))
    assert {(hat.account.username, hat.role) for hat in team} == {
        ("yara", "project_leader"),
        ("omar", "researcher"),
        ("lin", "researcher"),
        ("hatice", "meedenker"),
    }
    assert all(hat.account.is_example for hat in team)


def test_the_story_of_the_food_bank_tells_its_step_back(loaded: datetime) -> None:
    on = day_of(loaded)
    story = queries.story_of(queries.pilot_shown(VISITOR, example.FOOD_BANK, on=on), on=on)
    assert [(rules.as_stand(stood.halves), stood.steps_back) for stood in story.history] == [
        (0, False),
        (1, False),
        (2.5, False),
        (2, True),
        (3, False),
        (3.5, False),
    ]
    assert [question.since.year for question in story.questions] == [2019, 2021, 2022]
    assert [item.slug for item in story.lacking] == ["decided-to-introduce", "concept-written"]
    assert [(asked.state, asked.days) for asked in story.requests] == [
        ("refused", 49),
        ("asked", (on - story.requests[1].asked_on).days),
    ]
    assert story.decisions[0].holder == "Karin"
    assert sum(took.people for took in story.took_part) == 25


def test_each_pilot_with_a_solution_publishes_it_and_says_what_it_lacks(loaded: datetime) -> None:
    threads.load(at=loaded)
    threads.load(at=loaded)
    published = {}
    for pilot in Pilot.objects.filter(is_public=True).exclude(slug=example.FOOD_BANK):
        view = public_thread(pilot.pk, on=day_of(loaded))
        concepts = [knot for knot in view.knots if knot.kind is Kind.CONCEPT]
        published[pilot.slug] = [(knot.words.title, knot.gap) for knot in concepts]
    gap = (
        "In dit voorbeeld staan nog geen cijfers.\nIn dit voorbeeld zijn geen gesprekken opgenomen."
    )
    assert published == {
        "de-zuidwester": [("Team op Maat", gap)],
        "jonge-ouders": [("Hallo jij!", gap)],
        "kindcentra": [("Spel & Boek", gap)],
        "de-eerste-1000-dagen": [("Een goede start", gap)],
        "nieuwe-vraag-dongen": [],
    }


def test_a_proposal_waits_for_the_programme_office(loaded: datetime) -> None:
    hat = Hat.objects.get(account__username="karin", role="programme_office")
    office = actor_of(hat.account, hat, assurance=2, house_folder=None)
    (waiting,) = queries.proposals_in(Reading(office, at=loaded), on=day_of(loaded))
    assert (waiting.name, waiting.holder) == ("Juf Marloes", "Karin")
    assert Pilot.objects.get(pk=waiting.pilot_id).is_example


def test_the_invented_interview_says_that_it_is_invented() -> None:
    text = example.INTERVIEW.read_text(encoding="utf-8")
    assert text.startswith("Verzonnen gesprek.")
    assert 800 < len(text.split()) < 1100
