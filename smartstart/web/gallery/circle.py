"""The parts of a circle with invented people, one line per state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.utils.safestring import SafeString

from smartstart.web.circle.drawn import svg
from smartstart.web.circle.picture import PHONE, WIDE, Middle, Near, Party, draw
from smartstart.web.circle.shown import LegendStrain
from smartstart.web.gallery.people import DAAN, KARIN
from smartstart.web.gallery.specimens import Specimen

NOWHERE: Final = UUID(int=7)
TITLE: Final = "Wat kan helpen als Noor niet slaapt?"
SAYS: Final = "2 doen nu iets, 1 kreeg een vraag."
MIDDLE: Final = Middle("Noor en jij", "noor", "Anouk", "anouk")
PARTIES: Final = (
    Party("1", "School", "Joost", "school", "development", "doing"),
    Party("2", "Schoolarts", "Daan", "heart", "development", "asked"),
    Party("3", "Hulp bij geld", "Samira", "basket", "parents", "doing"),
    Party("4", "Woonbedrijf", "balie", "building", "surroundings", "quiet", is_strain=True),
)
NEAR: Final = (Near("5", "Oma Ria", "ria", "doing"),)
STRAINS: Final = (
    LegendStrain("kost mij kracht.", "Jij en Fatima zien deze lijn.", "Woonbedrijf"),
    LegendStrain("kost Dennis kracht.", "Dennis laat jou deze lijn zien.", "School"),
)


@dataclass(frozen=True)
class Drawings:
    """The same circle, wide and on a phone."""

    wide: SafeString
    phone: SafeString


def _drawings() -> Drawings:
    name = "De kring rond Noor"
    wide = draw(MIDDLE, PARTIES, NEAR, sheet=WIDE)
    phone = draw(MIDDLE, PARTIES, NEAR, sheet=PHONE)
    return Drawings(
        svg(wide, name=name, says=SAYS, kind="wide"), svg(phone, name=name, says=SAYS, kind="phone")
    )


def _waits(kind: str) -> dict[str, object]:
    return {"kind": kind, "ref": NOWHERE, "name": "Daan", "work": "verpleegkundige", "title": TITLE}


def _shared(**more: object) -> dict[str, object]:
    one = {"ref": NOWHERE, "receiver": DAAN, "title": TITLE, "question": NOWHERE, "stands": True}
    return {**one, "mine": "yes", "must": False, **more}


def specimens() -> Iterator[Specimen]:
    """Return every part of a circle in every state."""
    yield Specimen("circle_picture", "vier en één dichtbij", {"picture": _drawings()})
    yield Specimen("circle_legend", "met lijnen van kracht", {"child": "Noor", "strains": STRAINS})
    for kind, state in (
        ("decide", "ja of nee"),
        ("confirm", "een antwoord"),
        ("answer", "aan jou gevraagd"),
    ):
        yield Specimen(
            "waits_card", state, {"one": _waits(kind), "circle": NOWHERE, "first": kind == "decide"}
        )
    yield Specimen("call_or_ask", "bellen", {"one": DAAN | {"phone": "013 000 0131"}})
    asked = {"name": "Oma Ria", "work": "oma", "can_be_asked": True, "who": NOWHERE}
    yield Specimen("call_or_ask", "vragen", {"one": asked, "circle": NOWHERE})
    yield Specimen("apart", "ouders niet eens", {"holder": KARIN})
    yield Specimen("take_back", "stoppen", {"circle": NOWHERE, "ground": NOWHERE, "name": "Daan"})
    yield Specimen("shared_card", "nu gelezen", {"one": _shared(), "circle": NOWHERE})
    waits = _shared(stands=False, mine="asked", last_day=date(2027, 6, 1), question=None)
    yield Specimen("shared_card", "nog gevraagd", {"one": waits, "circle": NOWHERE})
    over = _shared(stands=False, is_over=True)
    yield Specimen("shared_card", "beantwoord", {"one": over, "circle": NOWHERE})
    yield Specimen("shared_card", "moet", {"one": _shared(must=True), "circle": NOWHERE})
    yield from _agreements()


def _agreements() -> Iterator[Specimen]:
    done = {"ref": NOWHERE, "words": "De tablet gaat om acht uur uit.", "name": "Anouk"}
    done |= {"due_on": date(2026, 11, 28), "is_done": True}
    one = {"ref": NOWHERE, "goal": "Noor slaapt om negen uur.", "part": {"called": "Noor"}}
    one |= {"review_on": datetime(2026, 12, 20, tzinfo=UTC), "actions": [done]}
    yield Specimen("agreement_card", "loopt", {"one": one, "circle": NOWHERE})
    over = one | {"is_over": True, "came_out": "Ze slaapt nu vaak om negen uur."}
    yield Specimen("agreement_card", "klaar", {"one": over, "circle": NOWHERE})
