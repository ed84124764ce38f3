"""The actor: one account under one hat, as every rule of the house sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from smartstart.access.permissions import MAY, SCOPE, Permission, Role, Scope
from smartstart.base.refusals import NotAllowed

TWO_FACTORS: Final = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, in which role, for whom, and how surely they signed in.

    ``account``, ``hat``, ``person`` and ``organisation`` are references; ``position`` is the
    function that this account occupies under this hat. ``within`` is the pilot (or the interview)
    that the hat is for. ``home_folder`` is the id of the folder in whose chain
    denied tries are written: the organisation's, or the house's own. ``home_rules`` is that
    folder's rules version as read in the same statement as the hat: when a hat ends, the version
    grows, and an answer made under it is thrown away. ``assurance`` counts the factors of this
    sign-in: 0 a visitor, 1 one factor, 2 two.
    """

    role: Role
    account: UUID | None = None
    hat: UUID | None = None
    person: UUID | None = None
    organisation: UUID | None = None
    within: UUID | None = None
    position: UUID | None = None
    home_folder: int | None = None
    home_rules: int | None = None
    assurance: int = 0

    @property
    def is_visitor(self) -> bool:
        """Whether nobody signed in."""
        return self.role is Role.VISITOR

    def may(self, permission: Permission, *, within: UUID | None = None) -> bool:
        """Whether the role has this permission and reaches this far."""
        return permission in MAY[self.role] and self.reaches(within)

    def reaches(self, within: UUID | None) -> bool:
        """Whether ``within`` (None: nowhere in particular) lies inside the role's scope."""
        if within is None:
            return True
        scope = SCOPE[self.role]
        if scope is Scope.ORGANISATION:
            return within == self.organisation
        if scope in (Scope.PILOT, Scope.OWN):
            return within == self.within
        return scope is Scope.REGION


VISITOR: Final = Actor(role=Role.VISITOR)


def require(actor: Actor, permission: Permission, *, within: UUID | None = None) -> None:
    """Let the actor through, or raise NotAllowed."""
    if not actor.may(permission, within=within):
        raise NotAllowed
