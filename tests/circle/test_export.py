"""What a family keeps equals what the gate shows: nothing less and nothing more."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from smartstart.access.fields import Sealed
from smartstart.access.models import Holds, Line
from smartstart.access.reading import open_for_deed
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_rest, operations_rights
from smartstart.circle.export import as_json, export_of, tables, visible
from smartstart.circle.export_sheet import as_sheet
from smartstart.circle.models import Action, Agreement, OwnSide, QuestionStep, Seat
from smartstart.circle.operations_questions import answer
from smartstart.circle.operations_strain import draw_strain
from smartstart.circle.operations_withheld import confirm_withheld, write_withheld
from smartstart.circle.paper import as_pdf, as_text
from smartstart.circle.states import GroundKind, Right
from tests.circle.kin import Kin, kin

PARTS = ("here household", "here anouk", "here noor", "there noor", "there household", "school")


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    """One of everything in every part of both homes, each text the only one of its kind."""
    made = kin(now)
    for name in ("fatima", "wil"):
        made.ground(name, "here noor", GroundKind.SEAT)
        made.seat(name, "here noor", called=f"stoel van {name}")
    for part in PARTS:
        _fill(made, part)
    apart = write_withheld(
        made.actor("fatima"),
        made.parts["here noor"].ref,
        words="apart gehouden woorden",
        why="apart gehouden reden",
        other=made.receiver("wil"),
        at=made.at,
    )
    confirm_withheld(made.actor("wil"), apart.ref, at=made.at)
    return made


def _fill(made: Kin, part: str) -> None:
    entry = made.entry(part, f"bericht in {part}", title=f"titel in {part}", by="fatima")
    question = made.question(part, f"vraag in {part}", holder="fatima")
    made.reply(question, f"antwoord in {part}", by="fatima")
    step = QuestionStep(
        folder=question.folder, question=question, kind="asked", by=made.person("anouk"), at=made.at
    )
    side = OwnSide(
        folder=entry.folder, entry=entry, author=made.person("anouk"), written_at=made.at
    )
    agreement = Agreement(
        folder=entry.folder,
        made_by=made.person("anouk"),
        made_at=made.at,
        review_on=made.in_days(9),
    )
    step.put(why=f"reden in {part}")
    side.put(words=f"kant in {part}")
    agreement.put(goal=f"doel in {part}")
    for row in (step, side, agreement):
        row.save()
    action = Action(
        folder=entry.folder,
        agreement=agreement,
        responsible=made.person("anouk"),
        due_on=made.in_days(3),
    )
    action.put(words=f"actie in {part}")
    action.save()


def taken(home: Kin, name: str, circle: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        as_json(export_of(home.reading(name), home.circles[circle].ref))
    )
    return found


def refs_in(taken: dict[str, Any]) -> set[str]:
    rows = [row for part in taken["parts"] for row in part["rows"]] + taken["home"]
    return {f"{row['thing']} {row['ref']}" for row in rows}


def shown(home: Kin, name: str, circle: str) -> set[str]:
    """Ask the gate row by row, by every table's own rule, for what lies in this home."""
    actor, here = home.actor(name), home.circles[circle]
    parts = [part for part in home.parts.values() if part.circle_id in {here.pk, None}]
    folders = {part.folder_id for part in parts}
    return {
        f"{model._meta.model_name} {row.ref.hex}"
        for model in tables()
        for row in model._default_manager.all()  # type: ignore[attr-defined]
        if row.folder_id in folders and _may(model, actor, row, home.at)
    }


def _may(model: type[Holds], actor: Any, row: Holds, at: datetime) -> bool:
    return visible(model, actor, at=at).filter(pk=row.pk).exists()


CASES = [
    (name, circle, extra)
    for name, circle in (("anouk", "here"), ("dennis", "there"))
    for extra in ((),)
] + [
    ("noor", "here", extra)
    for size in range(3)
    for extra in combinations(("here noor", "school", "here anouk"), size)
]


@pytest.mark.parametrize(("name", "circle", "extra"), CASES)
def test_what_is_kept_is_what_the_gate_shows(
    home: Kin, name: str, circle: str, extra: tuple[str, ...]
) -> None:
    if name == "noor":
        home.ground("noor", "here household", GroundKind.HOME)
    for part in extra:
        home.ground(name, part, GroundKind.OWN)

    kept = taken(home, name, circle)

    assert refs_in(kept) == shown(home, name, circle)
    assert refs_in(kept)


@pytest.mark.parametrize(
    ("name", "circle", "parts"),
    [
        ("anouk", "here", ("here household", "here anouk", "here noor", "school")),
        ("dennis", "there", ("there household", "there noor", "school")),
    ],
)
def test_every_word_of_one_home_and_none_of_the_other(
    home: Kin, name: str, circle: str, parts: tuple[str, ...]
) -> None:
    export = export_of(home.reading(name), home.circles[circle].ref)
    kinds = ("bericht", "titel", "vraag", "antwoord", "kant", "doel", "actie")
    for told in (as_json(export).decode(), as_text(as_sheet(export))):
        found = {part for part in PARTS for kind in kinds if f"{kind} in {part}" in told}
        assert found == set(parts)
        for part in parts:
            for kind in kinds:
                assert f"{kind} in {part}" in told, (kind, part)
        mine = name == "anouk"
        assert ("reden in school" in told) == mine, "only one's own step of what both homes read"
        assert "apart" not in told
    assert as_pdf(as_sheet(export), at=home.at).startswith(b"%PDF-")


