"""Who may read what in a circle, told a second time: plain Python, from the design, not the code.

Sources: house.md (circle, invariants 2 to 5, 9 and 11), what the plan says of seats and questions,
and the docstrings. It knows records with the names of columns and nothing of Django, querysets or
SQL: the test reads the tables and hands them over. Only the words of states are borrowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from smartstart.circle.states import GroundState

Rule = Callable[["Facts", "Viewer", Any], bool]
Record = Any  # one row: its columns as attributes
OPENED = {GroundState.GRANTED.value, GroundState.INFORMED.value}
THOUGHT_ABOUT = {GroundState.ASKED.value, GroundState.NOT_ASKED.value}
ASKED_OFTEN = [
    ("Part", "member_id"),
    ("ConsentAnswer", "ground_id"),
    ("Seat", "folder_id"),
    ("Attached", "entry_id"),
    ("Hat", "position_id"),
    ("Hat", "account_id"),
    ("Restriction", "folder_id"),
    ("StrainReader", "strain_id"),
    *(("Mention", f"{thing}_id") for thing in ("entry", "question", "agreement", "seat")),
]
FAMILY = {"parent", "young_person", "supporter"}


@dataclass(frozen=True)
class Viewer:
    """Who looks, under one hat."""

    role: str
    person: UUID | None = None
    position: UUID | None = None
    organisation: UUID | None = None

    @property
    def receiver(self) -> UUID | None:
        """A function for who works, the person for who is family or near; nobody else reads."""
        if self.role == "professional":
            return self.position
        return self.person if self.role in FAMILY else None


@dataclass
class Facts:
    """All rows of all tables at one moment, and what was worked out for one viewer."""

    tables: dict[str, list[Record]]
    at: datetime
    today: date
    by_id: dict[tuple[str, int], Record] = field(default_factory=dict)
    on_folder: dict[int, list[Record]] = field(default_factory=dict)
    on_question: dict[int, list[Record]] = field(default_factory=dict)
    positions: dict[UUID, Record] = field(default_factory=dict)
    known: dict[tuple[UUID | None, int], set[str]] = field(default_factory=dict)
    beside: dict[tuple[str, str, Any], list[Record]] = field(default_factory=dict)
    asked: dict[tuple[Viewer, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table, rows in self.tables.items():
            self.by_id |= {(table, row.id): row for row in rows}
        for table, column in ASKED_OFTEN:
            for row in self.tables[table]:
                self.beside.setdefault((table, column, getattr(row, column)), []).append(row)
        for ground in self.tables["Ground"]:
            if ground.question_id is None:
                self.on_folder.setdefault(ground.folder_id, []).append(ground)
            else:
                self.on_question.setdefault(ground.question_id, []).append(ground)
        self.positions = {row.ref: row for row in self.tables["Position"]}

    def those(self, table: str, column: str, value: Any) -> list[Record]:
        """Return the rows of a table with this value in this column."""
        return self.beside.get((table, column, value), [])


# the two locks


def runs(facts: Facts, ground: Record) -> bool:
    """The days of the ground, and the organisation's lock: both first and last day count."""
    if not ground.from_day <= facts.today <= ground.last_day:
        return False
    if ground.basis_id is None:
        return True
    basis = facts.by_id["Basis", ground.basis_id]
    return basis.ended_at is None and basis.from_day <= facts.today <= basis.last_day


def rests(facts: Facts, folder: int) -> bool:
    """Somebody asked that no organisation reads this folder now (AVG 18)."""
    return any(
        row.ended_at is None and (row.ends_on is None or facts.today <= row.ends_on)
        for row in facts.those("Restriction", "folder_id", folder)
    )


def is_left_alone(facts: Facts, thing: str, pk: int) -> bool:
    """Somebody without an account, named in it, asked that it rests (AVG 18)."""
    return any(
        row.ended_at is None and (row.ends_on is None or facts.today <= row.ends_on)
        for one in facts.those("Mention", f"{thing}_id", pk)
        for row in [facts.by_id["Restriction", one.restriction_id]]
    )


def shown(thing: str, rule: Rule, by: str, *, at: str = "id") -> Rule:
    """By its rule; what rests, and what hangs on it, is read by who made it alone."""

    def ruled(facts: Facts, viewer: Viewer, row: Record) -> bool:
        if not rule(facts, viewer, row):
            return False
        return getattr(row, by) == viewer.receiver or not is_left_alone(
            facts, thing, getattr(row, at)
        )

    return ruled


