"""A code that is made during a blind round is its maker's until everyone is ready."""

from __future__ import annotations

import pytest

from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.base.refusals import NotFound
from smartstart.voices import (
    exchange,
    export,
    operations,
    operations_codebook,
    operations_coding,
    queries,
    queries_merging,
)
from smartstart.voices.models import Code, Coding, CodingRound
from smartstart.voices.refusals import CodeCannotGoThere, CodeNameIsTaken
from tests.voices.booth import Booth

pytestmark = pytest.mark.django_db


def add(booth: Booth, who: Actor, name: str) -> Code:
    return operations_codebook.add_code(who, booth.pilot.pk, name=name, at=booth.now)


def known(booth: Booth, who: Actor) -> list[str]:
    """The names of the codes in the codebook of somebody, which is what leaves as a file too."""
    lines = [line.name for line in queries.codebook(booth.reading(who), booth.pilot.pk)]
    book = exchange.read_codebook(export.export_codebook(booth.reading(who), booth.pilot.pk))
    assert sorted(code.name for code in book) == sorted(lines)
    return lines


def codes(booth: Booth, who: Actor, round_: CodingRound, code: Code, start: int = 40) -> Coding:
    """Put a code on a stretch; by hand and by tick the same is allowed."""
    end, at = start + 20, booth.now
    made = operations_coding.code_passage(
        who, round_.ref, code=code.ref, start=start, end=end, at=at
    )
    again = operations_coding.code_precisely(
        who, round_.ref, codes=[code.ref], start=start, end=end, at=at
    )
    assert again == []
    return made


def cannot_use(booth: Booth, who: Actor, round_: CodingRound, code: Code) -> None:
    passage, precisely = operations_coding.code_passage, operations_coding.code_precisely
    with pytest.raises(NotFound):
        passage(who, round_.ref, code=code.ref, start=3, end=9, at=booth.now)
    with pytest.raises(NotFound):
        precisely(who, round_.ref, codes=[code.ref], start=3, end=9, at=booth.now)


def test_it_is_its_makers_until_everyone_is_ready(booth: Booth) -> None:
    shared, round_ = booth.code("Schaamte"), booth.round()
    omar = booth.second_researcher("omar")
    mine = add(booth, booth.nadia, "Schroom")

    assert known(booth, booth.nadia) == ["Schaamte", "Schroom"]
    for other in (booth.bram, omar):
        assert known(booth, other) == ["Schaamte"]
        with pytest.raises(NotFound):
            operations_codebook.rename_code(other, mine.ref, name="Haast", at=booth.now)
    cannot_use(booth, booth.bram, round_, mine)
    page = queries.coding_page(booth.reading("bram"), round_.ref)
    assert [code.name for code in page.codes] == ["Schaamte"]
    codes(booth, booth.nadia, round_, mine)
    booth.ready(round_, "nadia")
    assert known(booth, booth.bram) == ["Schaamte"]
    lines = Line.objects.filter(folder=booth.pilot.folder_id).count()
    booth.ready(round_, "bram")

    assert known(booth, booth.bram) == known(booth, omar) == [shared.name, mine.name]
    assert Line.objects.filter(folder=booth.pilot.folder_id).count() == lines + 1
    page = queries.coding_page(booth.reading("bram"), round_.ref)
    assert [line.code for line in page.codings] == [mine.ref]
    assert not any(code.is_hidden for code in page.codes)


def test_two_of_one_name_become_one_and_so_they_agree(booth: Booth) -> None:
    round_ = booth.round()
    first = add(booth, booth.nadia, "Schroom")
    second = add(booth, booth.bram, "schroom")
    with pytest.raises(CodeNameIsTaken):
        add(booth, booth.bram, "Schroom")
    third = add(booth, booth.second_researcher("omar"), "Schroom")
    assert third.hidden_in is None
    codes(booth, booth.nadia, round_, first)
    codes(booth, booth.bram, round_, second)
    booth.ready(round_)

    assert list(Code.objects.in_use()) == [third]
    assert {code.merged_into for code in Code.objects.exclude(pk=third.pk)} == {third}
    rows = queries_merging.merging_page(booth.reading(), round_.ref).rows
    assert rows == (), "there is no difference to talk over"
    operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    assert Coding.objects.filter(stands=True).count() == 1


