"""What a person may ask of the post: one's own mailbox, and what a mail's link was about."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.post import rules
from smartstart.post.models import Mail, Mailbox


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether somebody gets mail; ``address`` and ``rhythm`` are "" while it is off."""

    is_on: bool
    address: str = ""
    rhythm: str = ""


def switch_of(reading: Reading) -> Switch:
    """Return whether and where the reader gets mail. Raises NotFound for who has no account."""
    if reading.actor.account is None:
        raise NotFound
    mine = Mailbox.objects.visible_to(reading.actor, on=day_of(reading.at))
    mailbox = mine.filter(closed_at=None).select_related("folder").first()
    if mailbox is None:
        return Switch(is_on=False)
    return Switch(is_on=True, address=reading.text(mailbox, "address"), rhythm=mailbox.rhythm)


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
