from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from smartstart.access.models import Line
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.people.models import Hat
from smartstart.voices import operations_codebook, operations_coding, queries, queries_merging
from smartstart.voices.errors import CodingIsOutsideTheText
from smartstart.voices.models import Code, Coding, CodingRound
from smartstart.voices.refusals import (
    ChooseOneOrTwoCoders,
    CodeCannotGoThere,
    CodeNameIsTaken,
    DifferencesAreOpen,
    EveryoneIsStillHere,
    NoSuchDifference,
    NotEveryoneIsReady,
    RoundIsOpen,
    TextIsNotChecked,
    WorkIsOneAlready,
    YouDoNotCodeHere,
    YouWereReady,
)
from smartstart.voices.states import Choice
from tests.voices.booth import Booth, hat_of, nobody

pytestmark = pytest.mark.django_db


def test_codes_are_numbered_named_once_and_stand_under_another(booth: Booth) -> None:
    first = booth.code()
    second = operations_codebook.add_code(
        booth.bram, booth.pilot.pk, name=" Trots ", parent=first.ref, at=booth.now
    )
    assert (second.number, second.name, second.parent) == (2, "Trots", first)
    for name in ("schaamte", " "):
        with pytest.raises(CodeNameIsTaken):
            operations_codebook.add_code(booth.nadia, booth.pilot.pk, name=name, at=booth.now)
    with pytest.raises(CodeNameIsTaken):
        operations_codebook.rename_code(booth.nadia, second.ref, name="Schaamte", at=booth.now)
    late = operations_codebook.rename_code(booth.bram, second.ref, name="Te  laat", at=booth.now)
    assert late.name == "Te laat", "another program reads one name in the file, and drops the other"
    with pytest.raises(CodeNameIsTaken):
        operations_codebook.add_code(booth.bram, booth.pilot.pk, name="te \t laat", at=booth.now)
    with pytest.raises(NotFound):
        operations_codebook.add_code(
            booth.nadia, booth.pilot.pk, name="Los", parent=nobody(), at=booth.now
        )
    with pytest.raises(NotFound):
        operations_codebook.rename_code(booth.cast.actor("joke"), first.ref, name="x", at=booth.now)


def test_a_code_goes_into_another_and_its_codings_count_there(booth: Booth) -> None:
    round_ = booth.round()
    booth.put(round_, 40, 75, code="Schroom")
    booth.put(round_, 80, 90, code="Schaamte")
    target = operations_codebook.merge_codes(
        booth.nadia, booth.code("Schroom").ref, into=booth.code("Schaamte").ref, at=booth.now
    )
    used = [(c.ref, c.used) for c in queries.codebook(booth.reading(), booth.pilot.pk)]
    assert used == [(target.ref, 2)]
    with pytest.raises(CodeCannotGoThere):
        operations_codebook.merge_codes(booth.nadia, target.ref, into=target.ref, at=booth.now)
    gone = Code.objects.exclude(pk=target.pk).get()
    with pytest.raises(NotFound):
        operations_codebook.rename_code(booth.nadia, gone.ref, name="Weg", at=booth.now)
    with pytest.raises(NotFound):
        operations_coding.code_passage(
            booth.nadia, round_.ref, code=gone.ref, start=1, end=2, at=booth.now
        )


def test_a_round_has_one_or_two_coders_of_this_pilot(booth: Booth) -> None:
    transcript = booth.checked()
    booth.second_researcher("omar")
    for coders in ([], ["nadia", "bram", "omar"], ["joke"], ["els"]):
        with pytest.raises(ChooseOneOrTwoCoders):
            booth.round(transcript, coders=coders)
    opened = booth.round(transcript)
    assert booth.round(transcript) == opened
    for other in ({"coders": ["bram"]}, {"is_blind": False}):
        with pytest.raises(RoundIsOpen):
            booth.round(transcript, **other)
    with pytest.raises(TextIsNotChecked):
        booth.round(booth.proposed())


def test_a_coding_lies_inside_the_text(booth: Booth) -> None:
    round_ = booth.round()
    length = round_.transcript.length
    outside = ((0, length + 1), (5, 5), (6, 5), (-1, 4), (length, length + 1), (2**70, 2**71))
    for start, end in outside:
        with pytest.raises(CodingIsOutsideTheText):
            booth.put(round_, start, end)
    assert booth.put(round_, 0, length).end == length


