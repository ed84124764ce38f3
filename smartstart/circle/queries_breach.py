"""Who saw what of one person: for a breach report within 72 hours, without any content.

Every line of every folder that is about the person or the homes they live in: also what
families do not see (their own reading, glances), because a leak can be there. For the privacy
officer and the command only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Holds, Line
from smartstart.access.permissions import Permission
from smartstart.base.clock import HERE
from smartstart.circle.models import (
    Action,
    Address,
    Agreement,
    Attachment,
    Circle,
    Entry,
    Heard,
    Meeting,
    Member,
    OwnSide,
    Part,
    Question,
    Reply,
    RightsRequest,
    Said,
    Seat,
    Strain,
    Withheld,
)
from smartstart.people.wearers import Wearer, wearers

SEEN = (Deed.READ, Deed.GLANCED, Deed.EXPORTED)
KINDS: Final[tuple[type[Holds], ...]] = (
    *(Entry, Question, Reply, Agreement, Action, OwnSide, Said),
    *(Address, Attachment, Meeting, Seat, Strain, Part, Circle, RightsRequest),
)
# What a line says in slugs, in words for who reads the report.
WORDS: Final[dict[str, str | Promise]] = {
    Deed.READ.value: gettext_lazy("read"),
    Deed.GLANCED.value: gettext_lazy("saw that it is there"),
    Deed.EXPORTED.value: gettext_lazy("took along"),
    "entry": gettext_lazy("message"),
    "question": gettext_lazy("question"),
    "reply": gettext_lazy("answer"),
    "agreement": gettext_lazy("agreement"),
    "action": gettext_lazy("who does what"),
    "ownside": gettext_lazy("own side"),
    "said": gettext_lazy("what a child said"),
    "address": gettext_lazy("the address"),
    "attachment": gettext_lazy("attachment"),
    "meeting": gettext_lazy("talk"),
    "seat": gettext_lazy("who helps"),
    "strain": gettext_lazy("what costs strength"),
    "part": gettext_lazy("name of somebody"),
    "circle": gettext_lazy("name of the home"),
    "rightsrequest": gettext_lazy("request about data"),
    "other": gettext_lazy("something else"),
    "more": gettext_lazy("more, of which kind is not kept"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One line: who, when, in which folder, how many things of which kind; never which words."""

    at: datetime
    who: str
    work: str
    organisation: UUID | None
    deed: str
    folder: UUID
    things: tuple[tuple[str, int], ...]
    count: int

    def told(self) -> dict[str, str]:
        """Return it as texts."""
        things = ", ".join(f"{number} × {_said(kind)}" for kind, number in self.things)
        return {
            "at": self.at.astimezone(HERE).strftime("%Y-%m-%d %H:%M:%S"),
            "who": self.who,
            "work": self.work,
            "deed": _said(self.deed),
            "things": things or str(self.count),
            "folder": str(self.folder),
        }


def _said(slug: str) -> str:
    return str(WORDS.get(slug, slug))


def looked_at(person: UUID, *, at: datetime, since: date | None = None) -> list[Seen]:
    """Return who saw what of one person, oldest first; [] for who is in no circle.

    Twenty-two queries however many lines.
    """
    folders = _folders(person)
    lines = Line.objects.filter(
        folder_id__in=folders, deed__in=[deed.value for deed in SEEN], at__lt=at
    )
    if since is not None:
        lines = lines.filter(at__gte=datetime.combine(since, time.min, tzinfo=HERE))
    found = list(lines.order_by("at", "pk").values_list("folder_id", "at", "deed", "hat", "body"))
    bodies = [json.loads(bytes(row[4])) for row in found]
    worn = wearers({row[3] for row in found if row[3]})
    kinds = _kinds(folders)
    return [
        _seen(row[1], row[2], worn.get(row[3]) if row[3] else None, body, kinds)
        for row, body in zip(found, bodies, strict=True)
    ]


def report(actor: Actor, person: UUID, *, at: datetime, since: date | None = None) -> list[Seen]:
    """Return it for the privacy officer; that they asked is itself a line. Raises NotAllowed."""
    require(actor, Permission.LEDGER_READ)
    found = looked_at(person, at=at, since=since)
    if actor.home_folder is not None:
        note(actor, Deed.READ, folders=[actor.home_folder], at=at, on=[person], why="breach")
    return found


def _folders(person: UUID) -> list[int]:
    """Folders about the person: own parts, what was withheld or asked, and their homes.

    An address lies in a folder of its own.
    """
    own = Part.objects.filter(member__in=Member.objects.filter(person=person))
    homes = Circle.objects.filter(parts__in=own)
    apart = Withheld.objects.filter(Q(home__in=own) | Q(home__folder__in=homes.values("folder")))
    return sorted(
        {
            *own.values_list("folder_id", flat=True),
            *homes.values_list("folder_id", flat=True),
            *apart.values_list("folder_id", flat=True),
            *Said.objects.filter(by=person).values_list("folder_id", flat=True),
            *Address.objects.filter(circle__in=homes).values_list("folder_id", flat=True),
            *RightsRequest.objects.filter(asked_by=person).values_list("folder_id", flat=True),
            *Heard.objects.filter(by=person).values_list("folder_id", flat=True),
        }
    )


def _kinds(folders: Collection[int]) -> dict[str, str]:
    """Return of which kind each reference is; whatever else was seen is counted as other."""
    found: dict[str, str] = {}
    for model in KINDS:
        rows = model._default_manager.filter(folder_id__in=folders)
        refs = rows.values_list("ref", flat=True)
        found |= dict.fromkeys((ref.hex for ref in refs), model._meta.model_name or "")
    return found


def _seen(
    at: datetime, deed: str, wearer: Wearer | None, body: dict[str, object], kinds: dict[str, str]
) -> Seen:
    refs = body["on"] if isinstance(body["on"], list) else []
    count = body["count"] if isinstance(body["count"], int) else 0
    things = sorted(Counter(kinds.get(ref, "other") for ref in refs).items())
    if count > len(refs):  # a line keeps the first references only
        things.append(("more", count - len(refs)))
    return Seen(
        at=at,
        who=wearer.shown_as if wearer else str(body["role"]),
        work=wearer.function if wearer else "",
        organisation=wearer.organisation if wearer else None,
        deed=deed,
        folder=UUID(str(body["folder"])),
        things=tuple(things),
        count=count,
    )
