"""Where a home is, for those who live there; and whether what they write gives that away."""

from __future__ import annotations

from dataclasses import dataclass

from smartstart.circle.home import me, members_at_home
from smartstart.circle.models import Address
from smartstart.circle.rules_address import tells_address
from smartstart.circle.scene import PartLine, Scene


@dataclass(frozen=True, slots=True)
class AddressPage:
    """The address of one home ("": nobody wrote it). ``writes``: the reader is an adult there."""

    words: str = ""
    is_secret: bool = False
    writes: bool = False


def address_of(seen: Scene) -> AddressPage:
    """Return where this home is, as far as this reader may know. Two queries."""
    here = members_at_home(seen.circle, on=seen.on).filter(person=me(seen.reading.actor))
    writes = here.filter(is_child=False).exists()
    row = _row(seen)
    if row is None:
        return AddressPage(writes=writes)
    return AddressPage(seen.reading.text(row, "words"), row.is_secret, writes)


def let_in_beside(seen: Scene) -> list[PartLine]:
    """Return beside whom somebody can be let in: of a home with a secret address its own parts.

    Who helps a child in both homes is seen in both, and a school tells where a home is.
    """
    row = _row(seen)
    is_secret = row is not None and row.is_secret
    return [part for part in seen.parts if not (part.is_shared and is_secret)]


def gives_away(seen: Scene, *texts: str) -> bool:
    """Whether a text that is about to be kept or sent holds the secret address of this home."""
    row = _row(seen)
    if row is None or not row.is_secret:
        return False
    return tells_address(seen.reading.text(row, "words"), *texts)


def _row(seen: Scene) -> Address | None:
    rows = Address.objects.visible_to(seen.reading.actor, on=seen.on).filter(circle=seen.circle)
    return rows.select_related("folder").first()
