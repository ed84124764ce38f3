"""Circles by the thousand, each sealed under keys of its own: what the pages are measured on.

``python -m benchmarks.circle_fill CIRCLES`` fills the store that the environment names. Each circle
is a mother and a child: 15 seats, 30 entries and three questions, in three folders. Four heavy ones
have 60 people of 25 organisations and 5,000 entries. Sixty functions share an organisation, and
one looks after a hundred circles, however large the house is. Twenty questions wait for each
professional, each in another circle, and go on waiting for a month, so that a store can be kept so
long.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Max, Model

from benchmarks.circle import _put
from smartstart.access.fields import Sealed
from smartstart.access.models import Folder
from smartstart.base import clock, guards
from smartstart.base.sealing import Place, seal
from smartstart.circle.gate import stored
from smartstart.circle.guards import GUARDS
from smartstart.circle.models import (
    Action,
    Agreement,
    Authority,
    Basis,
    Circle,
    ConsentAnswer,
    Entry,
    Family,
    Ground,
    Member,
    Part,
    Question,
    QuestionStep,
    Seat,
)
from smartstart.circle.rules import NO_END
from smartstart.people.models import Account, Domain, Hat, Organisation, Position

SEATS, ENTRIES, ASKED = 15, 30, 3
HEAVY, HEAVY_SEATS, HEAVY_ENTRIES = 4, 60, 5_000
ORGANISATIONS: Final = 25  # at least: one for each sixty functions
FUNCTIONS: Final = 60  # of one organisation
LOOKED_AFTER: Final = 100  # circles of one coordinator
WAITING: Final = 20  # questions that wait for one professional
AT_ONCE: Final = 250  # circles laid down in one go
KEPT_DAYS: Final = 35  # how long a filled store is good: then its questions climb
WORDS: Final = "Noor ligt lang wakker en is moe in de klas. We spraken af dat ze eerder gaat. " * 4


@dataclass
class Table:
    """Rows of one model on their way in; every column that is not told has its default."""

    model: type[Model]
    last: int = 0
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look once at the columns."""
        fields = self.model._meta.concrete_fields
        self.columns = [str(one.column) for one in fields]
        self.defaults = {
            one.column: _plain(one.get_default())
            for one in fields
            if not (one.has_default() and callable(one.default))
        }
        self.sealed = {one.column for one in fields if isinstance(one, Sealed)}
        self.name = self.model._meta.db_table
        newest = self.model._default_manager.aggregate(last=Max("pk"))["last"]
        self.last = newest or 0


