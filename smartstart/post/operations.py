"""What the post does: open and close a mailbox, put a mail in, send what waits."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import erase_folder, open_folder
from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed
from smartstart.people.models import Account
from smartstart.post import rules
from smartstart.post.errors import NotAnAddress
from smartstart.post.letters import message
from smartstart.post.models import Mail, Mailbox

log = logging.getLogger("smartstart.post")


@transaction.atomic
def open_mailbox(actor: Actor, address: str, *, at: datetime, rhythm: str = rules.DAILY) -> Mailbox:
    """Say where one wants mail and how often; an earlier mailbox is closed, its key destroyed.

    Raises NotAllowed, NotAnAddress, in that order.
    """
    account = _own_account(actor)
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnAddress from None
    close_mailbox(actor, at=at)
    mailbox = Mailbox(
        account=account,
        folder=open_folder(FolderKind.PERSON, at=at),
        rhythm=rhythm,
        look_at=rules.look_again(at, rhythm=rhythm, ends=rules.QUIET_UNTIL),
    )
    mailbox.put(address=address)
    mailbox.save()
    note(actor, Deed.MADE, folders=[mailbox.folder_id], at=at, on=[mailbox.ref], why="mailbox")
    return mailbox


@transaction.atomic
def close_mailbox(actor: Actor, *, at: datetime) -> None:
    """Want no mail any more: what waits is dropped and the address cannot be read again."""
    _own_account(actor)
    mailbox = Mailbox.objects.visible_to(actor, on=at.date()).filter(closed_at=None).first()
    if mailbox is None:
        return
    mailbox.mails.filter(state=Mail.State.WAITING).delete()
    mailbox.closed_at = at
    mailbox.save(update_fields=["closed_at"])
    erase_folder(actor, mailbox.folder, at=at)


@transaction.atomic
def open_story_mailbox(
    actor: Actor, story: UUID, address: str, *, at: datetime, language: str = "nl"
) -> Mailbox:
    """Let who told a story get a mail when there is news; an earlier address is erased.

    The room that owns the story says who may. Raises NotAnAddress.
    """
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnAddress from None
    close_story_mailbox(actor, story, at=at)
    mailbox = Mailbox(
        story=story,
        language=language,
        folder=open_folder(FolderKind.PERSON, at=at),
        rhythm=rules.DAILY,
        look_at=rules.look_again(at, rhythm=rules.DAILY, ends=rules.QUIET_UNTIL),
    )
    mailbox.put(address=address)
    mailbox.save()
    note(actor, Deed.MADE, folders=[mailbox.folder_id], at=at, on=[mailbox.ref], why="mailbox")
    return mailbox


@transaction.atomic
def close_story_mailbox(actor: Actor, story: UUID, *, at: datetime) -> None:
    """Send who told a story nothing any more: the address cannot be read again."""
    mailbox = Mailbox.objects.of_story(story)
    if mailbox is None:
        return
    mailbox.mails.filter(state=Mail.State.WAITING).delete()
    mailbox.closed_at = at
    mailbox.save(update_fields=["closed_at"])
    erase_folder(actor, mailbox.folder, at=at)


def put_in(account: UUID, kind: Mail.Kind, *, about: UUID, at: datetime) -> Mail | None:
    """Let a mail wait for somebody, within the caller's transaction; None without a mailbox.

    ``about`` is a reference only. The same thing waits once, however often it is put in. It is
    sent after the commit, at the timetable's next turn, outside quiet hours.
    """
    mailbox = Mailbox.objects.of(account)
    return None if mailbox is None else _put_in(mailbox, kind, about=about, at=at)


def _put_in(mailbox: Mailbox, kind: Mail.Kind, *, about: UUID, at: datetime) -> Mail:
    begins, ends = mailbox.quiet
    due = rules.not_before(at, begins=begins, ends=ends)
    mail, _ = Mail.objects.get_or_create(
        mailbox=mailbox,
        kind=kind,
        about=about,
        state=Mail.State.WAITING,
        defaults={"made_at": at, "not_before": due},
    )
    return mail


def mailboxes_to_look_for(*, at: datetime) -> list[UUID]:
    """Return the accounts for whom is looked now whether something new waits, oldest first.

    Those whose moment has come, and those for whom a mail already waits to be sent: what it counts
    may have been taken back meanwhile.
    """
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=at)
    due = Mailbox.objects.filter(closed_at=None, story=None).filter(
        Q(look_at=None) | Q(look_at__lte=at) | Q(pk__in=waiting.values("mailbox"))
    )
    return list(due.order_by("pk").values_list("account__ref", flat=True))


def stories_to_look_for(*, at: datetime) -> list[UUID]:
    """Return the stories whose teller wants mail and for whom is looked now, oldest first."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=at)
    due = Mailbox.objects.filter(closed_at=None, story__isnull=False).filter(
        Q(look_at__lte=at) | Q(pk__in=waiting.values("mailbox"))
    )
    return [story for story in due.order_by("pk").values_list("story", flat=True) if story]


