"""In which home a part is, in words: a child who lives in two homes has one name and two folders.

Who works with both homes, or the child itself, would else see the same name twice and write what
one home told into the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.circle.called import called
from smartstart.circle.gate import receiver_of
from smartstart.circle.models import Part, Seat
from smartstart.circle.question_places import may_be_asked
from smartstart.circle.scene import Scene


def by_home(actor: Actor, parts: Sequence[Part], names: Iterable[str], *, on: date) -> list[str]:
    """Return these names; with who let the reader in, where the same child has two homes for them.

    What both homes share says so. One query; two more when a child has two homes for this reader.
    """
    twice = _with_two_homes(actor, {part.member_id for part in parts if part.member_id}, on=on)
    told = list(zip(parts, names, strict=True))
    who = _let_in_by(actor, {part.circle_id for part, _name in told if part.member_id in twice}, on)
    return [_name(part, name, who if part.member_id in twice else {}) for part, name in told]


def _name(part: Part, name: str, who: dict[int | None, str]) -> str:
    if part.circle_id is None:
        return _("%(child)s, in both homes") % {"child": name}
    adult = who.get(part.circle_id)
    return _("%(child)s, with %(adult)s") % {"child": name, "adult": adult} if adult else name


def _with_two_homes(actor: Actor, members: set[int], *, on: date) -> set[int | None]:
    """Return of which of these the actor reads a part in more than one home."""
    seen = Part.objects.visible_to(actor, on=on).filter(member__in=members, circle__isnull=False)
    counted = seen.order_by().values("member").annotate(homes=Count("circle", distinct=True))
    return set(counted.filter(homes__gt=1).values_list("member", flat=True))


def _let_in_by(actor: Actor, circles: set[int | None], on: date) -> dict[int | None, str]:
    """Return by circle who gave the actor a place there, by name."""
    if not circles:
        return {}
    seats = Seat.objects.held_on(on).filter(who=receiver_of(actor))
    here = Part.objects.filter(circle__in=[one for one in circles if one is not None])
    folders = dict(here.values_list("folder", "circle"))
    gave: dict[int | None, UUID] = {}
    for seat in seats.filter(folder__in=folders).order_by("from_day", "id"):
        gave.setdefault(folders[seat.folder_id], seat.made_by)
    people = called(gave.values())
    return {circle: people[ref].name for circle, ref in gave.items() if ref in people}


def asked_in_both_homes(seen: Scene) -> dict[UUID, set[UUID]]:
    """Return whom this reader can ask about what two homes share, by part. None for one home.

    Who has a place in one home only is not near that part: the other home does not know them.
    A circle that is closed asks nobody.
    """
    shared = [part.ref for part in seen.parts if part.is_shared]
    if not shared or seen.circle.closed_on is not None:
        return {}
    actor = seen.reading.actor
    parts = Part.objects.visible_to(actor, on=seen.on).filter(ref__in=shared)
    rows = parts.select_related("folder", "circle")
    return {row.ref: may_be_asked(actor, row, on=seen.on) for row in rows}
