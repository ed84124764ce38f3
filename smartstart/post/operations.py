"""What the post does: open and close a mailbox, ask whose address it is, put a mail in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import erase_folder, open_folder
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.people.models import Account
from smartstart.post import rules
from smartstart.post.errors import NotAnAddress
from smartstart.post.models import Mail, Mailbox

ARRIVED: Final = (Mail.State.SENDING.value, Mail.State.SENT.value)


@dataclass(frozen=True, slots=True)
class Due:
    """A mailbox of an account for which is looked whether something new waits."""

    ref: UUID
    account: UUID
    way: Mailbox.Way


@transaction.atomic
def open_mailbox(actor: Actor, address: str, *, at: datetime, rhythm: str = rules.DAILY) -> Mailbox:
    """Say where one wants mail and how often; an earlier mailbox is closed, its key destroyed.

    A new address is asked first whether it is theirs, and gets nothing else until it said yes; the
    one that said so stays and gets the new rhythm. Raises NotAllowed, NotAnAddress, in that order.
    """
    account = own_account(actor)
    _need_address(address)
    mailbox = own_mailbox(actor, Mailbox.Way.MAIL, at=at)
    if mailbox is not None and _reads_at(mailbox, address):
        return _with_rhythm(actor, mailbox, rhythm, at=at)
    close_mailbox(actor, at=at)
    return _opened(actor, Mailbox(account=account, rhythm=rhythm), address, at=at)


@transaction.atomic
def confirm_address(ref: UUID, *, at: datetime) -> None:
    """Say that one reads at this address: by the reference in the mail that asked it.

    Twice is once. Raises NotFound for every other reference, and after a week.
    """
    mailbox = _asked_in(ref, at=at).mailbox
    if mailbox.confirmed_at is not None:
        return
    mailbox.confirmed_at = at
    mailbox.save(update_fields=["confirmed_at"])
    note(VISITOR, Deed.CHANGED, folders=[mailbox.folder_id], at=at, on=[mailbox.ref], why="mailbox")


def is_asked(ref: UUID, *, at: datetime) -> bool:
    """Whether this is the reference of a mail that asks whose address it is; uses up nothing."""
    try:
        _asked_in(ref, at=at)
    except NotFound:
        return False
    return True


def _asked_in(ref: UUID, *, at: datetime) -> Mail:
    asked = Mail.objects.filter(kind=Mail.Kind.CONFIRM_ADDRESS, state__in=ARRIVED)
    young = asked.filter(made_at__gt=at - rules.CONFIRMS_WITHIN, mailbox__closed_at=None)
    mail = young.select_related("mailbox").filter(ref=ref).first()
    if mail is None:
        raise NotFound
    return mail


@transaction.atomic
def end_unconfirmed(*, at: datetime) -> int:
    """Close the mailboxes that nobody confirmed within a week; how many. Only for jobs."""
    late = Mail.objects.filter(
        kind=Mail.Kind.CONFIRM_ADDRESS, made_at__lte=at - rules.CONFIRMS_WITHIN
    )
    waiting = Mailbox.objects.open_by(Mailbox.Way.MAIL).filter(confirmed_at=None)
    found = list(waiting.filter(pk__in=late.values("mailbox")).select_related("folder"))
    for mailbox in found:
        shut(VISITOR, mailbox, at=at)
    return len(found)


@transaction.atomic
def close_mailbox(actor: Actor, *, at: datetime) -> None:
    """Want no mail any more: what waits is dropped and the address cannot be read again."""
    own_account(actor)
    mailbox = own_mailbox(actor, Mailbox.Way.MAIL, at=at)
    if mailbox is not None:
        shut(actor, mailbox, at=at)


@transaction.atomic
def open_story_mailbox(
    actor: Actor, story: UUID, address: str, *, at: datetime, language: str = "nl"
) -> Mailbox:
    """Let who told a story get a mail when there is news; an earlier address is erased.

    The room that owns the story says who may. Raises NotAnAddress.
    """
    _need_address(address)
    mailbox = Mailbox.objects.of_story(story)
    if mailbox is not None and _reads_at(mailbox, address):
        return mailbox
    close_story_mailbox(actor, story, at=at)
    return _opened(actor, Mailbox(story=story, language=language), address, at=at)


def _need_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnAddress from None
    if len(address) > rules.LONGEST_ADDRESS:
        raise NotAnAddress


def _reads_at(mailbox: Mailbox, address: str) -> bool:
    """Whether who reads at this address said so already."""
    if mailbox.confirmed_at is None:
        return False
    try:
        return open_for_deed(mailbox, "address") == address
    except KeyIsGone:
        return False


def _with_rhythm(actor: Actor, mailbox: Mailbox, rhythm: str, *, at: datetime) -> Mailbox:
    mailbox.rhythm = rhythm
    mailbox.look_at = rules.look_again(at, rhythm=rhythm, ends=mailbox.quiet_until)
    mailbox.save(update_fields=["rhythm", "look_at"])
    note(actor, Deed.CHANGED, folders=[mailbox.folder_id], at=at, on=[mailbox.ref], why="mailbox")
    return mailbox


def _opened(actor: Actor, mailbox: Mailbox, address: str, *, at: datetime) -> Mailbox:
    """Open a mailbox for mail and let the mail wait that asks whose address it is."""
    keep_address(actor, mailbox, address, at=at)
    Mail.objects.create(
        mailbox=mailbox,
        kind=Mail.Kind.CONFIRM_ADDRESS,
        about=mailbox.ref,
        made_at=at,
        not_before=at,
    )
    return mailbox


def keep_address(actor: Actor, mailbox: Mailbox, address: str, *, at: datetime) -> None:
    """Write a new mailbox, its address under a key of its own, inside the caller's transaction."""
    mailbox.folder = open_folder(FolderKind.PERSON, at=at)
    mailbox.look_at = rules.look_again(at, rhythm=mailbox.rhythm, ends=mailbox.quiet_until)
    mailbox.put(address=address)
    mailbox.save()
    note(actor, Deed.MADE, folders=[mailbox.folder_id], at=at, on=[mailbox.ref], why="mailbox")


