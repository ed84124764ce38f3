"""The dictionary on a real database: one test per effect and one per refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.ledger import Deed
from smartstart.access.models import FolderKind, Line
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.language import example, operations, queries
from smartstart.language import operations_proposals as proposing
from smartstart.language.errors import (
    ItTellsWho,
    MeaningHasChanged,
    MeaningIsSigned,
    MeaningIsThere,
    NotOfThisField,
    ProposalIsDecided,
    WordIsThere,
)
from smartstart.language.first_terms import first_terms, sources
from smartstart.language.loading import load_terms
from smartstart.language.models import About, HurtfulMark, Meaning, Synonym, Term, Translation
from smartstart.language.operations_proposals import Told
from smartstart.language.plain import MOST_WORDS, measure, says_what_hurts
from smartstart.people.models import Domain, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Term:
    return Term.objects.create(word="melding", forms="meldingen", plain="bericht")


@pytest.fixture
def keeper() -> Actor:
    return Actor(role=Role.PROGRAMME_OFFICE, account=uuid4(), hat=uuid4(), person=uuid4())


@pytest.fixture
def nurse(now: datetime) -> Actor:
    return professional(Domain.HEALTH, now)


def professional(domain: Domain, now: datetime) -> Actor:
    organisation = Organisation.objects.create(
        name=f"Organisatie {uuid4()}",
        domain=domain,
        folder=open_folder(FolderKind.ORGANISATION, at=now),
    )
    return Actor(
        role=Role.PROFESSIONAL,
        account=uuid4(),
        hat=uuid4(),
        person=uuid4(),
        organisation=organisation.ref,
        assurance=2,
    )


def parent() -> Actor:
    return Actor(role=Role.PARENT, account=uuid4(), hat=uuid4(), person=uuid4(), assurance=2)


def deeds(now: datetime) -> list[str]:
    return list(
        Line.objects.filter(folder=house_folder(at=now))
        .order_by("number")
        .values_list("deed", flat=True)
    )


def test_a_meaning_is_written_signed_changed_and_signed_again(
    term: Term, nurse: Actor, now: datetime
) -> None:
    meaning = operations.add_meaning(
        nurse, term.pk, domain=Domain.HEALTH, text=" een fout ", now=now
    )
    signed = operations.sign(
        nurse, meaning.pk, as_function="jeugdverpleegkundige", text_read="een fout", now=now
    )
    today = now.date()
    assert (signed.signed_by, signed.signed_as, signed.signed_on) == (
        nurse.person,
        "jeugdverpleegkundige",
        today,
    )
    changed = operations.change_meaning(nurse, meaning.pk, text="een bericht", now=now)
    changed.refresh_from_db()
    assert (changed.text, changed.signed_by, changed.signed_as, changed.signed_on) == (
        "een bericht",
        None,
        "",
        None,
    )
    assert deeds(now) == [Deed.MADE, Deed.APPROVED, Deed.CHANGED]


def test_a_field_has_one_meaning(term: Term, nurse: Actor, now: datetime) -> None:
    operations.add_meaning(nurse, term.pk, domain=Domain.HEALTH, text="een fout", now=now)

    with pytest.raises(MeaningIsThere):
        operations.add_meaning(nurse, term.pk, domain=Domain.HEALTH, text="iets anders", now=now)
    operations.add_meaning(nurse, term.pk, domain=Domain.EDUCATION, text="een briefje", now=now)
    assert list(term.meanings.values_list("domain", "text")) == [
        ("education", "een briefje"),
        ("health", "een fout"),
    ]


def test_only_the_own_field_signs_and_only_what_was_read(
    term: Term, nurse: Actor, now: datetime
) -> None:
    meaning = operations.add_meaning(nurse, term.pk, domain=Domain.HEALTH, text="een fout", now=now)
    teacher = professional(Domain.EDUCATION, now)

    def sign(actor: Actor, text: str = "een fout") -> None:
        operations.sign(actor, meaning.pk, as_function="arts", text_read=text, now=now)

    with pytest.raises(NotOfThisField):
        sign(teacher)
    with pytest.raises(NotOfThisField):
        sign(replace(nurse, organisation=None))
    with pytest.raises(MeaningHasChanged):
        sign(nurse, "een oude tekst")
    sign(nurse)
    with pytest.raises(MeaningIsSigned):
        sign(nurse)
    assert deeds(now) == [Deed.MADE, Deed.APPROVED]


def test_what_is_not_there_is_not_found_before_anything_else(now: datetime) -> None:
    today = now.date()
    with pytest.raises(NotFound):
        operations.add_meaning(VISITOR, 0, domain=Domain.HEALTH, text="x", now=now)
    with pytest.raises(NotFound):
        operations.change_meaning(VISITOR, 0, text="x", now=now)
    with pytest.raises(NotFound):
        operations.sign(VISITOR, 0, as_function="x", text_read="x", now=now)
    with pytest.raises(NotFound):
        operations.mark_hurtful(VISITOR, 0, today=today)
    with pytest.raises(NotFound):
        operations.take_back_mark(VISITOR, 0, today=today)
    with pytest.raises(NotFound):
        queries.term(VISITOR, "bestaat niet", today=today)


def test_who_may_not_is_refused(term: Term, nurse: Actor, now: datetime) -> None:
    meaning = operations.add_meaning(nurse, term.pk, domain=Domain.HEALTH, text="x", now=now)
    today = now.date()
    for actor in (VISITOR, parent()):
        with pytest.raises(NotAllowed):
            operations.add_meaning(actor, term.pk, domain=Domain.SAFETY, text="x", now=now)
        with pytest.raises(NotAllowed):
            operations.change_meaning(actor, meaning.pk, text="y", now=now)
        with pytest.raises(NotAllowed):
            operations.sign(actor, meaning.pk, as_function="x", text_read="x", now=now)
    for actor in (VISITOR, nurse, replace(parent(), person=None)):
        with pytest.raises(NotAllowed):
            operations.mark_hurtful(actor, term.pk, today=today)
        with pytest.raises(NotAllowed):
            operations.take_back_mark(actor, term.pk, today=today)
    assert (HurtfulMark.objects.count(), deeds(now)) == (0, [Deed.MADE])


def test_each_person_counts_once_and_marks_cannot_be_joined(term: Term, now: datetime) -> None:
    other = Term.objects.create(word="signaal", plain="iets wat opvalt")
    mother, father, today = parent(), parent(), now.date()
    for actor in (mother, mother, father):
        operations.mark_hurtful(actor, term.pk, today=today)
    operations.mark_hurtful(mother, other.pk, today=today)

    assert [line.hurt for line in queries.terms(VISITOR, today=today)] == [2, 1]
    marks = list(HurtfulMark.objects.values_list("by", flat=True))
    assert len(set(marks)) == 3
    assert not set(marks) & {mother.person, father.person, mother.account, father.account}
    assert list(HurtfulMark.objects.visible_to(mother, on=today)) == []

    operations.take_back_mark(father, term.pk, today=today)
    operations.take_back_mark(father, term.pk, today=today)
    assert [line.hurt for line in queries.terms(VISITOR, today=today)] == [1, 1]
    assert Line.objects.count() == 0


def refused(make: object, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        make()  # type: ignore[operator]


def test_a_proposal_is_read_by_others_once_the_keeper_looked(
    term: Term, keeper: Actor, nurse: Actor, now: datetime
) -> None:
    today = now.date()
    for text in ("Bel 06-12345678.", "Mail naar emma@voorbeeld.nl."):
        with pytest.raises(ItTellsWho):
            proposing.propose(VISITOR, Told(About.PLAIN, text, term=term.pk), today=today)
    told = Told(About.PLAIN, "briefje", term=term.pk)
    made = proposing.propose(VISITOR, told, today=today)

    def read_by(*actors: Actor) -> list[list[str]]:
        return [[one.text for one in queries.proposals(a, today=today)] for a in actors]

    assert read_by(VISITOR, nurse, parent(), keeper) == [[], [], [], ["briefje"]]
    with pytest.raises(NotFound):
        proposing.vote(nurse, made.pk, today=today)
    with pytest.raises(NotFound):
        proposing.show_proposal(nurse, made.pk, now=now)
    for _ in range(2):
        proposing.show_proposal(keeper, made.pk, now=now)
    assert read_by(VISITOR, nurse, keeper) == [[], ["briefje"], ["briefje"]]
    with pytest.raises(NotAllowed):
        proposing.remove_proposal(nurse, made.pk, now=now)
    proposing.remove_proposal(keeper, made.pk, now=now)
    assert read_by(nurse, keeper) == [[], []]
    again = proposing.propose(VISITOR, told, today=today)
    proposing.take_proposal(keeper, again.pk, why="zo", now=now)
    for decide in (proposing.show_proposal, proposing.remove_proposal):
        with pytest.raises(ProposalIsDecided):
            decide(keeper, again.pk, now=now)
    assert deeds(now) == [Deed.CHANGED, Deed.REMOVED, Deed.APPROVED]


def test_the_database_itself_refuses_what_may_not_be(term: Term) -> None:
    def meaning(**fields: object) -> object:
        given = {"term": term, "domain": "health", "text": "x"} | fields
        return lambda: Meaning.objects.create(**given)

    today, somebody = date(2026, 11, 20), uuid4()
    refused(lambda: Term.objects.create(word="Melding", plain="x"), "lower_case")
    refused(lambda: Term.objects.create(word=" melding", plain="x"), "lower_case")
    refused(lambda: Term.objects.create(word="", plain="x"), "lower_case")
    refused(lambda: Term.objects.create(word="melding", plain="x"), "word")
    refused(lambda: Term.objects.create(word="plan", plain=""), "plain_word")
    refused(meaning(domain="sport"), "known_field")
    refused(meaning(text=""), "has_words")
    refused(meaning(source="een wet"), "noted_on_a_day")
    refused(meaning(signed_by=somebody), "signed_wholly")
    refused(meaning(signed_by=somebody, signed_on=today), "signed_wholly")
    refused(meaning(signed_as="arts", signed_on=today), "signed_wholly")
    refused(lambda: Synonym.objects.create(term=term, word="Bericht"), "lower_case")
    refused(lambda: Translation.objects.create(term=term, language="fr", word="x"), "language")
    refused(lambda: Translation.objects.create(term=term, language="en", word=""), "language")
    meaning()()  # type: ignore[operator]
    refused(meaning(), "one_meaning")
    Synonym.objects.create(term=term, word="bericht")
    refused(lambda: Synonym.objects.create(term=term, word="bericht"), "stands_once")
    HurtfulMark.objects.create(term=term, by=somebody)
    refused(lambda: HurtfulMark.objects.create(term=term, by=somebody), "one_mark")


def test_loading_twice_is_loading_once_and_changes_no_word_of_people(
    nurse: Actor, now: datetime
) -> None:
    assert load_terms() == 135
    own = Term.objects.get(word="melding").meanings.get(domain="health")
    operations.change_meaning(nurse, own.pk, text="onze eigen woorden", now=now)

    example.load(at=now)
    assert load_terms() == 0
    own.refresh_from_db()
    assert own.text == "onze eigen woorden"
    assert (Term.objects.count(), Meaning.objects.count()) == (135, 405)


def test_every_first_term_is_whole() -> None:
    """At least eighty, all eight fields, a source for each meaning, short sentences."""
    terms = first_terms()
    words = [term["word"] for term in terms]
    forms = [form for term in terms for form in term.get("forms", [])]
    assert len(words) >= 80
    assert len(words) == len(set(words))
    assert {form for form in forms if forms.count(form) > 1} == set()
    assert {field for term in terms for field in term["means"]} == set(Domain.values)
    for term in terms:
        assert term["plain"] != term["word"]
        assert not says_what_hurts(term["plain"]), term["word"]
        assert term["translations"]["en"], term["word"]
        assert term["means"], term["word"]
        for meaning in term["means"].values():
            assert meaning["source"] in sources(), term["word"]
            assert measure(meaning["says"]).longest <= MOST_WORDS, meaning["says"]
            assert meaning["says"].endswith("."), term["word"]


def test_the_dictionary_costs_as_many_queries_for_all_terms_as_for_one(
    term: Term, django_assert_num_queries: object
) -> None:
    today = date(2026, 11, 20)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(queries.terms(VISITOR, today=today)) == 1
    load_terms()
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(queries.terms(VISITOR, today=today)) == 135
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert queries.term(VISITOR, "melding", today=today).word == "melding"


def test_a_clash_is_warned_of_with_one_query(django_assert_num_queries: object) -> None:
    load_terms()
    text, today = "Zij deed een melding bij school.", date(2026, 11, 20)
    both = ["education", "police_justice"]
    queries.clashes_in(VISITOR, text, domains=both, today=today)

    with django_assert_num_queries(1):  # type: ignore[operator]
        (clash,) = queries.clashes_in(VISITOR, text, domains=both, today=today)
    assert (clash.word, text[clash.start : clash.end]) == ("melding", "melding")
    assert [domain for domain, _meaning in clash.meanings] == both
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.clashes_in(VISITOR, text, domains=["education"], today=today) == []


def test_a_changed_dictionary_is_learned_at_once(term: Term, keeper: Actor, now: datetime) -> None:
    def found(text: str) -> list[str]:
        known = queries.dictionary(VISITOR, today=now.date())
        return [one.word for one in known.recogniser.find(text)]

    load_terms()
    assert found("een zorgmelding over een blorp") == ["melding"]
    operations.add_term(keeper, " Blorp ", plain="iets", forms=["Blorpje zwaar"], now=now)
    assert found("twee blorpen, een blorpje zwaar") == ["blorp", "blorp"]
    blorp = Term.objects.get(word="blorp")
    operations.change_term(keeper, blorp.pk, plain="iets anders", forms=[], now=now)
    assert found("een blorpje zwaar") == []
    with pytest.raises(WordIsThere):
        operations.add_term(keeper, "blorp", plain="iets", forms=[], now=now)
    assert deeds(now) == [Deed.MADE, Deed.CHANGED]
