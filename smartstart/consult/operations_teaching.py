"""Teaching the list: from a question that was answered or passed on, in new and everyday words.

A person says yes, each time; no word of the question goes along by itself. What was taught is
seen and taken away by everybody who may teach.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.reading import open_for_deed
from smartstart.base.refusals import NotFound
from smartstart.consult.expertise import operations
from smartstart.consult.library.errors import ItIsACopy
from smartstart.consult.library.rules import is_copied
from smartstart.consult.models import Exchange, Saying
from smartstart.consult.queries_teaching import may_teach
from smartstart.consult.steps import reads


def teach(
    actor: Actor, ref: UUID, expertise: str, *, words: str, language: str, at: datetime
) -> Saying:
    """Let an expertise be found by these words, on a person's yes.

    Raises NotFound for who did not answer the question or pass it on, ItIsACopy, and what
    ``learn_saying`` raises.
    """
    if not may_teach(actor, ref, at=at):
        raise NotFound
    row = Exchange.objects.known_to(actor, at=at).select_related("folder").get(ref=ref)
    is_read = reads(actor, row, at=at)
    if is_read and is_copied(words, [open_for_deed(row, "words")]):
        raise ItIsACopy
    return operations.learn_saying(actor, expertise, words=words, language=language, at=at)
