"""What the database itself keeps of a circle, past every bulk update, import and hand-typed SQL.

Kept are the walls between folders and homes, the order of the two locks, one holder by steps, and
that what ended stays ended. Each operation already does so; nothing else can do otherwise.
"""

# ruff: noqa: S608 - our own names, no values

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smartstart.base.guards import Guard

# Tables whose rows never leave their folder, and what else of such a row never changes.
STAYS: Final[dict[str, tuple[str, ...]]] = {
    "action": ("agreement_id",),
    "address": ("circle_id",),
    "agreement": (),
    "attachment": ("entry_id", "question_id", "reply_id", "said_id"),
    "beforehand": ("meeting_id",),
    "circle": ("family_id",),
    "ground": ("kind", "topic", "question_id", "basis_id"),
    "heard": ("circle_id", "by", "month"),
    "leaving": ("circle_id", "member_id", "question_id"),
    "meeting": (),
    "ownside": ("entry_id",),
    "part": ("circle_id", "family_id"),
    "question": ("asker",),
    "questionstep": ("question_id",),
    "reply": ("question_id",),
    "restriction": ("request_id",),
    "rightsrequest": (),
    "said": ("by", "to"),
    "seat": (),
    "strain": (),
    "withheld": ("home_id", "entry_id"),
    "withheldstep": ("withheld_id",),
}
# What hangs on another row lies in the folder of that row.
HANGS_ON: Final = {
    "action": "agreement",
    "beforehand": "meeting",
    "ownside": "entry",
    "questionstep": "question",
    "reply": "question",
    "withheldstep": "withheld",
}
ENDS: Final = ("attached", "authority", "basis", "consentanswer", "seat", "seatcode")
KEPT: Final = ("authority", "consentanswer", "ground", "question", "seat")

_ASKED_KINDS: Final = "kind IN ('seat', 'question', 'beside')"
_ASKED_GROUND_IS_OPEN: Final = (
    "EXISTS (SELECT 1 FROM circle_ground g WHERE g.id = NEW.ground_id AND g.state = 'granted'"
    f" AND NOT g.must AND g.{_ASKED_KINDS})"
)
_NOT_EVERYBODY_SAID_YES: Final = (
    "(NOT EXISTS (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = NEW.id"
    " AND c.ended_at IS NULL) OR EXISTS (SELECT 1 FROM circle_consentanswer c"
    " WHERE c.ground_id = NEW.id AND c.ended_at IS NULL AND c.answer <> 'yes'))"
)
_NOT_OF_THIS_PLACE: Final = (
    "(NEW.kind <> 'home' AND EXISTS (SELECT 1 FROM circle_address a"
    " WHERE a.folder_id = NEW.folder_id))"
    " OR EXISTS (SELECT 1 FROM circle_withheld w WHERE w.folder_id = NEW.folder_id"
    " AND (NEW.kind <> 'withheld' OR NEW.receiver NOT IN (w.first, w.second)))"
    " OR EXISTS (SELECT 1 FROM circle_said s WHERE s.folder_id = NEW.folder_id"
    ' AND NEW.receiver NOT IN (s."by", s."to"))'
)
_PART_OF_TWO_FAMILIES: Final = (
    "EXISTS (SELECT 1 FROM circle_circle k WHERE k.id = NEW.circle_id"
    " AND k.family_id <> NEW.family_id) OR EXISTS (SELECT 1 FROM circle_member m"
    " WHERE m.id = NEW.member_id AND m.family_id <> NEW.family_id)"
    " OR EXISTS (SELECT 1 FROM circle_address a WHERE a.folder_id = NEW.folder_id)"
)
_MOVED_BUT_NOT_APART: Final = (
    "NEW.folder_id <> OLD.folder_id AND NOT EXISTS (SELECT 1 FROM circle_withheld w"
    " JOIN circle_part p ON p.id = w.home_id WHERE w.entry_id = NEW.id"
    " AND (w.folder_id = NEW.folder_id AND p.folder_id = OLD.folder_id"
    " OR w.folder_id = OLD.folder_id AND p.folder_id = NEW.folder_id))"
)
_ATTACHED_FROM_ELSEWHERE: Final = (
    "(SELECT e.folder_id FROM circle_entry e WHERE e.id = NEW.entry_id)"
    " <> (SELECT q.folder_id FROM circle_question q WHERE q.id = NEW.question_id)"
)
_ANOTHER_THAN_WAS_ASKED: Final = " OR ".join(
    f'(NEW."{one}" <> OLD."{one}" AND (OLD.third IS NULL OR NEW."{one}" <> OLD.third'
    f' OR OLD.leaves <> OLD."{one}"))'
    for one in ("first", "second")
)
_WITHHELD_BY_ONE: Final = (
    "(NEW.state = 'kept' AND OLD.state = 'proposed' AND NEW.said_by = OLD.said_by)"
    " OR (NEW.state = 'opened' AND OLD.state <> 'opened'"
    " AND (OLD.state <> 'opening' OR NEW.said_by = OLD.said_by))"
)


