"""Mail: circle and stories say what waits for whom, the post counts it and sends."""

from __future__ import annotations

from datetime import datetime

from smartstart.base.clock import day_of
from smartstart.circle.queries_mail import waits_for
from smartstart.design import queries_thinking as design
from smartstart.people.queries import actors_of
from smartstart.post import operations
from smartstart.post.models import Mail
from smartstart.voices import queries_telling as voices


def send_mail(*, at: datetime) -> int:
    """Look what waits for who wants mail and whose moment has come, then send what is due.

    Looked at just before sending, so that what was taken back is not counted.
    """
    for account in operations.mailboxes_to_look_for(at=at):
        waits = waits_for(actors_of(account, on=day_of(at)), at=at)
        kind = Mail.Kind.QUESTION_WAITS if waits.is_work else Mail.Kind.SOMETHING_WAITS
        operations.tell_what_waits(account, kind, waits.refs, at=at)
    stories = operations.stories_to_look_for(at=at)
    news = voices.news_for(stories, on=day_of(at)) | design.news_for(stories)
    for story in stories:
        operations.tell_story(story, news.get(story, frozenset()), at=at)
    return operations.send_waiting(at=at)
