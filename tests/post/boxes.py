"""A mailbox whose owner said that it is theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.post import operations
from smartstart.post.models import Mail, Mailbox


def opened(actor: Actor, address: str, *, at: datetime, **more: Any) -> Mailbox:
    """Open a mailbox; the mail that asks arrived before today, and its link was followed."""
    return said_yes(operations.open_mailbox(actor, address, at=at, **more), at=at)


def opened_of_story(actor: Actor, story: UUID, address: str, *, at: datetime) -> Mailbox:
    """The same for who told a story."""
    return said_yes(operations.open_story_mailbox(actor, story, address, at=at), at=at)


def said_yes(mailbox: Mailbox, *, at: datetime) -> Mailbox:
    """Let the one who reads there say so."""
    asked = mailbox.mails.get(kind=Mail.Kind.CONFIRM_ADDRESS)
    Mail.objects.filter(pk=asked.pk).update(state=Mail.State.SENT)
    operations.confirm_address(asked.ref, at=at)
    Mail.objects.filter(pk=asked.pk).delete()
    mailbox.refresh_from_db()
    return mailbox
