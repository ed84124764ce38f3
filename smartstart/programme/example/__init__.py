"""The example region: six pilots told in our own words, with people who do not exist.

Shapes come from the programme's public pages; every person, date of a test and quotation is
invented, everything is marked ``is_example``, and what we do not know is said to be not known.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.people.example import give_hat
from smartstart.people.models import Account
from smartstart.programme import rules
from smartstart.programme.choices import State
from smartstart.programme.models import (
    DataRequest,
    Decision,
    EthicsNote,
    EvidenceMark,
    Lesson,
    Municipality,
    Pilot,
    PilotFigure,
    QuestionVersion,
    Region,
    StandChange,
    TookPart,
    Vindplaats,
)
from smartstart.programme.operations import Seen, propose_pilot

HERE: Final = Path(__file__).parent
INTERVIEW: Final = HERE / "gesprek-moeder.txt"
FOOD_BANK: Final = "voedselbank"
TOWNS: Final = {
    "GM0766": "Dongen",
    "GM0784": "Gilze en Rijen",
    "GM0785": "Goirle",
    "GM0797": "Heusden",
    "GM0855": "Tilburg",
    "GM0867": "Waalwijk",
}
# Who works in which pilot: user name, role, what the hat says.
TEAM: Final = (
    ("yara", Role.PROJECT_LEADER, "projectleider"),
    ("omar", Role.RESEARCHER, "onderzoeker"),
    ("lin", Role.RESEARCHER, "onderzoeker"),
    ("hatice", Role.MEEDENKER, "meedenker"),
)
LEADS_THE_OTHERS: Final = "daan"
# What waits for Karin, of somebody who does not exist either.
WAITS: Final = Seen(
    sees="Elke week komen kinderen zonder gymtas. Ik denk dat het thuis om geld gaat,"
    " maar niemand begint erover.",
    place="Een basisschool in Goirle",
    name="Juf Marloes",
    reach="013 000 00 03, na drie uur",
)


def told() -> list[dict[str, Any]]:
    """Return the six pilots as they are written down, with their solutions in the fixed form."""
    found: list[dict[str, Any]] = json.loads((HERE / "pilots.json").read_text(encoding="utf-8"))
    return found


@transaction.atomic
def load(*, at: datetime) -> None:
    """Fill the region with its six pilots; a second time changes nothing.

    The invented people must be there already.
    """
    if Region.objects.filter(slug="voorbeeldregio").exists():
        return
    office = Account.objects.get(username="karin", is_example=True)
    region = Region.objects.create(
        slug="voorbeeldregio", name="Voorbeeldregio", office=office, is_example=True
    )
    for code, name in TOWNS.items():
        Municipality.objects.create(code=code, name=name, region=region)
    Account.objects.get_or_create(
        username=LEADS_THE_OTHERS,
        defaults={"shown_as": "Daan", "face": LEADS_THE_OTHERS, "is_example": True},
    )
    for about in told():
        _pilot(region, about, by=office, at=at)
    waiting = propose_pilot(VISITOR, WAITS, at=at)
    Pilot.objects.filter(pk=waiting.pilot_id).update(is_example=True)


def _pilot(region: Region, about: dict[str, Any], *, by: Account, at: datetime) -> None:
    folder, started = open_folder(FolderKind.PILOT, at=at), _day(about["from"])
    pilot = Pilot.objects.create(
        ref=folder.ref,
        folder=folder,
        region=region,
        vindplaats=_place(about["place"]),
        slug=about["slug"],
        called=about["called"],
        state=State.RUNNING,
        proposed_on=started,
        started_on=started,
        computed_halves=about["halves"],
        is_public=True,
        is_example=True,
    )
    _questions(pilot, about)
    _stand(pilot, about, by=by)
    _known(pilot, about)
    _asked(pilot, about, by=by)
    leader = (LEADS_THE_OTHERS, Role.PROJECT_LEADER, "projectleider")
    for username, role, called in TEAM if pilot.slug == FOOD_BANK else (leader,):
        give_hat(username, role, within=pilot.ref, called=called, place=pilot.called, at=at)
    note(VISITOR, Deed.MADE, folders=[folder.pk], at=at, on=[pilot.ref], why="example")


def _place(place: dict[str, Any]) -> Vindplaats:
    latitude, longitude = place["at"]
    return Vindplaats.objects.create(
        name=place["name"],
        kind=place["kind"],
        address=place["address"],
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
        municipality=Municipality.objects.get(code=place["town"]),
    )


def _questions(pilot: Pilot, about: dict[str, Any]) -> None:
    last = len(about["questions"])
    QuestionVersion.objects.bulk_create(
        QuestionVersion(
            pilot=pilot,
            number=number,
            text=said["text"],
            since=_day(said["since"]),
            changed_by=said.get("changed_by", ""),
            told=said.get("told", ""),
            is_current=number == last,
        )
        for number, said in enumerate(about["questions"], start=1)
    )


def _stand(pilot: Pilot, about: dict[str, Any], *, by: Account) -> None:
    """Write the steps of the stand and, for each, the evidence that carried it."""
    before: int | None = None
    for day, halves, *told_why in about["steps"]:
        StandChange.objects.create(
            pilot=pilot, on=_day(day), halves=halves, before=before, told=" ".join(told_why)
        )
        before = halves
    notes = about.get("notes", {})
    EvidenceMark.objects.bulk_create(
        EvidenceMark(
            pilot=pilot,
            item=item.slug,
            given_on=_reached_for_good(item.halves, about["steps"]),
            by=by,
            note=notes.get(item.slug, ""),
        )
        for item in rules.EVIDENCE
        if item.halves <= about["halves"]
    )


def _reached_for_good(halves: int, steps: list[list[Any]]) -> date:
    """Return since when a pilot stood at this half step or higher without falling back."""
    since = steps[-1][0]
    for day, reached, *_ in reversed(steps):
        if reached < halves:
            break
        since = day
    return _day(since)


def _known(pilot: Pilot, about: dict[str, Any]) -> None:
    PilotFigure.objects.bulk_create(
        PilotFigure(pilot=pilot, place=place, **figure)
        for place, figure in enumerate(about["figures"])
    )
    rest = about.get("rest_hears_by")
    TookPart.objects.bulk_create(
        TookPart(
            pilot=pilot,
            side=side,
            people=people,
            heard_back=heard,
            rest_hears_by=_day(rest) if rest else None,
        )
        for side, people, heard in about["took_part"]
    )
    Lesson.objects.bulk_create(
        Lesson(pilot=pilot, **{**lesson, "learned_on": _day(lesson["learned_on"])})
        for lesson in about["lessons"]
    )


def _asked(pilot: Pilot, about: dict[str, Any], *, by: Account) -> None:
    for asked in about.get("requests", ()):
        days = {key: _day(asked[key]) for key in ("asked_on", "answered_on") if key in asked}
        DataRequest.objects.create(pilot=pilot, **{**asked, **days})
    for decision in about.get("decisions", ()):
        Decision.objects.create(
            pilot=pilot,
            what=decision["what"],
            holder=Account.objects.get(username=decision["holder"]),
            asked_on=_day(decision["asked_on"]),
            due_on=_day(decision["due_on"]),
            is_public=True,
        )
    for kept in about.get("ethics", ()):
        EthicsNote.objects.create(pilot=pilot, by=by, **{**kept, "on": _day(kept["on"])})


def _day(text: str) -> date:
    return date.fromisoformat(text)
