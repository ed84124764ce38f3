"""The list of expertises, what a position says of itself, three for a question, and learning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from smartstart.access.actor import VISITOR
from smartstart.access.reading import in_transaction
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.consult import identity, operations_teaching, queries_teaching
from smartstart.consult import operations_answering as answering
from smartstart.consult.expertise import errors, known, operations, queries, ranking, tasks
from smartstart.consult.expertise.hours import Stretch
from smartstart.consult.expertise.operations import Described
from smartstart.consult.models import Edition, Expertise, Saying, Team
from smartstart.consult.queries_whom import others
from smartstart.people.models import Organisation, Position
from smartstart.programme.models import Municipality, Region, Vindplaats
from tests.conftest import NOW
from tests.consult.people import People, people
from tests.language.conftest import names_cache  # noqa: F401 - a fixture
from tests.language.processes import running, wait_until

DEBTS = "Ik heb schulden en durf de post niet open te maken. Er komt een deurwaarder."
NIGHTS = "Mijn dochter wordt elke nacht wakker en slaapt slecht."
TUESDAY_AND_THURSDAY = (Stretch(1, time(9), time(12)), Stretch(3, time(13), time(16, 30)))


@pytest.fixture
def room(db: None, settings: Any, tmp_path: Path) -> People:
    """Three who said what they know, and no language helper."""
    settings.LANGUAGE_SOCKET = tmp_path / "nobody.sock"
    made = people(NOW)
    operations.load_expertises()
    tell(made, "fatima", "schulden", hours=TUESDAY_AND_THURSDAY)
    tell(made, "bas", "bewegen", about="Ik help ook bij dwarslaesie.")
    tell(made, "daan", "slapen", "zindelijk")
    return made


def tell(room: People, name: str, *keys: str, by: str = "", **more: Any) -> None:
    described = Described(expertises=keys, **more)
    operations.describe_position(room.actor(by or name), room.ref(name), as_=described, at=room.at)


def three(room: People, words: str, *, near: str = "", at: datetime = NOW) -> list[str]:
    place = Position.objects.get(ref=room.ref(near)).organisation.ref if near else None
    found = queries.best_three(words, language="nl", near=place, at=at)
    return [room.name(one.position_ref) for one in found]


def test_the_list_is_loaded_once_and_follows_the_files(db: None) -> None:
    assert operations.load_expertises() > 800
    number = Edition.objects.get().number
    assert operations.load_expertises() == 0
    assert Edition.objects.get().number == number

    Expertise.objects.filter(key="schulden").update(short="iets ouds")
    assert operations.load_expertises() == 1
    assert Expertise.objects.get(key="schulden").short == "schulden en achterstallige rekeningen"
    lines = queries.expertises(VISITOR, today=NOW.date())
    assert {one.key for one in lines} == set(Expertise.objects.values_list("key", flat=True))


def test_the_right_one_comes_first_and_says_why(
    room: People, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    known.up_to_date()
    with django_assert_max_num_queries(5):
        found = queries.best_three(DEBTS, language="nl", near=None, at=NOW)

    first = found[0]
    assert (first.position_ref, first.function) == (room.ref("fatima"), "gedragscoach")
    assert first.organisation == "school"
    assert first.phone == "013 000 0100"
    assert first.hours == "dinsdag 9.00-12.00, donderdag 13.00-16.30"
    assert first.why == (
        "Weet veel van schulden en achterstallige rekeningen. Op dinsdag en donderdag."
    )
    assert three(room, NIGHTS)[0] == "daan"
    assert three(room, "dwarslaesie")[0] == "bas", "own words count"


def test_when_nothing_is_known_nobody_is_guessed(room: People) -> None:
    (found,) = queries.best_three("asdf qwrt", language="nl", near=None, at=NOW)

    assert found.position_ref == Team.objects.get(is_for_the_rest=True).coordinator.ref
    assert found.why == "Wij weten nog niet wie hierbij past. Deze persoon zoekt het met je uit."
    assert three(room, DEBTS)[0] == "fatima"
    Team.objects.all().delete()
    assert three(room, "asdf qwrt") == [], "nobody looks after questions"


def test_when_nobody_here_knows_it_that_is_said_and_no_other_reason_is_made_up(
    room: People,
) -> None:
    """A mother whose child stayed at home was sent to pregnancy and to money (found by walking)."""
    words = "Mijn dochter wil al weken niet meer naar school en blijft thuis."
    first, *others = queries.best_three(words, language="nl", near=None, at=NOW)

    assert (first.position_ref, first.is_sure) == (room.ref("marit"), True)
    assert first.why == (
        "Gaat het over kinderen die niet naar school gaan of durven?"
        " Niemand hier zegt daar veel van te weten."
        " Deze persoon zoekt het met je uit."
    )
    assert len(others) == 2
    daan = next(one for one in others if one.position_ref == room.ref("daan"))
    assert daan.why.startswith(
        "Weet vooral van iets anders: slaapproblemen van kinderen; zindelijk worden en bedplassen. "
    )
    tell(room, "bas", "verzuim")
    found = queries.best_three(words, language="nl", near=None, at=NOW)
    assert (found[0].position_ref, found[0].is_sure) == (room.ref("bas"), True)
    Position.objects.filter(ref=room.ref("bas")).update(occupant=None)
    assert three(room, words)[0] == "marit", "nobody sits there"


def test_a_question_in_another_language_finds_its_expertise_by_its_words(room: People) -> None:
    for words, who in [
        ("The bailiff came because we are in debt", "fatima"),
        ("Gece hiç UYUMUYOR, sürekli uyanıyor", "daan"),
        ("الطفلة لا تنام في الليل وتستيقظ", "daan"),
        ("Komornik zajął pensję przez długi", "fatima"),
        ("Дитина не спить уночі й прокидається", "daan"),
    ]:
        assert three(room, words)[0] == who, words


def test_what_changes_is_true_at_the_next_question(room: People) -> None:
    assert three(room, DEBTS)[0] == "fatima"

    tell(room, "bas", "schulden")
    tell(room, "fatima", "schulden", is_open=False)
    assert three(room, DEBTS)[0] == "bas"
    assert "fatima" not in three(room, DEBTS)

    Position.objects.filter(ref=room.ref("bas")).update(occupant=None)
    assert "bas" not in three(room, DEBTS), "nobody would read it"

    Expertise.objects.filter(key="slapen").update(words="zwaardvechten")
    operations.next_edition()
    assert three(room, "zwaardvechten")[0] == "daan"


def test_who_works_here_comes_first_and_who_is_there_now(room: People) -> None:
    for name in ("fatima", "bas"):
        tell(room, name, "schulden")
    assert three(room, DEBTS, near="bas")[0] == "bas"
    assert three(room, DEBTS, near="fatima")[0] == "fatima"

    tell(room, "fatima", "schulden", hours=(Stretch(0, time(9), time(10)),))
    tell(room, "bas", "schulden", hours=(Stretch(4, time(9), time(12)),))
    assert three(room, DEBTS, at=NOW)[0] == "bas", "today is Friday"
    assert three(room, DEBTS, at=NOW + timedelta(hours=5))[0] == "fatima"


def test_who_has_a_part_already_is_not_proposed_and_another_comes_instead(room: People) -> None:
    for name in ("karin", "marit"):
        tell(room, name, "schulden", by=name)
    asked = room.ask("fatima", by="joost", words=DEBTS)
    taken = others(room.actor("fatima"), asked.ref, at=room.at).part_already
    assert taken == {room.ref("joost"), room.ref("fatima")}

    found = queries.best_three(DEBTS, language="nl", near=None, at=room.at, without=taken)
    named = [room.name(one.position_ref) for one in found]
    assert len(named) == 3
    assert not {"fatima", "joost"} & set(named)


def test_who_has_hours_at_a_place_is_near_there_and_still_in_town(room: People) -> None:
    office = room.hats["marit"].account
    region = Region.objects.create(slug="r", name="R", office=office)
    town = Municipality.objects.create(region=region, name="Goirle", code="GM0785")
    school = Vindplaats.objects.create(name="De Vlinder", kind="primary_school", municipality=town)
    Organisation.objects.update(municipality_code="GM0785")
    morning = Stretch(0, time(9), time(12), school.pk, "Kamer 5")
    tell(room, "fatima", "schulden", hours=(morning,))

    found = {one.position: one for one in known.up_to_date().candidates}
    fatima, bas = (found[room.positions[name].pk] for name in ("fatima", "bas"))
    here = ranking.Place(place=school.pk, town="GM0785")
    assert ranking.nearness(fatima, here) == ranking.HERE_ITSELF
    assert ranking.nearness(bas, here) == ranking.SAME_TOWN
    assert ranking.nearness(fatima, ranking.Place(town="GM0785")) == ranking.SAME_TOWN


def test_what_is_refused(room: People) -> None:
    ada = room.actor("ada")
    tell(room, "fatima", "schulden", by="ada")
    described = Described(expertises=["slapen"])
    for actor, ref, refusal in [
        (room.actor("bas"), room.ref("fatima"), NotAllowed),
        (ada, room.ref("bas"), NotAllowed),
        (ada, Expertise.objects.get(key="slapen").pk and room.actor("bas").person, NotFound),
    ]:
        with pytest.raises(refusal):
            operations.describe_position(actor, ref, as_=described, at=NOW)  # type: ignore[arg-type]
    with pytest.raises(errors.NoSuchExpertise):
        tell(room, "fatima", "toveren")


def refused(room: People, words: str, *, by: str = "fatima", key: str = "slapen") -> type[Refusal]:
    with pytest.raises(Refusal) as told:
        operations.learn_saying(room.actor(by), key, words=words, language="nl", at=NOW)
    return told.type


@pytest.mark.timeout(600)
def test_with_the_helper_names_are_found_meaning_counts_and_words_are_learned(
    room: People,
    settings: Any,
    names_cache: Path,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert refused(room, "we doen geen oog dicht") is errors.CannotBeCheckedNow
    assert not tasks.teach_helper()
    looked: list[bool] = []
    check = identity.check

    def looks(words: str) -> identity.Checked:
        looked.append(in_transaction())
        return check(words)

    monkeypatch.setattr(identity, "check", looks)
    with running(names_cache, ready=True) as helper:
        settings.LANGUAGE_SOCKET = helper.socket
        checked = identity.check("Zaterdag was Thirza weg.")
        assert not checked.by_rules_only
        assert [(one.start, one.end) for one in checked.found] == [(13, 19)]

        refusals = [
            refused(room, "mijn dochter Noor slaapt niet"),
            refused(room, "kort"),
            refused(room, "we doen geen oog dicht", key="toveren"),
            refused(room, "we doen geen oog dicht", by="ada"),
        ]
        assert refusals == [
            errors.SaysWhoItIs, errors.TooManyOrNoWords, errors.NoSuchExpertise, NotAllowed,
        ]  # fmt: skip
        _learns(room)
        assert set(looked) == {False}, "nobody waits for the helper with the one lock in hand"
        Saying.objects.exclude(language__in=["nl", "ar"]).delete()  # less to encode
        operations.next_edition()
        wait_until(tasks.teach_helper)
        assert tasks.teach_helper(), "a second time there is nothing to teach"
        arabic = queries.best_three("طفلي لا ينام في الليل", language="ar", near=None, at=NOW)
        assert arabic[0].position_ref == room.ref("daan"), "by meaning: no word is the same"


def _learns(room: People) -> None:
    """Words that somebody said yes to find the expertise from then on, until they are forgotten."""
    fatima, said = room.actor("fatima"), "we doen geen oog dicht"
    assert three(room, "geen oog dicht gedaan")[0] != "daan"
    exchange = room.ask("fatima", words="Hij doet echt al weken geen oog dicht.", at=NOW)
    answering.answer(fatima, exchange.ref, words="Gebeld.", at=NOW)
    learned = operations_teaching.teach(
        fatima, exchange.ref, "slapen", words=said, language="nl", at=NOW
    )
    assert [one.words for one in queries_teaching.taught(fatima, today=NOW.date())] == [said]
    assert (learned.learned, learned.learned_by) == (True, fatima.position)
    assert three(room, "geen oog dicht gedaan")[0] == "daan"
    assert refused(room, said) is errors.SaidAlready

    of_the_files = Saying.objects.filter(learned=False)[0]
    with pytest.raises(NotFound):
        operations.forget_saying(fatima, of_the_files.pk, at=NOW)
    with pytest.raises(NotAllowed):
        operations.forget_saying(room.actor("ada"), learned.pk, at=NOW)
    operations.forget_saying(fatima, learned.pk, at=NOW)
    assert not Saying.objects.filter(pk=learned.pk).exists()