def mention(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """Of what one made oneself; the privacy officer counts them."""
    if viewer.role == "privacy_officer":
        return True
    made = {"entry": "author", "question": "asker", "agreement": "made_by", "seat": "made_by"}
    return viewer.receiver is not None and any(
        getattr(row, f"{thing}_id") is not None
        and getattr(facts.by_id[thing.title(), getattr(row, f"{thing}_id")], by) == viewer.receiver
        for thing, by in made.items()
    )


def opens(facts: Facts, ground: Record) -> bool:
    if ground.basis_id is not None and rests(facts, ground.folder_id):
        return False
    return ground.state in OPENED and runs(facts, ground)


def topics_read(facts: Facts, receiver: UUID | None, folder: int) -> set[str]:
    """Of which sides of a folder somebody reads; the empty word stands for the whole folder."""
    if (receiver, folder) not in facts.known:
        facts.known[receiver, folder] = {
            ground.topic
            for ground in facts.on_folder.get(folder, [])
            if receiver is not None and ground.receiver == receiver and opens(facts, ground)
        }
    return facts.known[receiver, folder]


def may_read(facts: Facts, viewer: Viewer, folder: int) -> bool:
    return bool(topics_read(facts, viewer.receiver, folder))


def reads_whole(facts: Facts, viewer: Viewer, row: Record) -> bool:
    return "" in topics_read(facts, viewer.receiver, row.folder_id)


def reads_any(facts: Facts, viewer: Viewer, row: Record) -> bool:
    return bool(topics_read(facts, viewer.receiver, row.folder_id))


def reads_topic(facts: Facts, viewer: Viewer, row: Record) -> bool:
    topics = topics_read(facts, viewer.receiver, row.folder_id)
    return "" in topics or (row.topic != "" and row.topic in topics)


# what is about people


def nobody(facts: Facts, viewer: Viewer, row: Record) -> bool:
    return False


def who_signed_in(facts: Facts, viewer: Viewer, row: Record) -> bool:
    return viewer.role != "visitor"


def member(facts: Facts, viewer: Viewer, row: Record) -> bool:
    return any(reads_any(facts, viewer, part) for part in facts.those("Part", "member_id", row.id))


def authority(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """As it was said in one home, for who reads the child there."""
    return any(
        part.circle_id == row.circle_id and reads_any(facts, viewer, part)
        for part in facts.those("Part", "member_id", row.child_id)
    )


def seat(facts: Facts, viewer: Viewer, row: Record) -> bool:
    me = viewer.receiver
    if me is None:
        return False
    if row.who is None and row.made_by != me and is_left_alone(facts, "seat", row.id):
        return False
    mine = row.who == me and facts.today <= row.last_day
    waits = row.who is None and row.made_by == me
    return (row.ended_at is None and (mine or waits)) or reads_whole(facts, viewer, row)


def ground(facts: Facts, viewer: Viewer, row: Record) -> bool:
    me = viewer.receiver
    if me is None:
        return False
    decides = any(
        answer.person == me and answer.ended_at is None
        for answer in facts.those("ConsentAnswer", "ground_id", row.id)
    )
    return row.receiver == me or decides or reads_whole(facts, viewer, row)


def strain(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """Who drew it; and who was picked, while they read where that seat stands, whole or its side.

    And as long as who drew it reads their own, and so can take it back.
    """
    if viewer.person is not None and row.by == viewer.person:
        return True
    drawer = topics_read(facts, row.by, row.folder_id)
    to = facts.by_id["Seat", row.seat_id]
    sides = topics_read(facts, viewer.receiver, to.folder_id)
    return (
        any(
            one.receiver == viewer.receiver and one.person == viewer.person
            for one in facts.those("StrainReader", "strain_id", row.id)
        )
        and not sides.isdisjoint({"", to.side})
        and "" in drawer
    )


def strain_reader(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """Who was picked is known to who picked, and to nobody else."""
    drawn = facts.by_id["Strain", row.strain_id]
    return viewer.person is not None and drawn.by == viewer.person


def restriction(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """The family whose folder rests; the privacy officer who lets it rest sees all."""
    return viewer.role == "privacy_officer" or reads_whole(facts, viewer, row)


def rights_request(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """One's own; the privacy officer answers all of them."""
    if viewer.role == "privacy_officer":
        return True
    return viewer.role != "visitor" and viewer.person is not None and row.asked_by == viewer.person


# questions


def is_open(question: Record) -> bool:
    return question.state in {"held", "offered"}


def hat_is_worn(facts: Facts, hat: Record) -> bool:
    return (
        hat.role == "professional"
        and hat.ended_at is None
        and hat.from_day <= facts.today
        and (hat.last_day is None or facts.today <= hat.last_day)
    )


def is_empty(facts: Facts, who: UUID) -> bool:
    """A function in which nobody works today; a person is never empty."""
    position = facts.positions.get(who)
    if position is None:
        return False
    return not any(
        hat.account_id == position.occupant_id and hat_is_worn(facts, hat)
        for hat in facts.those("Hat", "position_id", position.id)
    )


def has_cover(facts: Facts, who: UUID) -> bool:
    position = facts.positions.get(who)
    if position is None or position.cover_id is None:
        return False
    return any(
        hat.organisation_id == position.organisation_id and hat_is_worn(facts, hat)
        for hat in facts.those("Hat", "account_id", position.cover_id)
    )


def covers(facts: Facts, viewer: Viewer, who: UUID) -> bool:
    """The cover is a human being, for the same organisation as the function."""
    position = facts.positions.get(who)
    if viewer.role != "professional" or position is None or position.cover_id is None:
        return False
    account = facts.by_id["Account", position.cover_id]
    organisation = facts.by_id["Organisation", position.organisation_id]
    return bool(account.person == viewer.person and organisation.ref == viewer.organisation)


def near(facts: Facts, question: Record) -> list[Record]:
    """Grounds on this question, and on its folder for its topic."""
    folder = facts.on_folder.get(question.folder_id, [])
    fits = [one for one in folder if one.topic in {"", question.topic}]
    return fits + facts.on_question.get(question.id, [])


def holder_lost_it(facts: Facts, question: Record) -> bool:
    """No ground of the holder stands, and the family is not thinking about one."""
    return not any(
        one.receiver == question.holder
        and runs(facts, one)
        and (one.state in OPENED or one.state in THOUGHT_ABOUT)
        for one in near(facts, question)
    )


def is_with_coordinator(facts: Facts, question: Record) -> bool:
    late = facts.at >= question.coordinator_from or holder_lost_it(facts, question)
    if question.holder != question.coordinator and late:
        return True
    return is_empty(facts, question.holder) and not has_cover(facts, question.holder)


def acts_as_holder(facts: Facts, viewer: Viewer, question: Record) -> bool:
    if viewer.receiver != question.holder or is_with_coordinator(facts, question):
        return False
    return facts.at < question.cover_from or not has_cover(facts, question.holder)


def acts_for_holder(facts: Facts, viewer: Viewer, question: Record) -> bool:
    """As cover, as coordinator, or as cover of a coordinator who is not there."""
    if viewer.receiver is None:
        return False
    if is_with_coordinator(facts, question):
        away = is_empty(facts, question.coordinator)
        stands_in = away and covers(facts, viewer, question.coordinator)
        return viewer.receiver == question.coordinator or stands_in
    time = facts.at >= question.cover_from or is_empty(facts, question.holder)
    return time and covers(facts, viewer, question.holder)


def acts(facts: Facts, viewer: Viewer, question: Record) -> bool:
    if not is_open(question) or viewer.receiver is None:
        return False
    return acts_as_holder(facts, viewer, question) or acts_for_holder(facts, viewer, question)


def was_offered(facts: Facts, viewer: Viewer, question: Record) -> bool:
    return (
        question.state == "offered"
        and viewer.receiver is not None
        and question.offered_to == viewer.receiver
        and facts.at < question.offer_ends_at
    )


def waits_for(facts: Facts, viewer: Viewer, question: Record) -> bool:
    return acts(facts, viewer, question) or was_offered(facts, viewer, question)


def asked_it(facts: Facts, viewer: Viewer, question: Record) -> bool:
    """Who asked reads it while their seat in that folder is held, a function not while it rests."""
    if question.asker in facts.positions and rests(facts, question.folder_id):
        return False
    return viewer.receiver == question.asker and any(
        row.who == question.asker
        and row.ended_at is None
        and row.from_day <= facts.today <= row.last_day
        for row in facts.those("Seat", "folder_id", question.folder_id)
    )


def reads_by_question(facts: Facts, viewer: Viewer, question: Record) -> bool:
    """Until it is answered: by a ground on this question, when one has something to do with it."""
    if not is_open(question):
        return False
    standing = [one for one in facts.on_question.get(question.id, []) if opens(facts, one)]
    mine = any(one.receiver == viewer.receiver for one in standing)
    holders = any(one.receiver == question.holder and one.with_cover for one in standing)
    stands_in = acts_for_holder(facts, viewer, question)
    busy = viewer.receiver == question.holder or stands_in or was_offered(facts, viewer, question)
    return (mine and busy) or (holders and stands_in)


def question(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """Worked out once for a viewer: much hangs on a question."""
    if (viewer, row.id) not in facts.asked:
        facts.asked[viewer, row.id] = reads_question(facts, viewer, row)
    return facts.asked[viewer, row.id]


def reads_question(facts: Facts, viewer: Viewer, row: Record) -> bool:
    if viewer.receiver is None:
        return False
    rests = is_left_alone(facts, "question", row.id)
    if viewer.receiver != row.asker and rests:
        return False
    topics = topics_read(facts, viewer.receiver, row.folder_id)
    return (
        "" in topics
        or (row.topic != "" and row.topic in topics)
        or asked_it(facts, viewer, row)
        or (reads_by_question(facts, viewer, row) and not rests)  # who asked it is no helper of it
    )


# what borrows the door of what it belongs to


def with_its(table: str, column: str) -> Rule:
    """A row is seen with the row it belongs to, and never without."""

    def rule(facts: Facts, viewer: Viewer, row: Record) -> bool:
        return RULES[table](facts, viewer, facts.by_id[table, getattr(row, column)])

    return rule


def attachment(facts: Facts, viewer: Viewer, row: Record) -> bool:
    """With what it stands beside; an entry shown with a question brings its files along."""
    beside = {"entry": "Entry", "question": "Question", "said": "Said"}
    for name, table in beside.items():
        found = getattr(row, f"{name}_id")
        if found is not None and RULES[table](facts, viewer, facts.by_id[table, found]):
            return True
    if row.reply_id is not None:
        reply = facts.by_id["Reply", row.reply_id]
        return RULES["Reply"](facts, viewer, reply)
    if row.entry_id is not None and is_left_alone(facts, "entry", row.entry_id):
        return False
    return row.entry_id is not None and any(
        one.ended_at is None
        and RULES["Question"](facts, viewer, facts.by_id["Question", one.question_id])
        for one in facts.those("Attached", "entry_id", row.entry_id)
    )


RULES: dict[str, Rule] = {
    "Family": nobody,
    "Circle": reads_whole,
    "Address": reads_whole,
    "Part": reads_any,
    "Member": member,
    "Authority": authority,
    "Seat": seat,
    "SeatCode": with_its("Seat", "seat_id"),
    "Basis": who_signed_in,
    "Ground": ground,
    "ConsentAnswer": with_its("Ground", "ground_id"),
    "Entry": shown("entry", reads_topic, "author"),
    "OwnSide": shown("entry", with_its("Entry", "entry_id"), "author", at="entry_id"),
    "Agreement": shown("agreement", reads_topic, "made_by"),
    "Action": shown(
        "agreement", with_its("Agreement", "agreement_id"), "responsible", at="agreement_id"
    ),
    "Question": question,
    "Attachment": attachment,
    "Attached": with_its("Question", "question_id"),
    "Reply": shown("question", with_its("Question", "question_id"), "author", at="question_id"),
    "QuestionStep": shown("question", with_its("Question", "question_id"), "by", at="question_id"),
    "Meeting": reads_whole,
    "Beforehand": with_its("Meeting", "meeting_id"),
    "RightsRequest": rights_request,
    "Restriction": restriction,
    "Mention": mention,
    "Leaving": with_its("Question", "question_id"),
    "Said": reads_whole,
    "Heard": reads_whole,
    "Strain": strain,
    "StrainReader": strain_reader,
    "Withheld": reads_whole,
    "WithheldStep": with_its("Withheld", "withheld_id"),
}


# what the law says of ages: from the texts in reliability.md, section 3


def is_at_least(born: date, years: int, day: date) -> bool:
    """Whether somebody has had that birthday; who was born on a leap day, on the first of March."""
    return (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) >= years


def child_reads_itself(born: date, day: date) -> bool:
    return is_at_least(born, 12, day)


def parent_reads_child(born: date, day: date, *, is_able: bool) -> bool:
    return not is_at_least(born, 16 if is_able else 18, day)


def child_reads_home(born: date, day: date) -> bool:
    return is_at_least(born, 12, day) and not is_at_least(born, 18, day)


def must_say_yes(
    born: date, day: date, child: str, parents: set[str], *, is_able: bool
) -> set[str]:
    """Who must all say yes to sharing what is about a child; nobody at all: nothing is shared."""
    if is_at_least(born, 18, day) or (is_able and is_at_least(born, 16, day)):
        return {child}
    if not parents:
        return set()
    return parents | {child} if is_able and is_at_least(born, 12, day) else set(parents)