_FILE_FROM_ELSEWHERE: Final = " OR ".join(
    f"NEW.folder_id <> (SELECT o.folder_id FROM circle_{other} o WHERE o.id = NEW.{other}_id)"
    for other in ("entry", "question", "reply", "said")
)


def _changes(column: str) -> str:
    """Say that a column gets another value; also to or from nothing."""
    new, old = f'NEW."{column}"', f'OLD."{column}"'
    return f"({new} <> {old} OR ({new} IS NULL) <> ({old} IS NULL))"


def _general() -> Iterator[Guard]:
    for table, fixed in STAYS.items():
        moves = " OR ".join(_changes(column) for column in ("folder_id", *fixed))
        says = "what lies in a folder stays there, about what it was made for"
        yield Guard(f"circle_{table}_stays", f"circle_{table}", "UPDATE", moves, says)
    for table, other in HANGS_ON.items():
        elsewhere = (
            f"NEW.folder_id <> (SELECT o.folder_id FROM circle_{other} o"
            f" WHERE o.id = NEW.{other}_id)"
        )
        says = "what hangs on something lies in the same folder"
        yield Guard(f"circle_{table}_lies_there", f"circle_{table}", "INSERT", elsewhere, says)
    for table in ENDS:
        revives = f"OLD.ended_at IS NOT NULL AND {_changes('ended_at')}"
        says = "what has ended does not come back"
        yield Guard(f"circle_{table}_ended_stays", f"circle_{table}", "UPDATE", revives, says)
    for table in KEPT:
        says = "what was decided is never removed"
        yield Guard(f"circle_{table}_is_kept", f"circle_{table}", "DELETE", "1 = 1", says)


def _here(name: str, deed: str, condition: str, says: str, *, table: str) -> Guard:
    return Guard(f"circle_{name}", f"circle_{table}", deed, condition, says)


_YES_FIRST: Final = "everybody who decides said yes before a ground opens"
_CLOSE_FIRST: Final = "a ground is closed before a yes of it goes"
_ITS_READERS: Final = "an address, what is apart and what a child said have readers of their own"
_ONE_FAMILY: Final = "a part is of one family, and no address"

