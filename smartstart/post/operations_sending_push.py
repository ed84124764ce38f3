"""Sending notices: an empty message to the service of a browser's maker, at most once; for jobs."""

from __future__ import annotations

import logging
from datetime import datetime
from http.client import HTTPException
from typing import Final
from urllib.parse import SplitResult

from django.conf import settings

from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.post import operations_push, rules
from smartstart.post.errors import NotABrowser
from smartstart.post.models import Mail, Mailbox
from smartstart.post.operations_sending import may_go, moved, waiting
from smartstart.post.push_keys import authorization, push_key
from smartstart.post.push_service import Service, origin_of, receiver_of_tests, service_of

GONE: Final = frozenset({404, 410})
MOVED: Final = 300  # and above: no yes
LATER: Final = 429
FAULT: Final = 500  # and above: of the service itself

log = logging.getLogger("smartstart.post")


def goes_out() -> bool:
    """Whether this house sends notices: an example, in which everybody is invented, does not."""
    is_example = bool(settings.SMARTSTART_EXAMPLE)
    return receiver_of_tests() is not None or (bool(settings.PUSH_SERVICES) and not is_example)


def send_waiting(*, at: datetime) -> int:
    """Send the notices that are due; return how many a service took.

    A service that cannot be reached is not tried twice in one turn, and what waits for it goes on
    waiting. ``sending`` is committed before the message leaves: one whose worker died then, or
    whose answer never came, is never sent again.
    """
    push_key()  # makes the key, so that pages can offer notices
    if not goes_out():
        return 0
    away: set[str] = set()
    due = waiting(Mailbox.Way.PUSH, at=at)
    return sum(_send(mail, away, at=at) for mail in due)


def _send(mail: Mail, away: set[str], *, at: datetime) -> bool:
    parts = _parts(mail, at=at) if may_go(mail, at=at) else None
    if parts is None or parts.netloc in away:
        return False
    service = Service(parts)
    try:
        service.connect()
    except OSError as error:
        log.warning("a service of notices did not answer: %s", type(error).__name__)
        away.add(parts.netloc)
        return False
    try:
        return _said(service, parts, mail, at=at)
    except (OSError, HTTPException) as error:
        log.warning("a service of notices said nothing: %s", type(error).__name__)
        return False
    finally:
        service.close()


def _parts(mail: Mail, *, at: datetime) -> SplitResult | None:
    """Return where it goes; None when that cannot be read, or is no service we call any more."""
    try:
        return service_of(open_for_deed(mail.mailbox, "address"))
    except KeyIsGone:
        return None
    except NotABrowser:
        operations_push.end(mail.mailbox.ref, at=at)
        return None


def _said(service: Service, parts: SplitResult, mail: Mail, *, at: datetime) -> bool:
    """Say it on a connection that stands, and write down what the answer was."""
    token = authorization(push_key(), origin_of(parts), at=at)
    lives = rules.seconds_until_quiet(at, begins=mail.mailbox.quiet_from)
    if not moved(mail, Mail.State.WAITING, Mail.State.SENDING, sent_at=at):
        return False
    answer = service.knock(parts, authorization=token, lives=lives)
    if answer < MOVED:
        return moved(mail, Mail.State.SENDING, Mail.State.SENT)
    moved(mail, Mail.State.SENDING, Mail.State.REFUSED)
    if answer in GONE:
        operations_push.end(mail.mailbox.ref, at=at)
        return False
    log.warning("a service of notices answered %s", answer)
    if answer == LATER or answer >= FAULT:
        Mailbox.objects.filter(pk=mail.mailbox.pk).update(known=[])  # news again at the next look
    return False