def test_what_went_into_a_hidden_code_goes_on_with_it(booth: Booth) -> None:
    round_ = booth.round()
    mine, other = add(booth, booth.nadia, "Schroom"), add(booth, booth.nadia, "Haast")
    operations_codebook.merge_codes(booth.nadia, other.ref, into=mine.ref, at=booth.now)
    third = add(booth, booth.second_researcher("omar"), "Schroom")
    booth.ready(round_)

    assert list(Code.objects.in_use()) == [third]
    assert {code.merged_into for code in Code.objects.exclude(pk=third.pk)} == {third}


def test_nothing_that_all_know_goes_into_what_hides(booth: Booth) -> None:
    shared, round_ = booth.code("Schaamte"), booth.round()
    mine, other = add(booth, booth.nadia, "Schroom"), add(booth, booth.nadia, "Haast")

    with pytest.raises(CodeCannotGoThere):
        operations_codebook.merge_codes(booth.nadia, shared.ref, into=mine.ref, at=booth.now)
    operations_codebook.merge_codes(booth.nadia, other.ref, into=mine.ref, at=booth.now)
    booth.ready(round_)
    assert known(booth, booth.bram) == ["Schaamte", "Schroom"]


def test_it_is_used_where_nobody_sees_and_shown_with_the_first_that_opens(booth: Booth) -> None:
    one, two = booth.round(), booth.round()
    open_one = booth.round(is_blind=False)
    mine = add(booth, booth.nadia, "Schroom")
    assert mine.hidden_in == two

    cannot_use(booth, booth.nadia, open_one, mine)
    page = queries.coding_page(booth.reading(), open_one.ref)
    assert page.codes == ()
    codes(booth, booth.nadia, one, mine)
    booth.ready(one)

    page = queries.coding_page(booth.reading("bram"), one.ref)
    assert [code.name for code in page.codes] == ["Schroom"]
    codes(booth, booth.bram, open_one, mine)


def test_its_number_tells_nothing_of_what_the_other_made(booth: Booth) -> None:
    """Found by a new user: the number of a new code ran on over what the other made unseen."""
    booth.code("Schaamte")
    round_, other = booth.round(), booth.round()
    for name in ("Schroom", "Haast", "Moe"):
        add(booth, booth.nadia, name)
    last = add(booth, booth.bram, "Rust")

    def numbered(who: Actor) -> dict[str, int]:
        lines = queries.codebook(booth.reading(who), booth.pilot.pk)
        return {line.name: line.number for line in lines}

    assert numbered(booth.bram) == {"Schaamte": 1, "Rust": 2}
    assert numbered(booth.nadia) == {"Schaamte": 1, "Schroom": 2, "Haast": 3, "Moe": 4}
    omar = booth.second_researcher("omar")
    add(booth, omar, "Angst")
    assert numbered(omar) == {"Schaamte": 1, "Angst": 2}
    assert numbered(booth.bram) == {"Schaamte": 1, "Angst": 2, "Rust": 3}
    assert numbered(booth.nadia) == numbered(omar) | {"Schroom": 3, "Haast": 4, "Moe": 5}
    codes(booth, booth.bram, round_, last)
    booth.ready(round_)
    assert numbered(booth.nadia) == numbered(omar) | {"Schroom": 4, "Haast": 5, "Moe": 6}
    booth.ready(other)

    everything = ["Schaamte", "Angst", "Rust", "Schroom", "Haast", "Moe"]
    assert numbered(omar) == {name: place for place, name in enumerate(everything, 1)}


def test_what_leaves_says_when_it_was_made_and_gives_each_code_its_colour(booth: Booth) -> None:
    round_ = booth.round(coders=["nadia"])
    codes(booth, booth.nadia, round_, booth.code("Schaamte"))
    codes(booth, booth.nadia, round_, booth.code("Schroom"), start=3)

    content = export.export_project(booth.reading(), booth.pilot.pk)
    project = exchange.read_project(content)

    (source,) = project.sources
    put = [coding for selection in source.selections for coding in selection.codings]
    moments = [source.made_at, *(row.made_at for row in source.selections)]
    assert {*moments, *(row.made_at for row in put)} == {booth.now}
    assert len({code.colour for code in project.codes} - {""}) == len(project.codes) == 2


def test_who_codes_alone_hides_nothing(booth: Booth) -> None:
    booth.round(coders=["nadia"])
    assert add(booth, booth.nadia, "Schroom").hidden_in is None


def test_when_the_story_is_taken_back_it_does_not_stay_hidden(
    booth: Booth,
) -> None:
    round_ = booth.round()
    add(booth, booth.nadia, "Schroom")
    operations.withdraw_consent(booth.nadia, round_.transcript.interview_id, at=booth.now)

    assert known(booth, booth.bram) == ["Schroom"]
    assert add(booth, booth.nadia, "Haast").hidden_in is None