@transaction.atomic
def tell_what_waits(
    account: UUID, kind: Mail.Kind, waiting: Collection[UUID], *, at: datetime
) -> Mail | None:
    """Put in one mail that counts what waits for somebody, when there is news in it, else none.

    ``waiting`` are references only. What waited at the last look is no news. A mail that was not
    sent yet is written anew, and dropped when nothing waits any more.
    """
    mailbox = Mailbox.objects.of(account)
    return None if mailbox is None else _tell(mailbox, kind, waiting, at=at)


@transaction.atomic
def tell_story(story: UUID, news: Collection[UUID], *, at: datetime) -> Mail | None:
    """Put in one mail for who told a story when something new came of it, else none.

    ``news`` are references only. The mail says that there is news, never what.
    """
    mailbox = Mailbox.objects.of_story(story)
    return None if mailbox is None else _tell(mailbox, Mail.Kind.STORY_CHANGED, news, at=at)


def _tell(
    mailbox: Mailbox, kind: Mail.Kind, waiting: Collection[UUID], *, at: datetime
) -> Mail | None:
    told = sorted(ref.hex for ref in waiting)
    counted = Mail.objects.filter(mailbox=mailbox, about=mailbox.ref, state=Mail.State.WAITING)
    was_unsent, _ = counted.delete()
    is_news = bool(told) and (bool(was_unsent) or not set(told) <= set(mailbox.known))
    mailbox.known = told
    mailbox.look_at = rules.look_again(at, rhythm=mailbox.rhythm, ends=mailbox.quiet_until)
    mailbox.save(update_fields=["known", "look_at"])
    if not is_news:
        return None
    mail = _put_in(mailbox, kind, about=mailbox.ref, at=at)
    mail.told = told
    mail.save(update_fields=["told"])
    return mail


def send_waiting(*, at: datetime) -> int:
    """Send what is due, each mail at most once; return how many the mail server took.

    Does nothing without a mail server, and changes nothing when it does not answer. ``sending`` is
    committed before a mail is handed over: one whose worker died then is never sent again.
    """
    due = _due(at=at) if settings.SMTP else []
    if not due:
        return 0
    try:
        with _mail_server() as server:
            return sum(_send(server, mail, at=at) for mail in due)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server did not answer: %s", type(error).__name__)
        return 0


def _due(*, at: datetime) -> list[Mail]:
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=at)
    return list(
        waiting.select_related("mailbox__folder", "mailbox__account").order_by("not_before", "id")
    )


def _send(server: smtplib.SMTP, mail: Mail, *, at: datetime) -> bool:
    mailbox = mail.mailbox
    begins, ends = mailbox.quiet
    if rules.is_quiet(at, begins=begins, ends=ends) or _had_enough(mailbox, at=at):
        return False
    try:
        to = open_for_deed(mailbox, "address")
    except KeyIsGone:
        return False
    kind = Mail.Kind(mail.kind)
    language = mailbox.account.language if mailbox.account else mailbox.language
    words = message(kind, ref=mail.ref, to=to, language=language, count=len(mail.told) or 1)
    if not _moved(mail, Mail.State.WAITING, Mail.State.SENDING, sent_at=at):
        return False
    try:
        server.send_message(words)
    except smtplib.SMTPRecipientsRefused:
        _moved(mail, Mail.State.SENDING, Mail.State.REFUSED)
        return False
    return _moved(mail, Mail.State.SENDING, Mail.State.SENT)


@transaction.atomic
def _moved(mail: Mail, was: Mail.State, becomes: Mail.State, **also: object) -> bool:
    """Move a mail on; whether it was still where we thought. Committed before we go on."""
    return bool(Mail.objects.filter(pk=mail.pk, state=was).update(state=becomes, **also))


def _had_enough(mailbox: Mailbox, *, at: datetime) -> bool:
    """Count for the person: who gives another address does not get more mail by it."""
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


def _own_account(actor: Actor) -> Account:
    if actor.account is None:
        raise NotAllowed
    return Account.objects.get(ref=actor.account)
