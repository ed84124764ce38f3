"""A persona rests on three people; roads show where help could have come earlier."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.models import Line
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.design import journeys, persona
from smartstart.design.errors_findings import NoYesToThis, SayWhatItIs, TraitNeedsAVoice
from smartstart.design.journeys_rules import Help, Step, composite
from smartstart.design.mirror import mirror_in
from smartstart.design.models import Moment, RoadYes, Trait, TraitSource
from smartstart.design.models.journeys import Contact, HelpGiven, LifeEvent
from smartstart.design.models.personas import Facet
from smartstart.design.persona_rules import Behind, persona_stands, trait_stands
from smartstart.design.queries_journeys import roads_page, says_yes_to_road
from smartstart.design.queries_persona import persona_of, personas_in, voices_in
from smartstart.voices import operations_story
from smartstart.voices.models import Excerpt
from tests.cast import Cast
from tests.voices.booth import Booth


@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=4), max_size=5))
def test_a_persona_needs_a_source_for_every_trait_and_three_people(
    traits: list[list[tuple[int, bool]]],
) -> None:
    behind = [[Behind(person, stands) for person, stands in trait] for trait in traits]
    stands = persona_stands(behind)

    people = {person for trait in traits for person, holds in trait if holds}
    every = all(any(holds for _, holds in trait) for trait in traits)
    assert stands.people == len(people)
    assert stands.is_enough == (bool(traits) and every and len(people) >= 3)
    assert stands.lacking == max(0, 3 - len(people))
    marked = sum(any(not holds for _, holds in trait) for trait in traits)
    assert stands.marked == marked == sum(trait_stands(trait).is_marked for trait in behind)


STEPS = st.lists(
    st.builds(
        Step,
        person=st.integers(0, 6),
        event=st.integers(0, 3),
        contact=st.sampled_from([None, "school", "doctor"]),
        help=st.sampled_from(Help),
        id=st.integers(0, 99),
    ),
    max_size=30,
)


@given(STEPS)
def test_roads_are_shown_of_three_people_or_more_and_a_point_needs_three_who_were_missed(
    steps: list[Step],
) -> None:
    whole = composite(steps)
    people = {step.person for step in steps}
    assert whole.roads == len(people)
    assert [one.is_shown for one in whole.line] == [one.people >= 3 for one in whole.line]
    assert bool(whole.line) == (len(people) >= 3)
    for stretch in whole.line:
        here = [step for step in steps if step.event == stretch.event]
        met = {step.person for step in here if step.contact}
        missed = met - {step.person for step in here if step.help is Help.FITS}
        assert (stretch.with_contact, stretch.missed) == (len(met), len(missed))
        assert set(stretch.steps) <= {step.id for step in here if step.person in missed}
    points = whole.turning_points
    assert all(point.missed >= 3 for point in points)
    assert [point.missed for point in points] == sorted(
        (point.missed for point in points), reverse=True
    )
    assert {point.event for point in points} == {
        stretch.event for stretch in whole.line if stretch.missed >= 3
    }


class Told:
    """Three people who each said the same piece, and Nadia who works with it."""

    def __init__(self, cast: Cast) -> None:
        self.booth = Booth(cast)
        self.excerpts: list[Excerpt] = [self.booth.excerpt() for _ in range(3)]

    def trait(self, whose: UUID, *excerpts: int, words: str = "Loopt eerst voorbij.") -> Trait:
        return persona.add_trait(
            self.booth.nadia,
            whose,
            facet=Facet.DOES,
            words=words,
            sources=[self.excerpts[number].knot.ref for number in excerpts],
            at=self.booth.now,
        )

    def withdraw(self, number: int) -> None:
        told = self.booth.teller(self.excerpts[number].interview)
        operations_story.withdraw_story(told, at=self.booth.now)

    def moment(self, number: int, contact: Contact, given: HelpGiven) -> Moment:
        return journeys.add_moment(
            self.booth.nadia,
            self.excerpts[number].knot.ref,
            event=LifeEvent.SCHOOL,
            contact=contact,
            help_given=given,
            at=self.booth.now,
        )


@pytest.mark.django_db
def test_a_persona_from_its_first_trait_to_a_voice_that_is_taken_back(cast: Cast) -> None:
    told = Told(cast)
    booth, pilot = told.booth, told.booth.pilot.pk
    ref = uuid4()

    def make(name: str = "Samira") -> UUID:
        return persona.make_persona(
            booth.nadia, pilot, name=name, about="Alleen met twee kinderen.", at=booth.now, ref=ref
        ).ref

    assert make() == make() == ref
    lines = Line.objects.count()
    with pytest.raises(SayWhatItIs):
        make(" ")
    with pytest.raises(TraitNeedsAVoice):
        told.trait(ref)
    with pytest.raises(SayWhatItIs):
        told.trait(ref, 0, words=" ")
    with pytest.raises(NotFound):
        persona.make_persona(cast.actor("joke"), pilot, name="Wie", about="Iets.", at=booth.now)
    assert Line.objects.count() == lines

    told.trait(ref, 0, 1)
    view = persona_of(booth.reading(), pilot, ref)
    assert (view.stands.people, view.stands.lacking, view.stands.is_enough) == (2, 1, False)
    told.trait(ref, 2, words="Wil één vast mens.")
    view = persona_of(booth.reading("bram"), pilot, ref)
    assert (view.stands.people, view.stands.is_enough, view.stands.marked) == (3, True, 0)
    assert [len(trait.quotes) for trait in view.traits] == [2, 1]
    assert len(voices_in(booth.reading(), pilot)) == 3
    with pytest.raises(NotFound):
        personas_in(booth.reading("joke"), pilot)

    told.withdraw(2)
    view = persona_of(booth.reading(), pilot, ref)
    assert (view.stands.people, view.stands.is_enough) == (2, False)
    assert [(one.words, one.stands.is_marked, one.stands.is_gone) for one in view.traits] == [
        ("Loopt eerst voorbij.", False, False),
        ("", True, True),
    ]
    with pytest.raises(TraitNeedsAVoice):
        told.trait(ref, 2)
    persona.remove_trait(booth.nadia, view.traits[1].ref, at=booth.now)
    assert persona_of(booth.reading(), pilot, ref).stands.marked == 0


@pytest.mark.django_db
def test_a_no_to_a_road_before_anybody_said_yes_stays_a_no(cast: Cast) -> None:
    told = Told(cast)
    interview, booth = told.excerpts[0].interview, told.booth
    journeys.take_road_back(booth.teller(interview), interview.pk, at=booth.now)
    with pytest.raises(NoYesToThis):
        journeys.say_yes_to_road(booth.nadia, interview.pk, at=booth.now)


@pytest.mark.django_db
def test_roads_lie_side_by_side_only_with_a_yes_of_their_own(cast: Cast) -> None:
    told = Told(cast)
    booth, pilot = told.booth, told.booth.pilot.pk
    people = [booth.teller(excerpt.interview) for excerpt in told.excerpts]
    ids = [excerpt.interview_id for excerpt in told.excerpts]
    with pytest.raises(NoYesToThis):
        told.moment(0, Contact.SCHOOL, HelpGiven.NO_FIT)
    for teller, id_ in zip(people, ids, strict=True):
        journeys.say_yes_to_road(teller, id_, at=booth.now)
    assert says_yes_to_road(people[0], on=cast.today)

    told.moment(0, Contact.SCHOOL, HelpGiven.NO_FIT)
    told.moment(1, Contact.SCHOOL, HelpGiven.NONE)
    page = roads_page(booth.reading(), pilot)
    assert (page.roads, page.is_enough, page.line) == (2, False, ())

    told.moment(2, Contact.NOBODY, HelpGiven.FITS)
    page = roads_page(booth.reading(), pilot)
    assert [(one.event, one.stretch.missed) for one in page.line] == [(LifeEvent.SCHOOL, 2)]
    assert page.turning_points == ()
    third = told.moment(2, Contact.DOCTOR, HelpGiven.NO_FIT)
    [point] = roads_page(booth.reading("bram"), pilot).turning_points
    assert (point.stretch.missed, len(point.quotes), len(point.contacts)) == (3, 3, 2)
    assert [road.moments for road in page.people] == [1, 1, 1]
    with pytest.raises(NotFound):
        roads_page(booth.reading("joke"), pilot)
    with pytest.raises(NotFound):
        journeys.remove_moment(cast.actor("joke"), third.ref, at=booth.now)

    journeys.take_road_back(people[1], ids[1], at=booth.now)
    page = roads_page(booth.reading(), pilot)
    assert (page.is_enough, page.turning_points, page.line) == (False, (), ())
    assert not Moment.objects.filter(knot=told.excerpts[1].knot).exists()
    with pytest.raises(NoYesToThis):
        journeys.say_yes_to_road(booth.nadia, ids[1], at=booth.now)
    journeys.say_yes_to_road(people[1], ids[1], at=booth.now)
    told.moment(1, Contact.SCHOOL, HelpGiven.NO_FIT)
    assert len(roads_page(booth.reading(), pilot).turning_points) == 1

    told.withdraw(0)
    page = roads_page(booth.reading(), pilot)
    assert (page.roads, page.turning_points) == (2, ())
    left = Moment.objects.count()
    assert journeys.forget_withdrawn() == 1, "by the clock it is gone from the store as well"
    assert (journeys.forget_withdrawn(), Moment.objects.count()) == (0, left - 1)
    with pytest.raises(NotFound):
        journeys.say_yes_to_road(cast.actor("joke"), ids[1], at=booth.now)
    for name in ("els", "petra"):
        with pytest.raises((NotAllowed, NotFound)):
            journeys.take_road_back(cast.actor(name), ids[1], at=booth.now)


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_makes_one_thing_and_nothing_is_made_of_nothing(
    cast: Cast,
) -> None:
    told = Told(cast)
    booth, knot, nobody = told.booth, told.excerpts[0].knot.ref, uuid4()
    samira = persona.make_persona(
        booth.nadia, booth.pilot.pk, name="Samira", about="Alleen.", at=booth.now
    )
    journeys.say_yes_to_road(booth.nadia, told.excerpts[0].interview_id, at=booth.now)

    def trait(ref: UUID, whose: UUID) -> Trait:
        return persona.add_trait(
            booth.nadia,
            whose,
            facet=Facet.IS,
            words="Is moe.",
            sources=[knot],
            at=booth.now,
            ref=ref,
        )

    def moment(ref: UUID, piece: UUID) -> Moment:
        return journeys.add_moment(
            booth.nadia,
            piece,
            event=LifeEvent.MOVED,
            contact=Contact.HOUSING,
            help_given=HelpGiven.FITS,
            at=booth.now,
            ref=ref,
        )

    for make, on in ((trait, samira.ref), (moment, knot)):
        ref = uuid4()
        assert make(ref, on) == make(ref, on)
        with pytest.raises(NotFound):
            make(uuid4(), nobody)
    journeys.remove_moment(booth.nadia, Moment.objects.get().ref, at=booth.now)
    assert not Moment.objects.exists()
    with pytest.raises(NotFound):
        persona.remove_trait(booth.nadia, nobody, at=booth.now)
    with pytest.raises(NotFound):
        persona_of(booth.reading(), booth.pilot.pk, nobody)
    assert len(personas_in(booth.reading(), booth.pilot.pk)[1]) == 1
    assert not says_yes_to_road(booth.nadia, on=cast.today)


@pytest.mark.django_db
def test_pages_of_a_pilot_are_for_who_works_in_it_and_people_for_who_plans_interviews(
    cast: Cast,
) -> None:
    told = Told(cast)
    booth, pilot = told.booth, told.booth.pilot.pk

    office = Reading(cast.actor("els"), at=booth.now)
    for page in (mirror_in, roads_page, personas_in):
        with pytest.raises(NotFound):
            page(office, pilot)
    leads_sessions = replace(booth.nadia, role=Role.FACILITATOR)
    found = roads_page(Reading(leads_sessions, at=booth.now), pilot)
    assert (found.people, found.asks, found.writes) == ((), False, True)
    own = booth.teller(told.excerpts[0].interview)
    for teller, reads in ((own, 1), (booth.teller(told.excerpts[1].interview), 0)):
        journeys.say_yes_to_road(booth.nadia, told.excerpts[0].interview_id, at=booth.now)
        assert RoadYes.objects.visible_to(teller, on=cast.today).count() == reads
    told.moment(0, Contact.SCHOOL, HelpGiven.NO_FIT)
    assert not Moment.objects.visible_to(own, on=cast.today).exists()
    persona.make_persona(booth.nadia, pilot, name="Wilma", about="Alleen.", at=booth.now)
    ref = personas_in(booth.reading(), pilot)[1][0].ref
    told.trait(ref, 0)
    view = persona_of(booth.reading(), pilot, ref)
    assert [(str(head), len(traits)) for head, traits in view.facets] == [
        (str(Facet.DOES.label), 1)
    ]
    assert TraitSource.objects.visible_to(booth.nadia, on=cast.today).count() == 1
    assert TraitSource.objects.visible_to(own, on=cast.today).count() == 0