@pytest.mark.parametrize("end_beyond", [1, 1000])
def test_the_database_refuses_a_coding_outside_the_text(booth: Booth, end_beyond: int) -> None:
    coding = booth.put(booth.round(), 3, 9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.filter(pk=coding.pk).update(end=coding.transcript.length + end_beyond)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.filter(pk=coding.pk).update(start=9)


def test_two_coders_in_the_same_second_are_both_kept_and_a_double_press_is_one(
    booth: Booth,
) -> None:
    round_ = booth.round()
    for who in ("nadia", "bram", "nadia"):
        booth.put(round_, 40, 75, by=who)
    assert sorted(Coding.objects.values_list("coder", flat=True)) == sorted(
        [hat_of(booth.nadia), hat_of(booth.bram)]
    )


def test_only_coders_of_the_round_code_and_not_after_they_were_ready(booth: Booth) -> None:
    round_ = booth.round()
    omar = booth.second_researcher("omar")
    with pytest.raises(YouDoNotCodeHere):
        booth.put(round_, 3, 9, by="omar")
    with pytest.raises(YouDoNotCodeHere):
        operations_coding.ready(omar, round_.ref, at=booth.now)
    mine = booth.put(round_, 3, 9)
    booth.ready(round_, "nadia")
    with pytest.raises(YouWereReady):
        booth.put(round_, 3, 9)
    with pytest.raises(YouWereReady):
        operations_coding.uncode(booth.nadia, mine.ref, at=booth.now)


def test_precisely_these_codes_stand_on_a_sentence_all_at_once(booth: Booth) -> None:
    round_ = booth.round()
    names = ("Schaamte", "Schroom", "Trots")
    one, two, three = (booth.code(name) for name in names)
    place, at = {"start": 0, "end": 35}, booth.now
    booth.put(round_, 0, 35, by="bram", code="Trots")
    booth.put(round_, 0, 36, code="Trots")
    lines = Line.objects.filter(folder=round_.transcript.folder_id)

    def codes(*wanted: UUID) -> list[str]:
        told = lines.count()
        made = operations_coding.code_precisely(
            booth.nadia, round_.ref, codes=wanted, **place, at=at
        )
        written.append(lines.count() - told)
        return [row.code.name for row in made]

    def standing() -> list[str]:
        mine = Coding.objects.filter(coder=hat_of(booth.nadia), **place).order_by("code__number")
        return list(mine.values_list("code__name", flat=True))

    written: list[int] = []
    assert codes(one.ref, two.ref) == ["Schaamte", "Schroom"]
    assert codes(one.ref, two.ref) == []
    assert codes(two.ref, three.ref) == ["Trots"]
    assert standing() == ["Schroom", "Trots"]
    operations_codebook.merge_codes(booth.nadia, two.ref, into=one.ref, at=at)
    assert codes(one.ref) == []
    assert standing() == ["Schroom"]
    assert codes() == []
    assert written == [1, 0, 1, 1, 1]

    with pytest.raises(NotFound):
        codes(one.ref, nobody())
    with pytest.raises(CodingIsOutsideTheText):
        operations_coding.code_precisely(
            booth.nadia, round_.ref, codes=[one.ref], start=0, end=9_999, at=at
        )
    booth.ready(round_, "nadia")
    with pytest.raises(YouWereReady):
        codes(one.ref)
    assert Coding.objects.count() == 2


def test_one_takes_away_ones_own_coding_only(booth: Booth) -> None:
    round_ = booth.round(is_blind=False)
    mine, other = booth.put(round_, 3, 9), booth.put(round_, 3, 9, by="bram")
    operations_coding.uncode(booth.nadia, mine.ref, at=booth.now)
    for ref in (mine.ref, other.ref):
        with pytest.raises(NotFound):
            operations_coding.uncode(booth.nadia, ref, at=booth.now)
    assert Coding.objects.get() == other


def test_blind_means_no_row_no_count_and_no_moment_of_the_other(booth: Booth) -> None:
    round_ = booth.round()
    booth.second_researcher("omar")
    booth.put(round_, 40, 75, by="bram", memo="geheim")
    booth.put(round_, 3, 9)

    def seen(who: str) -> tuple[int, list[int], list[int | None]]:
        page = queries.coding_page(booth.reading(who), round_.ref)
        return (
            len(page.codings),
            [code.used for code in page.codes],
            [coder.count for coder in page.coders],
        )

    assert seen("nadia") == (1, [1], [1, None])
    assert seen("bram") == (1, [1], [None, 1])
    assert seen("omar") == (0, [0], [None, None])
    assert [c.used for c in queries.codebook(booth.reading("omar"), booth.pilot.pk)] == [0]
    booth.ready(round_, "bram")
    assert seen("nadia") == (1, [1], [1, None])
    assert seen("bram") == (1, [1], [None, 1])
    with pytest.raises(NotEveryoneIsReady):
        queries_merging.merging_page(booth.reading("bram"), round_.ref)
    booth.ready(round_, "nadia")
    assert seen("nadia") == seen("omar") == (2, [2], [1, 1])


def test_merging_talks_over_every_difference_and_keeps_first_opinions(booth: Booth) -> None:
    round_ = booth.round()
    for who in ("nadia", "bram"):
        booth.put(round_, 40, 75, by=who)
    booth.put(round_, 80, 95, by="bram")
    booth.put(round_, 3, 20)
    with pytest.raises(NotEveryoneIsReady):
        operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    booth.ready(round_)
    with pytest.raises(DifferencesAreOpen):
        operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    rows = queries_merging.merging_page(booth.reading(), round_.ref).rows
    assert [(row.first is None, row.second is None) for row in rows] == [
        (False, True),
        (True, False),
    ]
    assert rows[0].first is not None
    assert rows[1].second is not None
    for first, choice in ((nobody(), Choice.FIRST), (rows[0].first.ref, Choice.SECOND)):
        with pytest.raises(NoSuchDifference):
            operations_coding.choose(
                booth.nadia, round_.ref, first=first, second=None, choice=choice, at=booth.now
            )
    both: tuple[tuple[UUID | None, UUID | None, Choice], ...] = (
        (rows[0].first.ref, None, Choice.NEITHER),
        (None, rows[1].second.ref, Choice.SECOND),
    )
    for one, other, said in both:
        operations_coding.choose(
            booth.nadia, round_.ref, first=one, second=other, choice=said, at=booth.now
        )
    merged = operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    assert merged.alpha is not None
    assert list(Coding.objects.agreed().order_by("start").values_list("start", "coder")) == [
        (40, booth.nadia.hat),
        (80, booth.bram.hat),
    ]
    assert Coding.objects.count() == 4
    assert operations_coding.merge(booth.nadia, round_.ref, at=booth.now) == merged
    with pytest.raises(WorkIsOneAlready):
        operations_coding.merge(booth.bram, round_.ref, at=booth.now)
    page = queries_merging.merging_page(booth.reading(), round_.ref)
    assert page.agreement is not None
    assert page.agreement.alpha == merged.alpha


def test_one_coder_alone_merges_without_an_agreement(booth: Booth) -> None:
    round_ = booth.round(coders=["bram"])
    booth.put(round_, 3, 9, by="bram")
    booth.ready(round_, "bram")
    merged = operations_coding.merge(booth.bram, round_.ref, at=booth.now)
    assert merged.alpha is None
    assert Coding.objects.get().stands is True
    assert CodingRound.objects.get().merged_at == booth.now


def test_a_round_goes_on_without_a_coder_who_left(booth: Booth) -> None:
    round_ = booth.round()
    kept = booth.put(round_, 3, 9, by="bram")
    mine = booth.put(round_, 40, 75)
    booth.ready(round_, "nadia")
    with pytest.raises(NotAllowed):
        operations_coding.go_on_without(booth.bram, round_.ref, at=booth.now)
    with pytest.raises(EveryoneIsStillHere):
        operations_coding.go_on_without(booth.nadia, round_.ref, at=booth.now)
    Hat.objects.filter(ref=hat_of(booth.bram)).update(last_day=booth.cast.in_days(-1))

    went_on = operations_coding.go_on_without(booth.nadia, round_.ref, at=booth.now)

    assert went_on.everyone_ready_at == booth.now
    merged = operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    assert merged.alpha is None
    assert dict(Coding.objects.values_list("pk", "stands")) == {kept.pk: False, mine.pk: True}
    with pytest.raises(WorkIsOneAlready):
        operations_coding.go_on_without(booth.nadia, round_.ref, at=booth.now)


def test_with_nobody_left_who_decides_codes(booth: Booth) -> None:
    round_ = booth.round(coders=["bram"])
    Hat.objects.filter(ref=hat_of(booth.bram)).update(last_day=booth.cast.in_days(-1))

    operations_coding.go_on_without(booth.nadia, round_.ref, at=booth.now)

    assert operations_coding.coders_of(round_) == [booth.nadia.hat]
    assert booth.put(round_, 3, 9).coder == booth.nadia.hat
