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
    """Let each story of which the last day has passed end, and keys that were left; how many.

    Every story is a task of its own, so that one that cannot end keeps no other waiting. That one
    stays in the task table with its error, and is asked for again the next time.
    """
    over = Interview.objects.kept_too_long(on=clock.today()).order_by("id")
    refs = list(over.values_list("ref", flat=True))
    for ref in refs:
        end_one_story.enqueue(ref.hex)
    finish_erasures()
    return len(refs)


@task()
def end_one_story(interview_ref: str) -> bool:
    """Remove one story of which the last day has passed; whether it ended now."""
    ended = operations.end_what_was_kept(UUID(interview_ref), at=clock.now())
    return ended is not None
