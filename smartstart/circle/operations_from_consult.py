"""A question without a name goes on in a circle: by who asked it, and with the family's yes.

It is asked anew here, with its history, under the key of the folder it is about, to the one who
held it. When somebody of the family brings it, that is the yes; when a professional does, the
family is asked first and the holder reads it after. The new question has a reference of its own:
when the text of the old one is erased nothing joins the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE
from smartstart.circle.models import Question
from smartstart.circle.operations_questions import ask_question
from smartstart.consult.operations_asking import open_by_code
from smartstart.consult.operations_leaving import Said, Told, leave
from smartstart.consult.steps import who_holds_the_code

MOST_TITLE: Final = 160
MOST_WORDS: Final = 5_000


@transaction.atomic
def bring_by_code(actor: Actor, part: UUID, *, code: str, at: datetime) -> Question:
    """Bring one's own question into the circle, with its code.

    Raises CodeDoesNotOpen, ItIsOver, and what ``ask_question`` raises: NotInThisCircle when who
    held it has no place here yet. Then nothing has changed.
    """
    asker = who_holds_the_code(open_by_code(code, at=at))
    return _bring(actor, part, leave(asker, asker_ref(asker), at=at), at=at)


@transaction.atomic
def bring(actor: Actor, part: UUID, *, exchange: UUID, at: datetime) -> Question:
    """Bring a question that one asked as function into a circle in which one has a place.

    Raises NotFound, ItIsOver, and what ``ask_question`` raises. Then nothing has changed.
    """
    return _bring(actor, part, leave(actor, exchange, at=at), at=at)


def asker_ref(asker: Actor) -> UUID:
    """Return the reference of the question of who holds its code."""
    if asker.person is None:
        raise ValueError("who holds a code is known by the question")
    return asker.person


def _bring(actor: Actor, part: UUID, told: Told, *, at: datetime) -> Question:
    return ask_question(
        actor,
        part,
        to=told.holder,
        title=told.title[:MOST_TITLE],
        words=_whole(told)[:MOST_WORDS],
        at=at,
    )


def _whole(told: Told) -> str:
    """Return the question and what was said of it, oldest first, as one text."""
    if not told.said:
        return told.words
    lines = [_line(one) for one in told.said]
    return "\n\n".join([told.words, _("What was said before:"), *lines])


def _line(one: Said) -> str:
    by = one.by or _("who asked")
    return f"{one.at.astimezone(HERE):%d-%m-%Y}, {by}: {one.words}"