def test_the_sheet_says_of_each_name_whose_it_is(home: Kin) -> None:
    """Found by hand: under a question stood two names, and "What happened" said only by whom."""
    question = home.question("here noor", "gaapt zij?", holder="daan")
    home.ground("daan", "here noor", GroundKind.QUESTION, question=question)
    answer(home.actor("daan"), question.ref, words="Ja, soms", at=home.at)
    told = as_text(as_sheet(export_of(home.reading("anouk"), home.circles["here"].ref)))

    assert "Wie pakt dit op: Daan" in told
    assert "Wat er gebeurde: beantwoord" in told
    begins, ends = told.index("gaapt zij?"), told.index("Ja, soms")
    between = told[begins:ends]
    assert (begins < ends, "Vraag" in between, "Bericht" in between) == (True, False, False)
    rows = {
        row["ref"]: row for part in taken(home, "anouk", "here")["parts"] for row in part["rows"]
    }
    said = next(row for row in rows.values() if row.get("words") == "Ja, soms")
    assert rows[said["question"]]["words"].startswith("gaapt zij?")
    assert all(row["question"] in rows for row in rows.values() if "question" in row)
    assert "Antwoord\n" in told
    assert f"We kijken weer op: {date_format(home.in_days(9), 'j F Y')}" in told
    assert f"Klaar voor: {date_format(home.in_days(3), 'j F Y')}" in told
    assert "9999" not in told
    assert '"9999' not in json.dumps(taken(home, "anouk", "here"))


def test_every_sealed_text_that_the_gate_shows_is_in_it(home: Kin) -> None:
    told = as_json(export_of(home.reading("anouk"), home.circles["here"].ref)).decode()
    for model in tables():
        sealed = [f.name for f in model._meta.fields if isinstance(f, Sealed)]
        mine = [part.folder_id for name, part in home.parts.items() if "there" not in name]
        rows = visible(model, home.actor("anouk"), at=home.at).filter(folder_id__in=mine)
        for row in rows.select_related("folder"):
            for name in sealed:
                assert json.dumps(open_for_deed(row, name), ensure_ascii=False)[1:-1] in told


@pytest.mark.parametrize("name", ["fatima", "ria", "willem", "dennis", "peer"])
def test_only_family_keeps_it(home: Kin, name: str) -> None:
    home.ground("ria", "here household", GroundKind.BESIDE)
    with pytest.raises(NotFound):
        export_of(home.reading(name), home.circles["here"].ref)


def test_taking_it_along_is_a_line(home: Kin) -> None:
    reading = home.reading("anouk")
    export_of(reading, home.circles["here"].ref)
    reading.settle()

    lines = Line.objects.filter(deed="exported", hat=home.hats["anouk"].ref)
    assert {line.folder_id for line in lines} == {
        part.folder_id for name, part in home.parts.items() if "there" not in name
    }


def test_it_says_who_may_read_and_until_when(home: Kin) -> None:
    kept = taken(home, "anouk", "here")

    assert kept["may_read"] == [
        {
            "who": f"{name}, {work}",
            "what": "all",
            "from": (home.today - timedelta(days=30)).isoformat(),
            "until": None,
        }
        for name, work in (("Fatima", "gedragscoach"), ("Wil", "wijkteam"))
    ]


def test_who_may_read_is_as_the_gate_has_it_and_what_rests_and_costs_strength_is_told(
    home: Kin,
) -> None:
    question = home.question("here noor", "gaapt zij?", holder="daan")
    home.ground("daan", "here noor", GroundKind.QUESTION, question=question)
    assert [one["who"].split(",")[0] for one in taken(home, "anouk", "here")["may_read"]] == [
        "Fatima",
        "Wil",
        "Daan",
    ]
    answer(home.actor("daan"), question.ref, words="Ja, soms", at=home.at)
    assert len(taken(home, "anouk", "here")["may_read"]) == 2

    seat = Seat.objects.get(who=home.receiver("fatima"))
    draw_strain(home.actor("anouk"), seat.ref, at=home.at)
    asked = operations_rights.ask_right(
        home.actor("anouk"), Right.RESTRICT, words="", part=home.parts["here noor"].ref, at=home.at
    )
    operations_rest.rest(asked, "Rust om Noor", at=home.at)
    kept = taken(home, "anouk", "here")
    assert kept["may_read"] == []
    told = [row for part in kept["parts"] for row in part["rows"]]
    assert [row["why"] for row in told if row["thing"] == "restriction"] == ["Rust om Noor"]
    (strain,) = [row for row in told if row["thing"] == "strain"]
    assert (strain["called"], strain["author_called"]) == ("stoel van fatima", "Anouk")
    sheet = as_text(as_sheet(export_of(home.reading("anouk"), home.circles["here"].ref)))
    assert "Kost mij kracht: stoel van fatima" in sheet
    assert "Rust om Noor" in sheet
    other = json.dumps(taken(home, "dennis", "there"))
    assert ("strain" in other, "Rust om Noor" in other) == (False, False)


def test_the_number_of_queries_does_not_grow(home: Kin) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            export_of(home.reading("anouk"), home.circles["here"].ref)
        return len(found)

    one = asked()
    for number in range(10):
        home.entry("here noor", f"nog {number}")
        home.question("here noor", f"nog {number}", holder="daan")

    assert asked() == one
