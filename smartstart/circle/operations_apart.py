"""When those who decide do not agree: a normal state, with one who helps them out of it.

Called by other operations inside their transaction, with the family held; writes no line.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.circle.called import name_of
from smartstart.circle.home import me
from smartstart.circle.models import Ground, Part, Question
from smartstart.circle.operations_deciding import current
from smartstart.circle.question_steps import write_step
from smartstart.circle.states import Answer, GroundState, QuestionKind, StepKind
from smartstart.holding import promises
from smartstart.holding.working_time import OFFICE


def tell_apart(actor: Actor, ground: Ground, part: Part, *, at: datetime) -> None:
    """Ask the coordinator to help when one said yes and another no; once for each ground."""
    said = set(current(ground).values())
    apart = ground.state == GroundState.REFUSED and {Answer.YES, Answer.NO} <= said
    if not apart or ground.apart_id is not None:
        return
    ground.apart = ask_coordinator(
        actor,
        part,
        title=_("We do not agree about who may read"),
        words=_("One of us said yes and one of us said no. Nothing is shared now."),
        at=at,
    )
    ground.save(update_fields=["apart"])


def ask_coordinator(actor: Actor, part: Part, *, title: str, words: str, at: datetime) -> Question:
    """Make a question of those who do not agree; the coordinator holds it and sees its title.

    The words are read by who reads the folder.
    """
    coordinator = part.looked_after_by
    times = promises.asked(at, OFFICE)
    question = Question(
        folder=part.folder,
        kind=QuestionKind.APART,
        holder=coordinator,
        coordinator=coordinator,
        asker=me(actor),
        asked_at=at,
        promised_at=times.promised_at,
        cover_from=times.cover_from,
        coordinator_from=times.coordinator_from,
        title_for_cover=True,
    )
    question.put(title=title, words=words, asker_called=name_of(me(actor)).name)
    question.put(holder_called=name_of(coordinator).name)
    question.save(force_insert=True)
    write_step(actor, question, StepKind.ASKED, at=at, passed_to=coordinator)
    return question