@transaction.atomic
def close_story_mailbox(actor: Actor, story: UUID, *, at: datetime) -> None:
    """Send who told a story nothing any more: the address cannot be read again."""
    mailbox = Mailbox.objects.of_story(story)
    if mailbox is not None:
        shut(actor, mailbox, at=at)


def shut(actor: Actor, mailbox: Mailbox, *, at: datetime) -> None:
    """Close a mailbox inside the caller's transaction: nothing waits, no address can be read."""
    mailbox.mails.filter(state=Mail.State.WAITING).delete()
    mailbox.closed_at = at
    mailbox.save(update_fields=["closed_at"])
    erase_folder(actor, mailbox.folder, at=at)


def put_in(account: UUID, kind: Mail.Kind, *, about: UUID, at: datetime) -> Mail | None:
    """Let a mail wait for somebody, within the caller's transaction; None without a mailbox.

    ``about`` is a reference only. The same thing waits once, however often it is put in. It is
    sent after the commit, at the timetable's next turn, outside quiet hours.
    """
    mailbox = Mailbox.objects.of(account, Mailbox.Way.MAIL)
    if mailbox is None or mailbox.confirmed_at is None:
        return None
    return _put_in(mailbox, kind, about=about, at=at)


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


def mailboxes_to_look_for(*, at: datetime) -> list[Due]:
    """Return the mailboxes of accounts for which is looked now whether something new waits.

    Those whose moment has come, and those for which something already waits to be sent: what it
    counts may have been taken back meanwhile. Oldest first.
    """
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=at)
    confirmed = Mailbox.objects.filter(closed_at=None, story=None, confirmed_at__isnull=False)
    due = confirmed.filter(
        Q(look_at=None) | Q(look_at__lte=at) | Q(pk__in=waiting.values("mailbox"))
    )
    rows = due.order_by("pk").values_list("ref", "account__ref", "way")
    return [Due(ref, account, Mailbox.Way(way)) for ref, account, way in rows if account]


def stories_to_look_for(*, at: datetime) -> list[UUID]:
    """Return the stories whose teller wants mail and for whom is looked now, oldest first."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=at)
    confirmed = Mailbox.objects.filter(
        closed_at=None, story__isnull=False, confirmed_at__isnull=False
    )
    due = confirmed.filter(Q(look_at__lte=at) | Q(pk__in=waiting.values("mailbox")))
    return [story for story in due.order_by("pk").values_list("story", flat=True) if story]


@transaction.atomic
def tell_what_waits(
    account: UUID,
    kind: Mail.Kind,
    waiting: Collection[UUID],
    *,
    at: datetime,
    way: Mailbox.Way = Mailbox.Way.MAIL,
) -> Mail | None:
    """Put in one mail that counts what waits for somebody, when there is news in it, else none.

    ``waiting`` are references only. What waited at the last look is no news. A mail that was not
    sent yet is written anew, and dropped when nothing waits any more.
    """
    mailbox = Mailbox.objects.of(account, way)
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
    was_unsent, _ = counted.exclude(kind=Mail.Kind.CONFIRM_ADDRESS).delete()
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


def own_account(actor: Actor) -> Account:
    """Return the account of who acts. Raises NotAllowed for who has none."""
    if actor.account is None:
        raise NotAllowed
    return Account.objects.get(ref=actor.account)


def own_mailbox(actor: Actor, way: Mailbox.Way, *, at: datetime) -> Mailbox | None:
    """Return one's own open mailbox of this kind, or None."""
    mine = Mailbox.objects.visible_to(actor, on=day_of(at)).open_by(way)
    return mine.select_related("folder", "account").first()
