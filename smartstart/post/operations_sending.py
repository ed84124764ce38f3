"""Sending what waits, each thing at most once, within quiet hours and the cap of a day."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction

from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.post import rules
from smartstart.post.letters import message
from smartstart.post.models import Mail, Mailbox

log = logging.getLogger("smartstart.post")


def send_waiting(*, at: datetime) -> int:
    """Send what is due, each mail at most once; return how many the mail server took.

    Does nothing without a mail server, and changes nothing when it does not answer. ``sending`` is
    committed before a mail is handed over: one whose worker died then is never sent again.
    """
    due = waiting(Mailbox.Way.MAIL, at=at) if settings.SMTP else []
    if not due:
        return 0
    try:
        with _mail_server() as server:
            return sum(_send(server, mail, at=at) for mail in due)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server did not answer: %s", type(error).__name__)
        return 0


def waiting(way: Mailbox.Way, *, at: datetime) -> list[Mail]:
    """Return what waits for this road and is due, the longest first. One query."""
    due = Mail.objects.filter(
        state=Mail.State.WAITING, not_before__lte=at, mailbox__way=way, mailbox__closed_at=None
    )
    rows = due.select_related("mailbox__folder", "mailbox__account")
    return list(rows.order_by("not_before", "id"))


def _send(server: smtplib.SMTP, mail: Mail, *, at: datetime) -> bool:
    mailbox = mail.mailbox
    if not may_go(mail, at=at):
        return False
    try:
        to = open_for_deed(mailbox, "address")
    except KeyIsGone:
        return False
    kind = Mail.Kind(mail.kind)
    language = mailbox.account.language if mailbox.account else mailbox.language
    words = message(kind, ref=mail.ref, to=to, language=language, count=len(mail.told) or 1)
    if not moved(mail, Mail.State.WAITING, Mail.State.SENDING, sent_at=at):
        return False
    try:
        server.send_message(words)
    except smtplib.SMTPRecipientsRefused:
        moved(mail, Mail.State.SENDING, Mail.State.REFUSED)
        return False
    return moved(mail, Mail.State.SENDING, Mail.State.SENT)


def may_go(mail: Mail, *, at: datetime) -> bool:
    """Whether somebody may be told something now, or was told enough today.

    Who asks for mail waits for the question whose address it is: that one goes at any hour.
    """
    begins, ends = mail.mailbox.quiet
    is_asked_for = mail.kind == Mail.Kind.CONFIRM_ADDRESS
    is_quiet = rules.is_quiet(at, begins=begins, ends=ends) and not is_asked_for
    return not is_quiet and not _had_enough(mail.mailbox, at=at)


@transaction.atomic
def moved(mail: Mail, was: Mail.State, becomes: Mail.State, **also: object) -> bool:
    """Move a mail on; whether it was still where we thought. Committed before we go on."""
    return bool(Mail.objects.filter(pk=mail.pk, state=was).update(state=becomes, **also))


def _had_enough(mailbox: Mailbox, *, at: datetime) -> bool:
    """Count for the person, mail and notices together: another address gives no more of it."""
    of_all = Mail.objects.all()
    person = (
        of_all.filter(mailbox__account__person=mailbox.account.person)
        if mailbox.account
        else of_all.filter(mailbox__story=mailbox.story)
    )
    today = person.exclude(state=Mail.State.WAITING).filter(sent_at__gte=rules.day_begins(at))
    return today.count() >= mailbox.most_a_day


@contextmanager
def _mail_server() -> Iterator[smtplib.SMTP]:
    place = settings.SMTP
    address, patience = (str(place["host"]), int(str(place["port"]))), float(str(place["timeout"]))
    with smtplib.SMTP(*address, timeout=patience) as server:
        if place.get("use_tls"):
            server.starttls()
        if place.get("username"):
            server.login(str(place["username"]), str(place["password"]))
        yield server
