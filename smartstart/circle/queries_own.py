"""Into one's own file: what somebody wrote themself, as a sheet; nothing of others.

Reading it here is taking it along: the line says exported, and the kijkboek tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.models import Holds
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.gate import FAMILY_ROLES, receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import (
    Action,
    Agreement,
    Entry,
    Part,
    Question,
    Reply,
    Restriction,
    Seat,
)
from smartstart.circle.models.questions import ReplyQuerySet
from smartstart.circle.paper import Piece, Sheet

OUT: Final = Deed.EXPORTED


def own_sheet(reading: Reading, kind: str, ref: UUID) -> Sheet:
    """Return one's own entry, question, answer or agreement. Raises NotFound, also for others'."""
    make = SHEETS.get(kind)
    mine = receiver_of(reading.actor)
    if make is None or mine is None:
        raise NotFound
    sheet = make(reading, ref, mine)
    sheet.below = _("Taken out of the circle on %(day)s, for your own file.") % {
        "day": _when(reading.at)
    }
    return sheet


def _entry(reading: Reading, ref: UUID, mine: UUID) -> Sheet:
    rows = Entry.objects.visible_to(reading.actor, on=day_of(reading.at))
    # What lies apart has no part: it is not taken along here.
    there = rows.filter(author=mine, folder_id__in=Part.objects.values("folder_id"))
    row = at_ref(there.select_related("folder"), ref)
    title = _text(reading, row, "title") or str(row.get_kind_display())
    return Sheet(title, [Piece("", _facts(row.written_at), _text(reading, row, "words"))])


def _question(reading: Reading, ref: UUID, mine: UUID) -> Sheet:
    rows = Question.objects.read_by(reading.actor, at=reading.at).filter(asker=mine)
    row = at_ref(rows.select_related("folder"), ref)
    piece = Piece("", _facts(row.asked_at), _text(reading, row, "words"))
    return Sheet(_text(reading, row, "title"), [piece])


def _reply(reading: Reading, ref: UUID, mine: UUID) -> Sheet:
    replies = own_replies(reading.actor, mine, at=reading.at)
    row = at_ref(replies.select_related("folder", "question"), ref)
    facts = _facts(row.written_at)
    facts.append((_("Question of"), _when(row.question.asked_at)))
    return Sheet(_("My answer"), [Piece("", facts, _text(reading, row, "words"))])


def own_replies(actor: Actor, mine: UUID, *, at: datetime) -> ReplyQuerySet:
    """Answers one gave, as long as one reads the question or has a seat near it.

    Who was asked one question reads nothing of it after answering, but keeps their own words; at
    work not while the folder rests.
    """
    on = day_of(at)
    seats = Seat.objects.held_on(on).filter(who=mine).values("folder_id")
    homes = Part.objects.filter(folder_id__in=seats).exclude(circle=None).values("circle_id")
    near = Part.objects.filter(Q(circle_id__in=homes) | Q(folder_id__in=seats))
    reads = Question.objects.read_by(actor, at=at)
    reach = Q(question__in=reads) | Q(folder_id__in=near.values("folder_id"))
    rows = Reply.objects.filter(reach, author=mine)
    if actor.role in FAMILY_ROLES:
        return rows
    return rows.exclude(folder_id__in=Restriction.objects.standing_on(on).values("folder_id"))


def _agreement(reading: Reading, ref: UUID, mine: UUID) -> Sheet:
    on = day_of(reading.at)
    rows = Agreement.objects.visible_to(reading.actor, on=on).filter(made_by=mine)
    row = at_ref(rows.select_related("folder"), ref)
    facts = [*_facts(row.made_at), (_("Look again on"), date_format(row.review_on))]
    pieces = [Piece("", facts, _text(reading, row, "goal"))]
    actions = Action.objects.filter(agreement=row, responsible=mine).select_related("folder")
    for action in actions.order_by("due_on", "pk"):
        until = [(_("Before"), date_format(action.due_on))]
        pieces.append(Piece(_("What I do"), until, _text(reading, action, "words")))
    came_out = _text(reading, row, "came_out")
    if came_out:
        pieces.append(Piece(_("What came of it"), words=came_out))
    return Sheet(_("Agreement"), pieces)


SHEETS: Final[dict[str, Callable[[Reading, UUID, UUID], Sheet]]] = {
    "entry": _entry,
    "question": _question,
    "answer": _reply,
    "agreement": _agreement,
}


def _text(reading: Reading, row: Holds, field: str) -> str:
    return reading.text(row, field, deed=OUT)


def _facts(at: datetime) -> list[tuple[str, str]]:
    return [(_("Written"), _when(at))]


def _when(at: datetime) -> str:
    return date_format(localtime(at), "j F Y, G.i")
