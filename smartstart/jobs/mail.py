"""Mail and notices: rooms say what waits for whom, the post counts it and sends."""

from __future__ import annotations

from datetime import datetime

from smartstart.base.clock import day_of
from smartstart.circle.queries_mail import waits_for
from smartstart.design import queries_thinking as design
from smartstart.people.queries import actors_of
from smartstart.post import (
    operations,
    operations_push,
    operations_sending,
    operations_sending_push,
)
from smartstart.post.models import Mail, Mailbox
from smartstart.voices import queries_telling as voices


def send_mail(*, at: datetime) -> int:
    """Look what waits for who wants to be told and whose moment has come, then send what is due.

    Looked at just before sending, so that what was taken back is not counted. Returns how many
    mails and notices were taken.
    """
    operations.end_unconfirmed(at=at)
    operations_push.end_what_is_over(at=at)
    for due in operations.mailboxes_to_look_for(at=at):
        _look(due, at=at)
    stories = operations.stories_to_look_for(at=at)
    news = voices.news_for(stories, on=day_of(at)) | design.news_for(stories)
    for story in stories:
        operations.tell_story(story, news.get(story, frozenset()), at=at)
    mails = operations_sending.send_waiting(at=at)
    return mails + operations_sending_push.send_waiting(at=at)


def _look(due: operations.Due, *, at: datetime) -> None:
    """Count what waits; a notice counts what waits at work only, and ends with the function."""
    actors = actors_of(due.account, on=day_of(at))
    if due.way is Mailbox.Way.PUSH:
        actors = [actor for actor in actors if operations_push.may_have_notices(actor)]
        if not actors:
            operations_push.end(due.ref, at=at)
            return
    waits = waits_for(actors, at=at)
    kind = Mail.Kind.QUESTION_WAITS if waits.is_work else Mail.Kind.SOMETHING_WAITS
    operations.tell_what_waits(due.account, kind, waits.refs, at=at, way=due.way)
