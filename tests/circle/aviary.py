"""A home full of canaries: a word nobody else has in every sealed field of every kind of row.

Anouk lives with Noor (15) and Sem (11) and has matters of her own; Dennis has the other home. Who
works around them reads a topic, one question, all of Noor, or nothing any more. ``plant`` goes over
the fields that models declare, so a new field is planted by itself; a kind of row that is not made
here fails ``test_canary_circle``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import FolderKind, Guarded
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.base.files.kinds import FileKind
from smartstart.base.files.washing import Washed
from smartstart.circle import models as circle
from smartstart.circle import operations_files
from smartstart.circle import operations_withheld as apart
from smartstart.circle.states import GroundKind, GroundState
from smartstart.people.models import Account, Hat, Organisation, Position
from tests.circle import oracle
from tests.circle.kin import Kin, _hat, _member, kin, part
from tests.circle.oracle import Facts, Viewer

WORD: Final = "kanarie{number:08x}vogel"
# A birth date stays a date that pages can read: a day that nothing else has.
BORN: Final = date(2011, 3, 1)
# Sealed, and one of a few words: no word that nobody else has fits in.
CHOSEN: Final = frozenset({("Heard", "answer")})
INSIDE: Final = ("anouk", "noor", "ria", "fatima", "karin", "daan", "willem", "wil")
ELSEWHERE: Final = ("dennis", "sem", "peer")
STRANGERS: Final = {
    "joke": Role.PROFESSIONAL,
    "ada": Role.ADMINISTRATOR,
    "petra": Role.PRIVACY_OFFICER,
    "sam": Role.OPERATOR,
}


@dataclass(frozen=True)
class Bird:
    """One planted word: in which field of which row."""

    model: str
    pk: int
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field} of row {self.pk}"


@dataclass
class Aviary:
    """The family, and all words planted in it."""

    home: Kin
    birds: dict[str, Bird]
    facts: Facts

    def may_read(self, who: Viewer, bird: Bird) -> bool:
        """Whether the oracle lets this person know the row that the word stands in.

        An entry, and its name, is also read with a question that it was shown with.
        """
        row = self.facts.by_id[bird.model, bird.pk]
        if oracle.RULES[bird.model](self.facts, who, row):
            return True
        if bird.model == "Entry" and oracle.is_left_alone(self.facts, "entry", bird.pk):
            return False
        shown = [one for one in self.facts.tables["Attached"] if one.ended_at is None]
        return bird.model == "Entry" and any(
            one.entry_id == bird.pk and oracle.RULES["Attached"](self.facts, who, one)
            for one in shown
        )

    def viewer(self, name: str) -> Viewer:
        actor = self.home.actor(name)
        return Viewer(actor.role.value, actor.person, actor.position, actor.organisation)


def sealed_fields() -> set[tuple[str, str]]:
    """Return every sealed field of the circle."""
    return {
        (model.__name__, one.name)
        for model in apps.get_app_config("circle").get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, Sealed)
    }


def aviary(at: datetime) -> Aviary:
    """Make it in the database that is in use."""
    home = kin(at)
    for name, role in STRANGERS.items():
        home.hats[name] = _stranger(home, name, role)
    _live(home)
    _share(home)
    for name in list(home.parts):
        _fill(home, name)
    _apart(home)
    _named(home)
    birds = plant()
    return Aviary(home, birds, facts_at(at))


def _stranger(home: Kin, name: str, role: Role) -> Hat:
    place = Organisation.objects.get(name="Plek school")
    return _hat(home, name, role, organisation=place)


def _live(home: Kin) -> None:
    """Sem, a sibling, has a place in this home, and what both homes share."""
    home.hats["sem"] = _hat(home, "sem", Role.YOUNG_PERSON)
    sem = _member(home, "sem", is_child=True)
    folder = open_folder(FolderKind.PERSON, at=home.at)
    home.parts["here sem"] = part(
        home, folder, circle=home.circles["here"], member=sem, called="Sem"
    )
    home.ground("anouk", "here sem", GroundKind.AUTHORITY)
    home.ground("noor", "here noor", GroundKind.OWN)
    home.ground("noor", "here household", GroundKind.HOME)
    for where in ("here", "there"):
        circle.Address.objects.create(circle=home.circles[where], folder=_folder(home))
    address = circle.Address.objects.get(circle=home.circles["here"])
    alone: Any = SimpleNamespace(folder=address.folder)
    home.parts["address"] = alone
    home.ground("anouk", "address", GroundKind.HOME)
    del home.parts["address"]


def _folder(home: Kin) -> Any:
    return open_folder(FolderKind.PERSON, at=home.at)


def _share(home: Kin) -> None:
    """Who reads what of it by a yes."""
    home.ground("fatima", "here noor", GroundKind.SEAT, topic="development")
    home.ground("wil", "here noor", GroundKind.SEAT)
    home.ground("ria", "here anouk", GroundKind.BESIDE)
    home.ground("peer", "here noor", GroundKind.SEAT, state=GroundState.WITHDRAWN)
    for name in ("fatima", "wil", "daan"):
        home.seat(name, "here noor", called=name.title())
    home.seat("ria", "here anouk", called="Ria", kind="confidant", last_day=home.in_days(90))
    home.seat("peer", "here noor", called="Peer", ended_at=home.at)
    covered = Position.objects.filter(pk=home.positions["fatima"].pk)
    covered.update(cover=home.hats["karin"].account)
    Position.objects.filter(pk=home.positions["willem"].pk).update(cover=home.hats["wil"].account)


def _fill(home: Kin, name: str) -> None:
    """One of everything that can lie in a part."""
    by = "dennis" if name.startswith("there") else "anouk"
    folder, me, at = home.parts[name].folder, home.receiver(by), home.at
    holder = {"here noor": "daan", "here household": "fatima"}.get(name, "willem")
    entry = home.entry(name, "x", by=by)
    told = home.entry(name, "x", by=by)
    circle.Entry.objects.filter(pk=told.pk).update(topic="development")
    circle.OwnSide.objects.create(folder=folder, entry=entry, author=me, written_at=at)
    agreement = circle.Agreement.objects.create(
        folder=folder, made_by=me, made_at=at, review_on=home.today
    )
    circle.Action.objects.create(
        folder=folder, agreement=agreement, responsible=me, due_on=home.today
    )
    question = home.question(name, "x", holder=holder, by=by)
    covered = name == "here household"
    home.ground(holder, name, GroundKind.QUESTION, question=question, with_cover=covered)
    if covered:  # it climbed to who covers for Fatima
        circle.Question.objects.filter(pk=question.pk).update(cover_from=at)
    circle.Attached.objects.create(question=question, entry=entry)
    circle.QuestionStep.objects.create(
        folder=folder, question=question, kind="asked", by=me, passed_to=question.holder, at=at
    )
    answered = home.question(name, "x", holder=holder, by=by)
    home.reply(answered, "x", by=holder)
    circle.Question.objects.filter(pk=answered.pk).update(state="answered", version=2)
    _around(home, name, by)
    operations_files.attach_file(
        home.actor(by),
        "entry",
        entry.ref,
        file=Washed(FileKind.PDF, b"%PDF-1.4 x"),
        called="x",
        at=at,
    )


def _around(home: Kin, name: str, by: str) -> None:
    """A seat with its face, line and code, and where there can be one a meeting."""
    folder, me, at = home.parts[name].folder, home.receiver(by), home.at
    seat = home.seat(by, name, called="x", kind="question_only")
    circle.Seat.objects.filter(pk=seat.pk).update(face="kat")
    line = circle.Strain.objects.create(folder=folder, seat=seat, by=me, drawn_at=at)
    circle.StrainReader.objects.create(
        strain=line, receiver=home.receiver("wil"), person=home.person("wil"), picked_at=at
    )
    circle.SeatCode.objects.create(
        seat=seat,
        number=f"{seat.pk:06}",
        hash=WORD.format(number=0xC0DE),
        made_at=at,
        until=at + timedelta(days=1),
    )
    if home.parts[name].circle_id is not None:
        meeting = circle.Meeting.objects.create(
            folder=folder,
            chair=me,
            made_by=me,
            starts_at=at + timedelta(days=1),
            ends_at=at + timedelta(days=1, hours=1),
        )
        circle.Beforehand.objects.create(
            folder=folder, meeting=meeting, by=me, comes=True, said_at=at
        )


def _apart(home: Kin) -> None:
    """What lies in folders of its own: kept apart, said by a child, asked under the law."""
    noor = home.parts["here noor"]
    apart.write_withheld(
        home.actor("wil"),
        noor.ref,
        words="x",
        title="x",
        why="x",
        other=home.receiver("fatima"),
        at=home.at,
    )
    said = circle.Said.objects.create(
        folder=_folder(home),
        by=home.person("noor"),
        to=home.receiver("fatima"),
        said_at=home.at,
        answered_at=home.at,
    )
    alone: Any = SimpleNamespace(folder=said.folder)
    home.parts["said"] = alone
    home.ground("noor", "said", GroundKind.OWN)
    home.ground("fatima", "said", GroundKind.TOLD)
    del home.parts["said"]
    heard = circle.Heard(
        folder=_folder(home),
        circle=home.circles["here"],
        by=home.person("anouk"),
        month=home.today.replace(day=1),
        said_at=home.at,
    )
    heard.put(answer="yes")
    heard.save()
    alone = SimpleNamespace(folder=heard.folder)
    home.parts["heard"] = alone
    home.ground("anouk", "heard", GroundKind.OWN)
    del home.parts["heard"]
    for who in ("anouk", None):
        request = circle.RightsRequest.objects.create(
            folder=_folder(home),
            kind="access",
            asked_by=home.person(who) if who else None,
            asked_on=home.today,
            answer_by=home.in_days(30),
        )
    circle.Restriction.objects.create(
        folder=home.parts["school"].folder, request=request, begun_at=home.at
    )


def _named(home: Kin) -> None:
    """Some of it names a neighbour, who asked by letter that it rests."""
    request = circle.RightsRequest.objects.create(
        folder=_folder(home),
        kind="restrict",
        asked_on=home.today,
        answer_by=home.in_days(30),
    )
    rest = circle.Restriction.objects.create(
        folder=request.folder, request=request, family=home.family, begun_at=home.at
    )
    noor, house = (home.parts[name].folder for name in ("here noor", "here household"))
    neighbour = circle.Seat.objects.create(
        folder=noor, kind="informal", from_day=home.today, made_by=home.person("anouk")
    )
    answered = circle.Question.objects.filter(folder=noor, state="answered")
    things: dict[str, list[Any]] = {
        "seat": [neighbour],
        "entry": [
            *circle.Entry.objects.filter(folder=noor, topic="development"),
            *circle.Entry.objects.filter(folder=house, topic=""),
        ],
        "question": [*answered],
        "agreement": [*circle.Agreement.objects.filter(folder=noor)],
    }
    for thing, rows in things.items():
        for row in rows:
            circle.Mention.objects.create(restriction=rest, **{thing: row})


def plant() -> dict[str, Bird]:
    """Put a word in every sealed field of every row of the circle."""
    birds: dict[str, Bird] = {}
    for model in apps.get_app_config("circle").get_models():
        fields = [one.name for one in model._meta.concrete_fields if isinstance(one, Sealed)]
        rows: Any = model._base_manager.order_by("pk")
        for row in rows.select_related("folder") if fields else []:
            for field in fields:
                if (model.__name__, field) in CHOSEN:
                    continue
                birds[_sealed(row, field, len(birds))] = Bird(model.__name__, row.pk, field)
            model._base_manager.filter(pk=row.pk).update(
                **{field: getattr(row, field) for field in fields}
            )
    return birds


def _sealed(row: Any, field: str, number: int) -> str:
    """Seal a word that nobody else has, or a day; return how it is found again."""
    if row._meta.get_field(field).max_characters >= len(WORD.format(number=0)):
        word = WORD.format(number=0xBEEF + number)
        row.put(**{field: word})
        return word
    day = BORN + timedelta(days=number)
    row.put(**{field: day.isoformat()})
    return day.isoformat()


def facts_at(at: datetime) -> Facts:
    """Read the tables and give them to the oracle as plain records."""
    tables: dict[str, Any] = {
        model.__name__: model
        for model in apps.get_app_config("circle").get_models()
        if isinstance(model._default_manager.all(), Guarded)
    }
    tables |= {"Position": Position, "Hat": Hat}
    tables |= {"Account": Account, "Organisation": Organisation}
    records = {
        name: [SimpleNamespace(**row) for row in model._default_manager.values()]
        for name, model in tables.items()
    }
    return Facts(records, at=at, today=day_of(at))


def stands_for(home: Kin, model: type[models.Model], part_name: str) -> list[UUID]:
    """Return the references of rows of this kind in one part."""
    rows: Any = model._base_manager.filter(folder=home.parts[part_name].folder).order_by("pk")
    return list(rows.values_list("ref", flat=True))


NOBODYS: Final = uuid4()
__all__ = ["Actor", "Aviary", "Bird", "aviary", "sealed_fields", "stands_for"]
