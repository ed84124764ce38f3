"""What a person may ask of the post: one's own mailbox, and what a mail's link was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.post import rules
from smartstart.post.models import Mail, Mailbox
from smartstart.post.operations import own_mailbox
from smartstart.post.operations_push import may_have_notices, stands
from smartstart.post.push_public import public_key


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether somebody gets mail; ``address`` and ``rhythm`` are "" while it is off.

    ``is_asked``: this address was asked whether it is theirs, and did not answer yet.
    """

    is_on: bool
    address: str = ""
    rhythm: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Notices:
    """Whether a browser of somebody tells that something waits: here or elsewhere, until when."""

    key: str
    is_on: bool = False
    is_here: bool = False
    ends_at: datetime | None = None


def switch_of(reading: Reading) -> Switch:
    """Return whether and where the reader gets mail. Raises NotFound for who has no account."""
    if reading.actor.account is None:
        raise NotFound
    mailbox = own_mailbox(reading.actor, Mailbox.Way.MAIL, at=reading.at)
    if mailbox is None:
        return Switch(is_on=False)
    is_on = mailbox.confirmed_at is not None
    address = reading.text(mailbox, "address")
    return Switch(is_on, address=address, rhythm=mailbox.rhythm, is_asked=not is_on)


def notices_of(actor: Actor, *, here: str, at: datetime) -> Notices | None:
    """Return how notices stand for somebody at work; None where there are none. Two queries.

    ``here`` is the reference that this browser keeps, as hex, or "".
    """
    key = public_key()
    if not key or not may_have_notices(actor):
        return None
    mailbox = own_mailbox(actor, Mailbox.Way.PUSH, at=at)
    if mailbox is None or not stands(mailbox, at=at):
        return Notices(key)
    return Notices(key, is_on=True, is_here=mailbox.ref.hex == here, ends_at=mailbox.ends_at)


def told_in(reading: Reading, ref: UUID) -> frozenset[UUID]:
    """Return the references of what waited when this mail was made: of one's own mail only.

    Raises NotFound, also for a mail that is too old.
    """
    mine = Mailbox.objects.visible_to(reading.actor, on=day_of(reading.at))
    young = Mail.objects.filter(made_at__gt=reading.at - rules.LINK_LIVES)
    mail = young.filter(ref=ref, mailbox__in=mine).first()
    if mail is None:
        raise NotFound
    return frozenset(UUID(one) for one in mail.told)