@dataclass
class Filler:
    """Everything that is being laid down."""

    at: datetime
    chance: random.Random
    tables: dict[type[Model], Table] = field(default_factory=dict)
    keys: dict[int, tuple[UUID, bytes]] = field(default_factory=dict)
    coordinators: int = 1
    workers: list[UUID] = field(default_factory=list)
    works_at: dict[UUID, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which it is filled."""
        return clock.day_of(self.at)

    def ref(self) -> UUID:
        """Return a new reference."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def add(self, model: type[Model], **told: Any) -> int:
        """Put one row on its way, its texts sealed under the key of its folder; return its id."""
        if model not in self.tables:
            self.tables[model] = Table(model)
        table = self.tables[model]
        table.last += 1
        ref: UUID = told.get("ref") or self.ref()
        told |= {"ref": ref} if "ref" in table.columns else {}
        row = table.defaults | {"id": table.last}
        for column, value in told.items():
            if column in table.sealed:
                folder, key = self.keys[told["folder_id"]]
                row[column] = seal(value.encode(), key, Place(table.name, column, ref, folder))
            else:
                row[column] = _plain(value)
        table.rows.append(tuple(row[column] for column in table.columns))
        return table.last

    def folder(self, kind: str) -> int:
        """Open a folder with a key of its own, as the keyring would, without waiting for disks."""
        ref, key = self.ref(), os.urandom(32)
        path = Path(settings.KEYRING_DIR) / ref.hex[:2] / f"{ref.hex}.key"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(key)
        path.chmod(0o600)
        made = self.add(Folder, ref=ref, kind=kind, head=b"", opened_at=self.at)
        self.keys[made] = (ref, key)
        return made

    def lay_down(self) -> None:
        """Let the store take what is on its way."""
        for table in self.tables.values():
            _put(table.name, [f'"{column}"' for column in table.columns], table.rows)
            table.rows = []
        self.keys.clear()


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex if connection.vendor == "sqlite" else value
    return _day_or_moment(value) if isinstance(value, date) else value


@lru_cache(maxsize=10_000)
def _day_or_moment(value: date) -> Any:
    return stored(value)


def fill(circles: int, *, at: datetime) -> None:
    """Fill an empty store with so many circles and four heavy ones."""
    filler = Filler(at, random.Random(circles), coordinators=max(7, circles // LOOKED_AFTER))
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    guards.remove(connection, GUARDS)  # rows by the million that ask nobody
    with transaction.atomic():
        _workers(filler, max(WAITING, ASKED * circles // WAITING))
        for number in range(circles):
            _circle(filler, number, SEATS, ENTRIES)
            if number % AT_ONCE == 0:
                filler.lay_down()
        for number in range(HEAVY):
            _circle(filler, circles + number, HEAVY_SEATS, HEAVY_ENTRIES)
        filler.lay_down()
        _count_on(filler)
    guards.install(connection, GUARDS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _count_on(filler: Filler) -> None:
    """Let PostgreSQL number what comes next after what was laid down."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in filler.tables.values():
            asked = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), %s)"
            cursor.execute(asked, [table.last])


def _workers(filler: Filler, many: int) -> None:
    domains = [domain.value for domain in Domain]
    places = []
    organisations = max(ORGANISATIONS, many // FUNCTIONS)
    for number in range(organisations):
        ref, folder = filler.ref(), filler.folder("organisation")
        told = {"name": f"Plek {number}", "domain": domains[number % len(domains)]}
        places.append((filler.add(Organisation, ref=ref, folder_id=folder, **told), ref))
        filler.add(
            Basis,
            organisation=ref,
            regime="youth_care",
            article="Jeugdwet 7.3.11",
            agreement="2026",
            from_day=filler.today - timedelta(days=900),
            last_day=NO_END,
        )
    for number in range(many):
        place, _ = places[number % organisations]
        account = _account(filler, f"w-{number}", f"Werker {number}")
        ref, told = filler.ref(), {"called": "jeugdverpleegkundige", "phone": "013 000 0100"}
        there = {"organisation_id": place, "occupant_id": account}
        position = filler.add(Position, ref=ref, **there, **told)
        _hat(filler, account, "professional", organisation_id=place, position_id=position)
        filler.workers.append(ref)
        filler.works_at[ref] = number % organisations + 1


def _account(filler: Filler, username: str, shown_as: str, person: UUID | None = None) -> int:
    return filler.add(
        Account,
        password="!" + "x" * 39,
        person=person or filler.ref(),
        username=username,
        shown_as=shown_as,
        made_at=filler.at,
    )


def _hat(filler: Filler, account: int, role: str, **more: Any) -> None:
    since = filler.today - timedelta(days=400)
    filler.add(Hat, account_id=account, role=role, called=role, from_day=since, **more)


@dataclass
class Home:
    """One circle while it is laid down: its folders and who is in it."""

    filler: Filler
    number: int
    mother: UUID
    coordinator: UUID
    household: int
    own: int
    child: int

    def ground(self, folder: int, who: UUID, kind: str, **more: Any) -> None:
        """Let somebody read a folder, or one question in it."""
        filler = self.filler
        told = {"folder_id": folder, "receiver": who, "kind": kind, "purpose": "samen kijken"}
        days = {"from_day": filler.today - timedelta(days=60), "last_day": NO_END}
        moments = {"made_at": filler.at, "changed_at": filler.at}
        told |= {"state": "granted", "given_by": self.mother, **days, **moments, **more}
        made = filler.add(Ground, **told)
        if "basis_id" in more:
            said = {"person": self.mother, "answer": "yes", "answered_at": filler.at}
            filler.add(ConsentAnswer, ground_id=made, **said)


def _circle(filler: Filler, number: int, seats: int, entries: int) -> None:
    family, mother = filler.add(Family), filler.ref()
    account = _account(filler, f"m-{number}", f"Moeder {number}", mother)
    _hat(filler, account, "parent")
    folders = [filler.folder(kind) for kind in ("household", "person", "person")]
    looks_after = filler.workers[-1 - number % filler.coordinators]
    home = Home(filler, number, mother, looks_after, *folders)
    circle = filler.add(
        Circle,
        folder_id=home.household,
        family_id=family,
        called="Ons huis",
        coordinator=looks_after,
        opened_by=mother,
        opened_at=filler.at,
    )
    _people(home, family, circle)
    chosen = _seats(home, seats)
    _written(home, entries)
    _asked(home, chosen)


def _people(home: Home, family: int, circle: int) -> None:
    filler = home.filler
    mother = filler.add(Member, family_id=family, person=home.mother, is_child=False)
    child = filler.add(Member, family_id=family, person=filler.ref(), is_child=True)
    there = {"family_id": family, "circle_id": circle}
    filler.add(Part, folder_id=home.household, called="Ons huis", **there)
    filler.add(Part, folder_id=home.own, member_id=mother, called="Anouk", **there)
    born = {"member_id": child, "called": "Noor", "born": "2017-03-04"}
    filler.add(Part, folder_id=home.child, **born, **there)
    since = filler.today - timedelta(days=400)
    told = {"child_id": child, "circle_id": circle, "who": home.mother, "kind": "parent"}
    filler.add(Authority, **told, from_day=since, last_day=NO_END)
    for folder, kind in ((home.household, "home"), (home.own, "own"), (home.child, "authority")):
        home.ground(folder, home.mother, kind)


def _seats(home: Home, many: int) -> list[UUID]:
    """Give a third a name only, the others a function; five read along on the child."""
    filler = home.filler
    workers = len(filler.workers)
    asked = [filler.workers[(ASKED * home.number + n) % workers] for n in range(ASKED)]
    rest = [
        who for who in filler.chance.sample(filler.workers, min(workers, many)) if who not in asked
    ]
    chosen = [*asked, *rest][: many * 2 // 3]
    sides = ("development", "parents", "surroundings")
    for number in range(many):
        who = chosen[number] if number < len(chosen) else None
        folder = (home.child, home.child, home.own, home.household)[number % 4 if number > 4 else 0]
        filler.add(
            Seat,
            folder_id=folder,
            kind="question_only" if number else "topic_reader",
            side=sides[number % 3],
            domain="health",
            who=who,
            called=f"Werker {number}",
            works_at=f"Plek {number % ORGANISATIONS}",
            work="jeugdverpleegkundige",
            phone="013 000 0100",
            doing="kijkt mee met slapen" if number % 2 else "",
            from_day=filler.today - timedelta(days=60),
            last_day=NO_END,
            made_by=home.mother,
        )
        if who is not None and 0 < number < 5:  # the first holds a question and no more
            home.ground(home.child, who, "seat", basis_id=filler.works_at[who])
    return asked


def _written(home: Home, many: int) -> None:
    filler = home.filler
    for number in range(many):
        folder = (home.child, home.child, home.child, home.own, home.household)[number % 5]
        filler.add(
            Entry,
            folder_id=folder,
            kind="message" if number % 7 else "minutes",
            title=f"Over slapen {number}",
            words=WORDS,
            author=home.mother,
            author_called="Anouk",
            written_at=filler.at - timedelta(hours=number),
        )
    for number in range(2):
        later = filler.today + timedelta(days=300 + number)
        told = {"folder_id": home.child, "made_by": home.mother, "made_at": filler.at}
        goal = filler.add(Agreement, goal="Noor slaapt om negen uur.", review_on=later, **told)
        filler.add(
            Action,
            folder_id=home.child,
            agreement_id=goal,
            responsible=home.mother,
            responsible_called="Anouk",
            words="Om acht uur gaat de tablet uit.",
            due_on=later,
        )


def _asked(home: Home, holders: list[UUID]) -> None:
    """Ask three: the first holder reads this one question, the others read along too."""
    filler = home.filler
    long = filler.at + timedelta(days=KEPT_DAYS)
    for number, holder in enumerate(holders):
        question = filler.add(
            Question,
            folder_id=home.child,
            kind="question",
            holder=holder,
            asker=home.mother,
            coordinator=home.coordinator,
            state="held",
            asked_at=filler.at - timedelta(days=1, minutes=number),
            promised_at=long,
            cover_from=long,
            coordinator_from=long + timedelta(days=3),
            title=f"Vraag {home.number} over slapen",
            words=WORDS,
            asker_called="Anouk",
            holder_called=f"Werker {number}",
        )
        filler.add(
            QuestionStep,
            folder_id=home.child,
            question_id=question,
            kind="asked",
            by=home.mother,
            by_called="Anouk",
            at=filler.at,
        )
        more = {"question_id": question, "basis_id": filler.works_at[holder]}
        home.ground(home.child, holder, "question", **more)


if __name__ == "__main__":
    fill(int(sys.argv[1]), at=clock.now())