GUARDS: Final = (
    *_general(),
    _here(
        "ground_begins_closed",
        "INSERT",
        f"NEW.state = 'granted' AND NOT NEW.must AND NEW.{_ASKED_KINDS}",
        _YES_FIRST,
        table="ground",
    ),
    _here(
        "ground_opens_by_yes",
        "UPDATE",
        f"NEW.state = 'granted' AND OLD.state <> 'granted' AND NOT NEW.must"
        f" AND NEW.{_ASKED_KINDS} AND {_NOT_EVERYBODY_SAID_YES}",
        _YES_FIRST,
        table="ground",
    ),
    _here(
        "ground_by_law_ended_stays",
        "UPDATE",
        f"OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' AND NOT NEW.{_ASKED_KINDS}",
        "what has ended does not come back",
        table="ground",
    ),
    _here(
        "ground_lasts_no_longer",
        "UPDATE",
        "NEW.last_day > OLD.last_day OR NEW.from_day < OLD.from_day OR (NEW.must AND NOT OLD.must)",
        "a ground never reaches further than was said",
        table="ground",
    ),
    _here("ground_fits", "INSERT", _NOT_OF_THIS_PLACE, _ITS_READERS, table="ground"),
    _here("ground_fits_still", "UPDATE", _NOT_OF_THIS_PLACE, _ITS_READERS, table="ground"),
    _here(
        "ground_lies_with_its_question",
        "INSERT",
        "NEW.folder_id <> (SELECT q.folder_id FROM circle_question q WHERE q.id = NEW.question_id)",
        "what hangs on something lies in the same folder",
        table="ground",
    ),
    _here(
        "no_beside_an_open_ground",
        "INSERT",
        f"NEW.ended_at IS NULL AND NEW.answer <> 'yes' AND {_ASKED_GROUND_IS_OPEN}",
        _CLOSE_FIRST,
        table="consentanswer",
    ),
    _here(
        "yes_goes_after_its_ground",
        "UPDATE",
        f"{_ASKED_GROUND_IS_OPEN} AND (NEW.ended_at IS NULL AND NEW.answer <> 'yes'"
        " OR NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = NEW.ground_id"
        " AND c.id <> NEW.id AND c.ended_at IS NULL))",
        _CLOSE_FIRST,
        table="consentanswer",
    ),
    _here("part_of_one_family", "INSERT", _PART_OF_TWO_FAMILIES, _ONE_FAMILY, table="part"),
    _here("part_stays_of_one", "UPDATE", _PART_OF_TWO_FAMILIES, _ONE_FAMILY, table="part"),
    _here(
        "member_stays_in_family",
        "UPDATE",
        "NEW.family_id <> OLD.family_id OR NEW.is_child <> OLD.is_child",
        _ONE_FAMILY,
        table="member",
    ),
    _here(
        "address_is_no_part",
        "INSERT",
        "EXISTS (SELECT 1 FROM circle_part p WHERE p.folder_id = NEW.folder_id)",
        _ONE_FAMILY,
        table="address",
    ),
    _here(
        "seat_stays_whose_it_is",
        "UPDATE",
        f"OLD.who IS NOT NULL AND {_changes('who')}",
        "a seat that was taken is of who took it",
        table="seat",
    ),
    _here(
        "code_is_used_once",
        "UPDATE",
        f"{_changes('used_at')} AND (OLD.used_at IS NOT NULL OR OLD.ended_at IS NOT NULL)"
        " OR NEW.seat_id <> OLD.seat_id",
        "a code for a seat is used once",
        table="seatcode",
    ),
    _here(
        "question_changes_by_steps",
        "UPDATE",
        f"(NEW.holder <> OLD.holder OR NEW.state <> OLD.state OR {_changes('offered_to')})"
        " AND (NEW.version <> OLD.version + 1 OR OLD.state = 'closed')",
        "a question changes hands by one step at a time, and not after it was closed",
        table="question",
    ),
    _here(
        "attached_lies_there",
        "INSERT",
        _ATTACHED_FROM_ELSEWHERE,
        "what hangs on something lies in the same folder",
        table="attached",
    ),
    _here(
        "attached_stays",
        "UPDATE",
        f"{_changes('question_id')} OR {_changes('entry_id')}",
        "what lies in a folder stays there, about what it was made for",
        table="attached",
    ),
    _here(
        "attachment_lies_there",
        "INSERT",
        _FILE_FROM_ELSEWHERE,
        "what hangs on something lies in the same folder",
        table="attachment",
    ),
    _here(
        "entry_stays_or_goes_apart",
        "UPDATE",
        _MOVED_BUT_NOT_APART,
        "an entry leaves its folder only to be kept apart, and comes back there",
        table="entry",
    ),
    _here(
        "entry_corrects_its_own",
        "INSERT",
        "NEW.folder_id <> (SELECT e.folder_id FROM circle_entry e WHERE e.id = NEW.corrects_id)",
        "what hangs on something lies in the same folder",
        table="entry",
    ),
    _here(
        "withheld_by_two",
        "UPDATE",
        _WITHHELD_BY_ONE,
        "two people keep apart, and two open",
        table="withheld",
    ),
    _here(
        "withheld_is_proposed_first",
        "INSERT",
        "NEW.state <> 'proposed'",
        "two people keep apart, and two open",
        table="withheld",
    ),
    _here(
        "withheld_passes_to_who_was_asked",
        "UPDATE",
        _ANOTHER_THAN_WAS_ASKED,
        "two people keep apart, and two open",
        table="withheld",
    ),
    _here(
        "withheld_ends_once",
        "UPDATE",
        "OLD.state IN ('opened', 'dropped') AND NEW.state <> OLD.state",
        "what has ended does not come back",
        table="withheld",
    ),
)
# Tables that came later have a migration of their own, which puts all guards there anew.
# What stood before a table of later was there, for the migrations of then.
WITH_FILES: Final = tuple(guard for guard in GUARDS if guard.table != "circle_heard")
AT_FIRST: Final = tuple(guard for guard in WITH_FILES if guard.table != "circle_attachment")
