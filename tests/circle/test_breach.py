"""Who saw what of one person: everything that was seen, nothing of what it said."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from time import perf_counter
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartstart.access.ledger import Deed
from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.refusals import NotAllowed
from smartstart.circle.models import Address
from smartstart.circle.operations_opening import set_address
from smartstart.circle.queries_breach import looked_at, report
from tests.cast import Cast
from tests.circle.kin import Kin, kin

CANARY = "zwarte-zwaluw"


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    return kin(now)


def later(home: Kin) -> datetime:
    return home.at + timedelta(minutes=1)


def test_every_look_is_told_also_glances_and_of_family_and_no_word(home: Kin) -> None:
    entry = home.entry("here noor", CANARY, title=CANARY)
    question = home.question("school", CANARY, holder="fatima")
    home.reads("fatima", entry, at=home.at - timedelta(hours=3))
    home.reads("dennis", question, "title", at=home.at - timedelta(hours=2))
    glance = home.reading("peer", at=home.at - timedelta(hours=1))
    glance.saw(home.parts["here household"].folder, deed=Deed.GLANCED)
    glance.settle()
    home.reads("karin", home.entry("here anouk", "Van Anouk"), at=home.at)

    seen = looked_at(home.person("noor"), at=later(home))

    assert [(one.who, one.work, one.deed, one.things) for one in seen] == [
        ("Fatima", "gedragscoach", "read", (("entry", 1),)),
        ("Dennis", "parent", "read", (("question", 1),)),
        ("Peer", "jeugdagent", "glanced", ()),
    ]
    assert CANARY not in repr(seen)
    assert looked_at(uuid4(), at=later(home)) == []


def test_an_address_and_who_helps_are_told_as_what_they_are(home: Kin) -> None:
    """All of it was “something else”: a breach of a secret address could not be told from one of
    a name (found by hand)."""
    seat = home.seat("fatima", "here noor", called="Fatima")
    set_address(
        home.actor("anouk"), home.circles["here"].ref, words="Laan 1", is_secret=True, at=home.at
    )
    home.reads("karin", seat, "called", at=home.at - timedelta(hours=1))
    home.reads("karin", Address.objects.select_related("folder").get(), at=home.at)

    seen = looked_at(home.person("noor"), at=later(home))

    assert [one.things for one in seen] == [(("seat", 1),), (("address", 1),)]
    assert [one.told()["things"] for one in seen] == ["1 × wie helpt", "1 × het adres"]


def test_of_very_many_things_in_one_look_the_report_tells_how_many_there_were(home: Kin) -> None:
    """Found by reading: a line keeps fifty references, and sixty things were told as fifty."""
    reading = home.reading("fatima", at=home.at - timedelta(hours=1))
    for number in range(60):
        reading.text(home.entry("here noor", f"Zij gaapt {number}"), "words")
    reading.settle()

    (seen,) = looked_at(home.person("noor"), at=later(home))

    assert (seen.count, seen.things) == (60, (("entry", 50), ("more", 10)))
    assert seen.told()["things"] == "50 × bericht, 10 × nog meer, niet bewaard wat"


def test_from_a_day(home: Kin) -> None:
    entry = home.entry("here noor", "Zij gaapt")
    home.reads("fatima", entry, at=home.at - timedelta(days=2))
    home.reads("karin", entry, at=home.at)

    seen = looked_at(home.person("noor"), at=later(home), since=home.today)

    assert [one.who for one in seen] == ["Karin"]


def test_the_number_of_queries_stays_the_same(home: Kin) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            looked_at(home.person("noor"), at=later(home))
        return len(found)

    entry = home.entry("here noor", "Zij gaapt")
    home.reads("fatima", entry, at=home.at)
    one = asked()
    for name in ("karin", "daan", "peer", "fatima"):
        home.reads(name, home.entry("here noor", "Nog iets"), at=home.at)

    assert asked() == one


def test_ten_thousand_lines_take_seconds(home: Kin) -> None:
    entry = home.entry("here noor", "Zij gaapt")
    home.reads("fatima", entry, at=home.at)
    line = Line.objects.get(folder=entry.folder, deed="read")
    fields = [field.attname for field in Line._meta.concrete_fields if field.name != "id"]
    kept = {name: getattr(line, name) for name in fields}
    Line.objects.bulk_create(
        (Line(**kept | {"number": number}) for number in range(10_000, 20_000)), batch_size=500
    )

    began = perf_counter()
    seen = looked_at(home.person("noor"), at=later(home))

    assert len(seen) == 10_001
    assert perf_counter() - began < 5


def test_only_the_privacy_officer_asks_and_that_is_a_line(cast: Cast) -> None:
    family = kin(cast.now)
    report(cast.actor("petra"), family.person("noor"), at=cast.now)
    lines = Line.objects.filter(hat=cast.hats["petra"].ref, deed="read")
    assert lines.count() == 1
    for name in ("sam", "ada", "els", "nadia", "anouk"):
        with pytest.raises(NotAllowed):
            report(cast.actor(name), family.person("noor"), at=cast.now)
    for name in ("fatima", "anouk", "willem"):
        with pytest.raises(NotAllowed):
            report(family.actor(name), family.person("noor"), at=cast.now)


def test_the_command_tells_it(home: Kin) -> None:
    home.reads("fatima", home.entry("here noor", CANARY), at=home.at)
    out = StringIO()
    with clock.fixed(later(home)):
        call_command("circle", "looked", "--person", str(home.person("noor")), stdout=out)
    assert "2026-11-20 10:00:00  Fatima (gedragscoach)  gelezen  1 × bericht" in out.getvalue()
    assert CANARY not in out.getvalue()
