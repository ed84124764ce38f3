"""The small world whole: every state of every lock, time edge and question, as rows in the tables.

Two families with two homes each. One folder for each combination of the family's lock, days, the
organisation's lock and topic, in which every kind of row lies; on it three grounds, for a function,
a person and somebody near, each with another combination. Then a question for each combination of
state, climbing, holder and ground. Made row by row, also what no operation would make: the gate is
right whatever lies in the tables.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from smartstart.access.chain import beginning
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.base import guards
from smartstart.base.clock import day_of
from smartstart.circle import models as circle
from smartstart.circle.guards import GUARDS
from smartstart.circle.rules import NO_END
from smartstart.circle.states import Answer, GroundState
from smartstart.people.models import Account, Hat, Organisation, Position

STATES: Final = [state.value for state in GroundState]
TOPICS: Final = ["", "development"]
BASES: Final = [None, "runs", "ended", "over", "later"]
QUESTION_STATES: Final = ["held", "offered", "answered", "closed"]
CLIMBS: Final = ["early", "cover", "coordinator"]
HOLDERS: Final = ["works", "covered", "empty_covered", "empty", "parent", "coordinator"]
ON_QUESTION: Final = ["none", *STATES, "with_cover", "over", "no_basis"]
POSITIONS: Final = ["works", "covered", "empty_covered", "empty", "coordinator", "second", "away"]
RESTS: Final = [  # whether it was ended, and its last day
    [(False, None)],
    [(False, -1)],
    [(False, 0)],
    [(True, None)],
    [(True, 9), (False, 9)],
]
COVERED: Final = {"covered", "empty_covered", "away"}
EMPTY: Final = {"empty_covered", "empty", "away"}


@dataclass
class SmallWorld:
    """Everybody who looks, and what they might see."""

    at: datetime
    chance: random.Random
    organisations: dict[str, Organisation] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    bases: dict[str, circle.Basis] = field(default_factory=dict)
    families: list[circle.Family] = field(default_factory=list)
    children: list[circle.Member] = field(default_factory=list)
    folders: list[int] = field(default_factory=list)
    viewers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return day_of(self.at)

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def folder(self, kind: FolderKind = FolderKind.PERSON) -> Folder:
        made = Folder(kind=kind, opened_at=self.at)
        made.head = beginning(made.ref)
        made.save()
        self.folders.append(made.pk)
        return made

    def ref(self, name: str) -> UUID:
        if name in self.positions:
            return self.positions[name].ref
        return self.people[name].person


def small_world(seed: int, at: datetime) -> SmallWorld:
    """Make it in the database that is in use, past its guards: they stand again at a rollback."""
    guards.remove(connection, GUARDS)
    made = SmallWorld(at=at, chance=random.Random(seed))
    _people(made)
    _bases(made)
    for _ in range(2):
        family = circle.Family.objects.create()
        made.families.append(family)
        made.children.append(_member(family, uuid4(), is_child=True))
    combinations = list(product(STATES, _days(made), BASES, TOPICS))
    others = [made.chance.sample(combinations, len(combinations)) for _ in range(2)]
    kits = [_kit(made, number) for number in range(len(combinations))]
    receivers = ["works", "parent", "near"]
    for kit, told in zip(kits, zip(combinations, *others, strict=True), strict=True):
        for name, combination in zip(receivers, told, strict=True):
            _ground(made, kit.folder, made.ref(name), combination)
    _questions(made, kits)
    for name in [None, *made.people]:
        _request(made, name)
    _rest(made, kits)
    _mentions(made)
    _left(made)
    return made


def _rest(made: SmallWorld, kits: list[Kit]) -> None:
    """Let one folder in nine rest: still, until a day, or ended; ended beside one that runs."""
    for kit in made.chance.sample(kits, len(kits) // 9):
        for ended_at, days in made.chance.choice(RESTS):
            circle.Restriction.objects.create(
                folder=kit.folder,
                request=_request(made, "parent"),
                begun_at=made.at,
                ended_at=made.at if ended_at else None,
                ends_on=None if days is None else made.day(days),
            )


def _mentions(made: SmallWorld) -> None:
    """One thing in nine names somebody who asked by letter that it rests: still, or not."""
    things: dict[str, list[Any]] = {
        "entry": list(circle.Entry.objects.all()),
        "question": list(circle.Question.objects.all()),
        "agreement": list(circle.Agreement.objects.all()),
        "seat": list(circle.Seat.objects.all()),
    }
    for ends in RESTS:
        request = _request(made, None)
        ((ended_at, days), *_) = ends
        restriction = circle.Restriction.objects.create(
            folder=request.folder,
            request=request,
            family=made.families[0],
            begun_at=made.at,
            ended_at=made.at if ended_at else None,
            ends_on=None if days is None else made.day(days),
        )
        circle.Mention.objects.bulk_create(
            circle.Mention(restriction=restriction, **{thing: row})
            for thing, rows in things.items()
            for row in made.chance.sample(rows, len(rows) // 45)
        )


def _left(made: SmallWorld) -> None:
    """Some questions are about somebody who was said to have left."""
    questions = list(circle.Question.objects.select_related("folder"))
    for question in made.chance.sample(questions, len(questions) // 9):
        part = circle.Part.objects.get(folder=question.folder)
        assert part.circle is not None
        circle.Leaving.objects.create(
            folder=question.folder,
            circle=part.circle,
            member=_member(part.family, uuid4(), is_child=False),
            question=question,
            asked_at=made.at,
        )


def _request(made: SmallWorld, name: str | None) -> circle.RightsRequest:
    """What one person, or somebody without an account, asks about their own data."""
    return circle.RightsRequest.objects.create(
        folder=made.folder(),
        kind="access",
        asked_by=made.ref(name) if name else None,
        asked_on=made.today,
        answer_by=made.day(30),
    )


def _days(made: SmallWorld) -> list[tuple[date, date]]:
    """Over since yesterday, the last day, whole, the first day, from tomorrow, never ending."""
    spans = [(-9, -1), (-9, 0), (0, 0), (0, 9), (1, 9)]
    days = [(made.day(first), made.day(last)) for first, last in spans]
    return [*days, (made.day(-9), NO_END)]


def _account(made: SmallWorld, name: str) -> Account:
    made.people[name] = Account.objects.create_user(f"s-{name}", None, shown_as=name)
    return made.people[name]


def _people(made: SmallWorld) -> None:
    for name in ("school", "team", "health", "police"):
        folder = open_folder(FolderKind.ORGANISATION, at=made.at)
        made.organisations[name] = Organisation.objects.create(
            name=f"W {name}", domain="education", folder=folder
        )
    works_at = ["school", "school", "team", "health", "team", "police", "team"]
    places = dict(zip(POSITIONS, works_at, strict=True))
    for name, place in places.items():
        _position(made, name, made.organisations[place])
    for role in Role:
        name = {"parent": "parent", "supporter": "near"}.get(role.value, f"is {role.value}")
        account = _account(made, name)
        made.viewers.append({"role": role, "person": account.person})
    made.viewers.append({"role": Role.PARENT, "person": _account(made, "other parent").person})
    made.viewers.append({"role": Role.PROFESSIONAL, "person": uuid4(), "position": uuid4()})


def _position(made: SmallWorld, name: str, place: Organisation) -> None:
    """A function, who works in it (or left yesterday) and who covers it, all with their hats."""
    occupant = _account(made, f"in {name}")
    position = Position.objects.create(organisation=place, called=name, occupant=occupant)
    made.positions[name] = position
    last = made.day(-1) if name in EMPTY else None
    _hat(made, occupant, place, position, last_day=last)
    if last is None:
        _looks(made, occupant, place, position)
    if name in COVERED:
        cover = _account(made, f"covers {name}")
        own = Position.objects.create(organisation=place, called=f"own {name}", occupant=cover)
        _hat(made, cover, place, own)
        Position.objects.filter(pk=position.pk).update(cover=cover)
        _looks(made, cover, place, own)
        elsewhere = made.organisations["school" if place.name != "W school" else "health"]
        _looks(made, cover, elsewhere, None)


def _hat(
    made: SmallWorld,
    account: Account,
    place: Organisation,
    position: Position,
    *,
    last_day: date | None = None,
) -> None:
    Hat.objects.create(
        account=account,
        role=Role.PROFESSIONAL.value,
        organisation=place,
        position=position,
        called="werk",
        from_day=made.day(-300),
        last_day=last_day,
    )


def _looks(
    made: SmallWorld, account: Account, place: Organisation, position: Position | None
) -> None:
    viewer = {"role": Role.PROFESSIONAL, "person": account.person, "organisation": place.ref}
    made.viewers.append(viewer | {"position": position.ref if position else uuid4()})


def _bases(made: SmallWorld) -> None:
    spans = {"runs": (-9, 9), "ended": (-9, 9), "over": (-9, -1), "later": (1, 9)}
    for name, (first, last) in spans.items():
        made.bases[name] = circle.Basis.objects.create(
            organisation=made.organisations["school"].ref,
            regime="youth_care",
            article="Jeugdwet 7.3.11",
            agreement="2026",
            from_day=made.day(first),
            last_day=made.day(last),
            ended_at=made.at if name == "ended" else None,
        )


def _member(family: circle.Family, person: UUID, *, is_child: bool) -> circle.Member:
    return circle.Member.objects.create(family=family, person=person, is_child=is_child)


def _ground(
    made: SmallWorld,
    folder: Folder,
    receiver: UUID,
    combination: tuple[str, tuple[date, date], str | None, str],
    **more: Any,
) -> circle.Ground:
    state, (first, last), basis, topic = combination
    ground = circle.Ground.objects.create(
        folder=folder,
        receiver=receiver,
        kind=more.pop("kind", "seat"),
        topic=topic,
        basis=made.bases[basis] if basis else None,
        purpose="help",
        from_day=first,
        last_day=last,
        state=state,
        must=state == "informed",
        made_at=made.at,
        changed_at=made.at,
        **more,
    )
    if made.chance.random() < 0.2:
        circle.ConsentAnswer.objects.create(
            ground=ground,
            person=made.ref(made.chance.choice(["parent", "works", "other parent"])),
            answer=made.chance.choice(Answer.values),
            ended_at=made.chance.choice([None, made.at]),
        )
    return ground


@dataclass
class Kit:
    """One folder with a row of every kind in it."""

    folder: Folder
    entry: circle.Entry


def _kit(made: SmallWorld, number: int) -> Kit:
    """A home with its household folder, in which everything lies; an address beside it."""
    family = made.families[number % 2]
    folder = made.folder(FolderKind.HOUSEHOLD)
    home = circle.Circle.objects.create(
        folder=folder,
        family=family,
        coordinator=made.ref("coordinator"),
        opened_by=made.ref("parent"),
        opened_at=made.at,
    )
    circle.Address.objects.create(folder=made.folder(), circle=home)
    member = made.children[number % 2]
    if number % 3:
        member = _member(family, uuid4(), is_child=bool(number % 2))
    part = circle.Part.objects.create(folder=folder, family=family, circle=home, member=member)
    circle.Authority.objects.create(
        child=member, circle=home, who=made.ref("parent"), kind="parent", from_day=made.today
    )
    _seats(made, folder)
    return Kit(folder, _words(made, folder, part))


def _seats(made: SmallWorld, folder: Folder) -> None:
    who = made.chance.choice([None, made.ref("second"), made.ref("near")])
    seat = circle.Seat.objects.create(
        folder=folder,
        kind="question_only",
        side=made.chance.choice(["", "development", "parents"]),
        who=who,
        from_day=made.day(made.chance.choice([-9, 0, 1])),
        last_day=made.day(made.chance.choice([1, 9])),
        ended_at=made.chance.choice([None, None, made.at]),
        made_by=made.chance.choice([made.ref("works"), made.ref("parent")]),
    )
    circle.SeatCode.objects.create(
        seat=seat, number=f"{seat.pk:06}", hash="x", made_at=made.at, until=made.at
    )
    by = made.chance.choice(["parent", "other parent", "near"])
    line = circle.Strain.objects.create(folder=folder, seat=seat, by=made.ref(by), drawn_at=made.at)
    for picked in ("parent", "second", "near", "works"):
        if made.chance.random() < 0.5:
            _picked(made, line, picked)


def _picked(made: SmallWorld, line: circle.Strain, name: str) -> None:
    """Somebody sees a line: the human being who was picked, or one who sat there before."""
    receiver = made.ref(name)
    sat = next((one for one in made.viewers if one.get("position") == receiver), None)
    person = made.chance.choice([sat["person"] if sat else receiver, uuid4()])
    circle.StrainReader.objects.create(
        strain=line, receiver=receiver, person=person, picked_at=made.at
    )


def _words(made: SmallWorld, folder: Folder, part: circle.Part) -> circle.Entry:
    now, author = made.at, made.ref("parent")
    entries = [
        circle.Entry.objects.create(
            folder=folder, kind="message", topic=topic, author=author, written_at=now
        )
        for topic in ("", "development", "parents")
    ]
    for entry in entries:
        circle.OwnSide.objects.create(folder=folder, entry=entry, author=author, written_at=now)
    for topic in ("", "development", "surroundings"):
        told = {"made_by": author, "made_at": now, "review_on": made.today}
        goal = circle.Agreement.objects.create(folder=folder, topic=topic, **told)
        does = {"responsible": author, "due_on": made.today}
        circle.Action.objects.create(folder=folder, agreement=goal, **does)
    meeting = circle.Meeting.objects.create(
        folder=part.folder,
        chair=author,
        made_by=author,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
    )
    circle.Beforehand.objects.create(
        folder=part.folder, meeting=meeting, by=author, comes=True, said_at=now
    )
    withheld = circle.Withheld.objects.create(
        folder=made.folder(FolderKind.WITHHELD),
        home=part,
        entry=entries[0],
        first=made.ref("works"),
        second=made.ref("second"),
        said_by=made.ref("works"),
        review_on=made.today,
        made_at=now,
    )
    whole = ("granted", (made.day(-9), NO_END), "runs", "")
    if made.chance.random() < 0.5:
        _ground(made, withheld.folder, made.ref("works"), whole, kind="withheld")
    said = circle.Said.objects.create(
        folder=made.folder(), by=author, to=made.ref("works"), said_at=now
    )
    _heard(made, part, author)
    topic = ("granted", whole[1], None, made.chance.choice(TOPICS))
    _ground(made, said.folder, made.ref("works"), topic)
    for beside in ({"entry": entries[1]}, {"entry": entries[0]}, {"said": said}):
        _file(made, folder, **beside)
    circle.WithheldStep.objects.create(
        folder=withheld.folder, withheld=withheld, kind="proposed", by=author, at=now
    )
    return entries[0]


def _heard(made: SmallWorld, part: circle.Part, author: UUID) -> None:
    lives = part.circle or circle.Circle.objects.order_by("pk")[0]
    heard = circle.Heard.objects.create(
        folder=made.folder(), circle=lives, by=uuid4(), month=made.today, said_at=made.at
    )
    always = ("granted", (made.day(-9), NO_END), None, "")
    _ground(made, heard.folder, author, always, kind="own")


def _questions(made: SmallWorld, kits: list[Kit]) -> None:
    """A question for each combination, spread over the folders."""
    combinations = list(product(QUESTION_STATES, CLIMBS, HOLDERS, ON_QUESTION))
    made.chance.shuffle(combinations)
    for number, (state, climbs, holder, on) in enumerate(combinations):
        kit = kits[number % len(kits)]
        question = _question(made, kit, state, climbs, holder)
        if on != "none":
            _on_question(made, question, holder, on)
        circle.Attached.objects.create(question=question, entry=kit.entry)
        reply = circle.Reply.objects.create(
            folder=kit.folder, question=question, author=question.holder, written_at=made.at
        )
        _file(made, kit.folder, **({"reply": reply} if number % 2 else {"question": question}))
        circle.QuestionStep.objects.create(
            folder=kit.folder, question=question, kind="asked", by=question.asker, at=made.at
        )


def _file(made: SmallWorld, folder: Folder, **beside: Any) -> None:
    circle.Attachment.objects.create(
        folder=folder,
        kind="pdf",
        size_bytes=1,
        author=made.ref("parent"),
        added_at=made.at,
        **beside,
    )


def _question(made: SmallWorld, kit: Kit, state: str, climbs: str, holder: str) -> circle.Question:
    hours = {"early": (1, 2), "cover": (0, 2), "coordinator": (-1, 0)}[climbs]
    cover, coordinator = (made.at + timedelta(hours=one) for one in hours)
    offered = state == "offered"
    to = made.chance.choice([name for name in ("second", "works", "near") if name != holder])
    return circle.Question.objects.create(
        folder=kit.folder,
        kind="question",
        topic=made.chance.choice(["", "development", "parents"]),
        holder=made.ref(holder),
        asker=made.ref(made.chance.choice(["parent", "near", "second"])),
        coordinator=made.ref(made.chance.choice(["coordinator", "away"])),
        state=state,
        offered_to=made.ref(to) if offered else None,
        offer_ends_at=made.at + timedelta(hours=made.chance.choice([0, 1])) if offered else None,
        asked_at=made.at - timedelta(days=9),
        promised_at=cover,
        cover_from=cover,
        coordinator_from=coordinator,
    )


def _on_question(made: SmallWorld, question: circle.Question, holder: str, on: str) -> None:
    state = on if on in STATES else "granted"
    days = (made.day(-9), made.day(-1) if on == "over" else NO_END)
    basis = "over" if on == "no_basis" else made.chance.choice([None, "runs"])
    who = made.chance.choice([holder, holder, "second", "coordinator"])
    _ground(
        made,
        question.folder,
        made.ref(who),
        (state, days, basis, ""),
        kind="question",
        question=question,
        with_cover=on == "with_cover",
    )
