"""Notices of a browser: switched on by somebody at work on one device, ended in many ways.

For professionals only, and one device each: a notice on a screen that a child or the other parent
sees would tell that there is a circle. Decision 0021.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.post import rules
from smartstart.post.models import Mailbox
from smartstart.post.operations import keep_address, own_account, own_mailbox, shut
from smartstart.post.push_service import service_of

PUSH: Final = Mailbox.Way.PUSH


def may_have_notices(actor: Actor) -> bool:
    """Whether notices exist for this actor: somebody at work, in a function."""
    return actor.role is Role.PROFESSIONAL and actor.position is not None


def stands(mailbox: Mailbox, *, at: datetime) -> bool:
    """Whether notices still go there, by the clock and by the sign-ins; also with no worker."""
    account = mailbox.account
    return (
        account is not None
        and mailbox.keys_version == account.keys_version
        and mailbox.ends_at is not None
        and mailbox.ends_at > at
    )


@transaction.atomic
def switch_on(actor: Actor, endpoint: str, *, at: datetime) -> Mailbox:
    """Let this browser tell that something waits; another device of one's own stops doing so.

    ``endpoint`` is where its maker's service reaches it. Lasts ``rules.PUSH_LIVES``. Raises
    NotFound for who has no notices, NotABrowser.
    """
    if not may_have_notices(actor):
        raise NotFound
    service_of(endpoint)
    switch_off(actor, at=at)
    account = own_account(actor)
    mailbox = Mailbox(
        account=account,
        way=PUSH,
        rhythm=rules.SOON,
        confirmed_at=at,
        ends_at=at + rules.PUSH_LIVES,
        keys_version=account.keys_version,
    )
    keep_address(actor, mailbox, endpoint, at=at)
    return mailbox


@transaction.atomic
def switch_off(actor: Actor, *, at: datetime) -> None:
    """Want no notices any more, on whatever device they were: the endpoint cannot be read again."""
    own_account(actor)
    mailbox = own_mailbox(actor, PUSH, at=at)
    if mailbox is not None:
        shut(actor, mailbox, at=at)


@transaction.atomic
def end(ref: UUID, *, at: datetime, unless_of: UUID | None = None) -> None:
    """End the notices of one browser, whoever it is of, except of the account ``unless_of``.

    For a browser that somebody leaves or another person comes to, and for jobs.
    """
    found = Mailbox.objects.open_by(PUSH).filter(ref=ref).select_related("folder", "account")
    mailbox = found.first()
    owner = mailbox.account.ref if mailbox is not None and mailbox.account is not None else None
    if mailbox is not None and (unless_of is None or owner != unless_of):
        shut(VISITOR, mailbox, at=at)


@transaction.atomic
def end_of_account(account: UUID, *, at: datetime) -> None:
    """End the notices of somebody who ended a sign-in: it may be the lost device that has them."""
    mailbox = Mailbox.objects.of(account, PUSH)
    if mailbox is not None:
        shut(VISITOR, mailbox, at=at)


def end_what_is_over(*, at: datetime) -> int:
    """End what lasted long enough, and of whose account all sign-ins were ended; how many."""
    stale = Q(ends_at__lte=at) | ~Q(keys_version=F("account__keys_version"))
    over = Mailbox.objects.open_by(PUSH).filter(stale | Q(account__is_active=False))
    refs = list(over.order_by("pk").values_list("ref", flat=True))
    for ref in refs:
        end(ref, at=at)
    return len(refs)
