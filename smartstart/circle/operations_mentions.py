"""What names somebody without an account rests, because they asked it by letter (AVG 18).

The privacy officer reads no word of a family: they say of which family and by which name, and the
house looks in memory. Who asked it reads the answer with the code of their letter, and ends the
rest with it. What two people keep apart for somebody's safety, and what a child says to whom it
chose, does not rest: the law lets it be used to protect somebody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import VISITOR, Actor, require
from smartstart.access.fields import Sealed
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Holds
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base import codes
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.circle.home import hold_family
from smartstart.circle.models import (
    Action,
    Agreement,
    Beforehand,
    Entry,
    Meeting,
    Member,
    Mention,
    OwnSide,
    Part,
    Question,
    QuestionStep,
    Reply,
    Restriction,
    RightsRequest,
    Seat,
)
from smartstart.circle.models.mentions import MADE_BY
from smartstart.circle.operations_rights import AnsweredAlready, answered, open_request
from smartstart.circle.queries_persons import persons
from smartstart.circle.states import Right, RightState

# Where a name can stand, and which thing rests when it does.
NAMED_IN: Final[tuple[tuple[type[Holds], str, str], ...]] = (
    (Entry, "entry", "pk"),
    (OwnSide, "entry", "entry_id"),
    (Question, "question", "pk"),
    (Reply, "question", "question_id"),
    (QuestionStep, "question", "question_id"),
    (Agreement, "agreement", "pk"),
    (Action, "agreement", "agreement_id"),
    (Seat, "seat", "pk"),
    (Meeting, "meeting", "pk"),
    (Beforehand, "meeting", "meeting_id"),
)
LEAST: Final = 2  # letters of a name


class WhichFamily(Refusal):
    """One family is found by the name of a parent, or by a reference."""

    sentence = _("We find no family, or more than one, by this. Use the reference of the parent.")
    status = 422


class NamedNowhere(Refusal):
    """The name stands nowhere in what this family keeps."""

    sentence = _("This name stands nowhere there. Try how the family writes it.")
    status = 422


@dataclass(frozen=True, slots=True)
class Told:
    """One's own request as the letter's code shows it: no word of any family."""

    label: str
    asked_on: date
    answer_by: date
    days_left: int
    answered_on: date | None
    is_open: bool
    is_done: bool
    longer_why: str
    answer: str
    rests: bool
    rests_until: date | None


@transaction.atomic
def rest_where_named(
    actor: Actor, ref: UUID, *, of: str, named: str, words: str, at: datetime
) -> int:
    """Answer as privacy officer that all that names somebody in one family rests; say how much.

    ``of``: the name or reference of a parent. Nobody but who made it reads what rests, from now on.
    Raises NotFound, NotAllowed, SayAnAnswer, AnsweredAlready, WhichFamily, NamedNowhere.
    """
    request = open_request(actor, ref, words, at=at)
    if request.kind != Right.RESTRICT or request.asked_by is not None:
        raise NotAllowed
    found = {one.person for one in persons(actor, of, at=at)}
    families = set(Member.objects.filter(person__in=found).values_list("family_id", flat=True))
    if len(families) != 1 or len(named.strip()) < LEAST:
        raise WhichFamily
    family = families.pop()
    hold_family(family)
    made = Restriction(folder=request.folder, request=request, family_id=family, begun_at=at)
    made.put(why=words.strip()[:1_000], named=named.strip())
    made.save(force_insert=True)
    folders = _rest(made)
    if not folders:
        raise NamedNowhere
    answered(actor, request, words, is_done=True, changed=folders, at=at)
    return made.mentions.count()


@transaction.atomic
def look_again(actor: Actor, ref: UUID, *, at: datetime) -> int:
    """Let what was written since rest too, as privacy officer; say how much was added.

    Raises NotAllowed, NotFound (nothing rests by this request).
    """
    require(actor, Permission.LEDGER_READ)
    found = _standing(RightsRequest.objects.filter(ref=ref).first(), on=day_of(at))
    before = found.mentions.count()
    folders = _rest(found)
    note(
        actor,
        Deed.CHANGED,
        folders=[found.folder_id],
        at=at,
        on=[found.ref],
        why="rest",
        rules_changed=folders,
    )
    return found.mentions.count() - before


@transaction.atomic
def make_letter(actor: Actor, ref: UUID, *, at: datetime) -> str:
    """Return a new code for the letter to who asked, as privacy officer; an older one ends.

    Raises NotAllowed, NotFound, AnsweredAlready (who asked has an account).
    """
    require(actor, Permission.LEDGER_READ)
    request = RightsRequest.objects.select_for_update().filter(ref=ref).first()
    if request is None:
        raise NotFound
    if request.asked_by is not None:
        raise AnsweredAlready
    code = codes.new_code()
    request.code_hash = _hash(code)
    request.save(update_fields=["code_hash"])
    note(actor, Deed.CHANGED, folders=[request.folder_id], at=at, on=[ref], why="right_letter")
    return codes.shown(code)


@transaction.atomic
def by_code(code: str, *, at: datetime) -> Told:
    """Return one's own request by the code of a letter; that it was opened is a line.

    Raises NotFound.
    """
    request = _of_code(code)
    stands = Restriction.objects.standing_on(day_of(at)).filter(request=request).first()
    note(VISITOR, Deed.ENTERED, folders=[request.folder_id], at=at, on=[request.ref])
    return Told(
        label=str(request.get_kind_display()),
        asked_on=request.asked_on,
        answer_by=request.answer_by,
        days_left=(request.answer_by - day_of(at)).days,
        answered_on=request.answered_on,
        is_open=request.state == RightState.ASKED,
        is_done=request.state == RightState.DONE,
        longer_why=open_for_deed(request, "longer_why"),
        answer=open_for_deed(request, "answer"),
        rests=stands is not None,
        rests_until=stands.ends_on if stands else None,
    )


@transaction.atomic
def end_by_code(code: str, *, at: datetime) -> None:
    """End the rest at once, as who asked it by letter. Raises NotFound."""
    found = _standing(_of_code(code), on=day_of(at))
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    note(
        VISITOR,
        Deed.CHANGED,
        folders=[found.folder_id],
        at=at,
        on=[found.ref],
        why="rest_ended",
        rules_changed=folders_of(found),
    )


def folders_of(restriction: Restriction) -> list[int]:
    """Return the folders in which something rests by this."""
    found: set[int] = set()
    for thing in MADE_BY:
        rows = restriction.mentions.exclude(**{thing: None})
        found |= set(rows.values_list(f"{thing}__folder_id", flat=True))
    return sorted(found)


def _standing(request: RightsRequest | None, *, on: date) -> Restriction:
    """Return what rests by a request of a letter, its family held. Raises NotFound."""
    rows = Restriction.objects.standing_on(on).exclude(family=None).select_related("folder")
    found = rows.filter(request=request).first() if request is not None else None
    if found is None or found.family_id is None:
        raise NotFound
    hold_family(found.family_id)
    return found


def _rest(restriction: Restriction) -> list[int]:
    """Write down every thing of the family that names somebody; return their folders."""
    name = open_for_deed(restriction, "named")
    there: dict[str, set[int]] = defaultdict(set)
    for thing, pk in _things(name, restriction.family_id):
        there[thing].add(pk)
    chains = _whole_chains(there["entry"])
    there["entry"] |= chains
    for thing, found in there.items():
        rests = restriction.mentions.exclude(**{thing: None}).values_list(f"{thing}_id", flat=True)
        new = sorted(found - set(rests))
        Mention.objects.bulk_create(
            Mention(restriction=restriction, **{f"{thing}_id": pk}) for pk in new
        )
    return folders_of(restriction)


def _things(name: str, family: int | None) -> Iterator[tuple[str, int]]:
    """Look in every text of a family, in memory, for a whole name however it is written."""
    whole = re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)")
    folders = Part.objects.filter(family=family, folder__erased_at=None).values("folder_id")
    for model, thing, column in NAMED_IN:
        texts = [one.name for one in model._meta.fields if isinstance(one, Sealed)]
        rows: Any = model._default_manager.filter(folder__in=folders).select_related("folder")
        if model is Seat:
            rows = rows.filter(who=None)  # who has an account asks it there
        for row in rows:
            if any(whole.search(open_for_deed(row, text).casefold()) for text in texts):
                yield thing, getattr(row, column)


def _whole_chains(entries: set[int]) -> set[int]:
    """Return what was corrected and what corrects it: a correction alone would show a gap."""
    rows = Entry.objects.filter(pk__in=entries)
    first = entries | set(rows.exclude(corrects=None).values_list("corrects_id", flat=True))
    return first | set(Entry.objects.filter(corrects__in=first).values_list("pk", flat=True))


def _of_code(code: str) -> RightsRequest:
    rows = RightsRequest.objects.filter(code_hash=_hash(code)).select_related("folder")
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def _hash(code: str) -> str:
    """Return a keyed hash of a code; capitals, blanks and dashes do not count."""
    letters = codes.tidy(code)[:100]
    told = b"rights letter " + letters.encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
