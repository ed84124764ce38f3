"""Background work of this room. Arguments are references: the task table is in clear."""

from __future__ import annotations

from django_tasks import task

from smartstart.base import clock
from smartstart.design import journeys, operations_forgetting


@task()
def forget_what_is_over() -> int:
    """Remove what sessions held longer than was said; how many sessions it was.

    And the moments on the roads of who took a story back.
    """
    journeys.forget_withdrawn()
    found = operations_forgetting.with_something_over(at=clock.now())
    for session_id in found:
        operations_forgetting.forget(session_id, at=clock.now())
    return len(found)
