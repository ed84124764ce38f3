"""Asking and answering what the law lets somebody ask about their own data."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed, Refusal
from smartstart.circle.home import at_ref
from smartstart.circle.models import RightsRequest
from smartstart.circle.operations_rest import parts_of_own, rest
from smartstart.circle.states import Right, RightState

LONGER: Final = 2  # months more, once, for what is hard (AVG 12, third paragraph)


class SayWhoAsks(Refusal):
    """Somebody without an account is written down with a name and how to reach them."""

    sentence = _("Write who asks this, and how we reach this person.")
    status = 422


class SayAnAnswer(Refusal):
    """An answer, and a longer wait, is in words."""

    sentence = _("Write in a few sentences what you did, or why not.")
    status = 422


class AnsweredAlready(Refusal):
    """One request has one answer, and is made longer once."""

    sentence = _("This is answered, or was made longer already. Open the page again.")


class SayWhereItStands(Refusal):
    """What rests for who has no account is found by a name in one family."""

    sentence = _("Say in which family it stands, and by which name. Then it can rest.")
    status = 422


def months_later(day: date, months: int) -> date:
    """Return the same day so many months on; the last day of the month when it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def ask_right(
    actor: Actor,
    kind: Right,
    *,
    words: str,
    at: datetime,
    part: UUID | None = None,
    ref: UUID | None = None,
) -> RightsRequest:
    """Ask something about one's own data; the answer comes within a month.

    ``part``: about whom, oneself or a child one decides about, where a circle holds it. Words may
    be empty: the law asks no reason. Sent twice it is asked once. Raises NotAllowed, SentBefore,
    NotFound.
    """
    if actor.person is None or actor.account is None:
        raise NotAllowed
    before = first_made(RightsRequest.objects, ref, asked_by=actor.person)
    if before is not None:
        return before
    request = _new(kind, at=at, ref=ref)
    request.asked_by = actor.person
    if part is not None:
        request.part = at_ref(parts_of_own(actor, on=day_of(at)), part)
    request.put(words=words.strip())
    return _made(actor, request, at=at)


@transaction.atomic
def write_down_right(
    actor: Actor,
    kind: Right,
    *,
    name: str,
    reach: str,
    words: str,
    at: datetime,
    ref: UUID | None = None,
) -> RightsRequest:
    """Write down, as privacy officer, what somebody without an account asks.

    Raises NotAllowed, SayWhoAsks, SentBefore.
    """
    require(actor, Permission.LEDGER_READ)
    if not (name.strip() and reach.strip()):
        raise SayWhoAsks
    before = first_made(RightsRequest.objects, ref, asked_by=None)
    if before is not None:
        return before
    request = _new(kind, at=at, ref=ref)
    request.put(name=name.strip(), reach=reach.strip(), words=words.strip())
    return _made(actor, request, at=at)


@transaction.atomic
def answer_right(
    actor: Actor, ref: UUID, *, words: str, is_done: bool, at: datetime
) -> RightsRequest:
    """Answer as privacy officer: done, or refused with the reason and where to complain.

    Done, for who asked to do nothing with a folder: from now on no organisation reads it, and the
    family reads this answer there; for who has no account see ``rest_where_named``. Raises
    NotFound, NotAllowed, SayAnAnswer, AnsweredAlready, SayWhereItStands.
    """
    request = open_request(actor, ref, words, at=at)
    if is_done and request.kind == Right.RESTRICT and request.asked_by is None:
        raise SayWhereItStands
    changed = rest(request, words, at=at) if is_done else []
    answered(actor, request, words, is_done=is_done, changed=changed, lines=changed, at=at)
    return request


def answered(
    actor: Actor,
    request: RightsRequest,
    words: str,
    *,
    is_done: bool,
    changed: Sequence[int],
    at: datetime,
    lines: Sequence[int] = (),
) -> None:
    """Write the answer and its line; who reads ``changed`` is another now, ``lines`` say so."""
    request.state = RightState.DONE if is_done else RightState.REFUSED
    request.answered_on = day_of(at)
    request.put(answer=words.strip())
    request.save(update_fields=["state", "answered_on", "answer"])
    note(
        actor,
        Deed.CHANGED,
        folders=[request.folder_id, *lines],
        at=at,
        on=[request.ref],
        why="right",
        rules_changed=changed,
    )


@transaction.atomic
def take_longer(actor: Actor, ref: UUID, *, words: str, at: datetime) -> RightsRequest:
    """Take two more months, once, and say why. Raises as ``answer_right``."""
    request = open_request(actor, ref, words, at=at)
    if request.is_longer:
        raise AnsweredAlready
    request.is_longer = True
    request.answer_by = months_later(request.answer_by, LONGER)
    request.put(longer_why=words.strip())
    request.save(update_fields=["is_longer", "answer_by", "longer_why"])
    note(actor, Deed.CHANGED, folders=[request.folder_id], at=at, on=[ref], why="right")
    return request


def _new(kind: Right, *, at: datetime, ref: UUID | None) -> RightsRequest:
    return RightsRequest(
        ref=ref or uuid4(),
        folder=open_folder(FolderKind.PERSON, at=at),
        kind=kind,
        asked_on=day_of(at),
        answer_by=months_later(day_of(at), 1),
    )


def _made(actor: Actor, request: RightsRequest, *, at: datetime) -> RightsRequest:
    request.save(force_insert=True)
    note(actor, Deed.MADE, folders=[request.folder_id], at=at, on=[request.ref], why="right")
    return request


def open_request(actor: Actor, ref: UUID, words: str, *, at: datetime) -> RightsRequest:
    """Return a request that waits, held, as privacy officer. Raises as ``answer_right``."""
    rows = RightsRequest.objects.visible_to(actor, on=day_of(at)).select_related(
        "folder", "part__folder"
    )
    request = at_ref(rows.select_for_update(of=("self",)), ref)
    require(actor, Permission.LEDGER_READ)
    if not words.strip():
        raise SayAnAnswer
    if request.state != RightState.ASKED:
        raise AnsweredAlready
    return request
