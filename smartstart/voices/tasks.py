"""Background work of this room. Arguments are references: the task table is in clear."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from smartstart.access.operations import finish_erasures
from smartstart.base import clock
from smartstart.voices import operations, operations_text
from smartstart.voices.models import Interview


@task()
def look_for_names(transcript_ref: str) -> int:
    """Propose pseudonyms for a transcript that was just imported; how many."""
    return operations_text.propose_pseudonyms(UUID(transcript_ref), at=clock.now())


@task()
def end_what_was_kept() -> int:
    """Remove the stories of which the last day has passed, and keys that were left; how many."""
    now = clock.now()
    over = Interview.objects.filter(withdrawn_on=None, keep_until__lt=clock.day_of(now))
    ended = [
        operations.end_what_was_kept(interview, at=now)
        for interview in over.order_by("id").values_list("id", flat=True)
    ]
    finish_erasures()
    return len(ended)
