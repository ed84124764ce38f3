"""Who acts, and what people and administrators read about accounts, hats and positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.written import written
from smartstart.base.often import asked_often
from smartstart.people import rules
from smartstart.people.models import (
    Account,
    Code,
    CodeKind,
    Hat,
    Invitation,
    Position,
    Restore,
    SignIn,
)

_KEPT: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
RECORDS = "account_authentication_methods"  # allauth's names for what it keeps in a session
RECORDS_OF = "account_authentication_methods_user"


def kept_in_session(key: str, *, now: datetime) -> str | None:
    """Return what Django keeps in a session, as it keeps it; None when it ended. One query."""
    with asked_often() as cursor:
        cursor.execute(_KEPT, [key, connection.ops.adapt_datetimefield_value(now)])
        found = cursor.fetchone()
    return found[0] if found else None


def account_of_session(account: int) -> Account | None:
    """Return an account by its number; None when it is gone. One query."""
    return next(iter(written(_account, account=account)), None)


def _account(*, account: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=account)


def hats_of(account: Account, *, on: date) -> list[Hat]:
    """Return the hats that this account may wear today, in a fixed order. One query.

    Each knows ``house``: the id of the house's own folder, None before there is one.
    """
    return written(_hats, account=account.pk, on=on)


def _hats(*, account: int, on: date) -> QuerySet[Hat]:
    # The index of the one folder of the house is found by its kind as a word of the text: with a
    # value in its place PostgreSQL keeps a plan that reads all folders.
    house = RawSQL("(SELECT id FROM access_folder WHERE kind = 'house')", ())
    return (
        Hat.objects.worn_on(on)
        .filter(account=account)
        .annotate(house=house)
        .select_related("account", "organisation__folder", "position")
        .order_by("role", "place", "id")
    )


def hat_worn(account: Account, chosen: UUID | None, *, on: date) -> Hat | None:
    """Return the hat that was chosen; who chose none yet wears the only one there is.

    None when the chosen one has ended or nobody chose from several: nobody acts under a hat that
    they did not choose. One query.
    """
    hats = hats_of(account, on=on)
    if chosen is None:
        return hats[0] if len(hats) == 1 else None
    return next((hat for hat in hats if hat.ref == chosen), None)


def actor_of(account: Account, hat: Hat, *, assurance: int, house_folder: int | None) -> Actor:
    """Return the actor that this account is under this hat.

    No query when the hat came with ``organisation__folder``, as it must: an answer stands only
    while the rules of that folder are those that were read together with the hat.
    """
    organisation = hat.organisation
    return Actor(
        role=Role(hat.role),
        account=account.ref,
        hat=hat.ref,
        person=account.person,
        organisation=organisation.ref if organisation else None,
        within=hat.within,
        position=_occupied(hat),
        home_folder=organisation.folder_id if organisation else house_folder,
        home_rules=organisation.folder.rules_version if organisation else None,
        assurance=assurance,
    )


def _occupied(hat: Hat) -> UUID | None:
    """Return the function of this hat while this account occupies it: a successor ends it."""
    position = hat.position
    return position.ref if position and position.occupant_id == hat.account_id else None


def actor_wearing(hat: UUID, *, on: date) -> Actor | None:
    """Return the actor behind a hat with both factors, for who explains access; None: not worn."""
    found = (
        Hat.objects.worn_on(on)
        .filter(ref=hat)
        .select_related("account", "organisation__folder", "position")
        .first()
    )
    if found is None:
        return None
    return actor_of(found.account, found, assurance=rules.MOST_FACTORS, house_folder=None)


def actors_of(account: UUID, *, on: date) -> list[Actor]:
    """Return an account under each hat it wears, for work that no person asks for. One query.

    Nothing is read as these actors: their one factor opens no content.
    """
    hats = Hat.objects.worn_on(on).filter(account__ref=account)
    rows = hats.select_related("account", "organisation__folder", "position").order_by("pk")
    return [actor_of(hat.account, hat, assurance=1, house_folder=None) for hat in rows]


def assurance_of(session: Mapping[str, object], account: Account) -> int:
    """Return how many factors (1 or 2) this sign-in used: counted from its records each time.

    The records count only for the account they were made for. An invented person of an example
    database has two: nobody can sign in to it from outside the machine.
    """
    if settings.SMARTSTART_EXAMPLE and account.is_example:
        return rules.MOST_FACTORS
    records = session.get(RECORDS)
    if not isinstance(records, list) or session.get(RECORDS_OF) != str(account.pk):
        return 1
    outside = session.get("factors_outside")
    return max(1, rules.factors(records, from_outside=outside if isinstance(outside, int) else 1))


def factors_said(amr: list[str], acr: str, *, strong_acr: list[str]) -> int:
    """Return how many factors (1 or 2) an organisation says its own sign-in had."""
    return rules.factors_outside(amr, acr, strong_acr=strong_acr)


def account_of_form(mark: str) -> UUID | None:
    """Return whose sign-in carries this mark in its forms, also after it ended."""
    found = SignIn.objects.filter(form_mark=mark).order_by("-began_at").first()
    return found.account.ref if found else None


def sign_ins_of(account: Account) -> list[SignIn]:
    """Return the sign-ins of an account whose session is still there, newest first."""
    sessions = Session.objects.filter(session_key=OuterRef("session_key"))
    running = SignIn.objects.filter(Exists(sessions), account=account)
    return list(running.order_by("-began_at", "-id"))


def second_keys_of(account: Account) -> list[Authenticator]:
    """Return the second keys of an account: phone app, passkeys, spare codes; oldest first."""
    return list(Authenticator.objects.filter(user=account).order_by("created_at", "id"))


def signs_in_by_card_only(account: Account, *, at: datetime) -> bool:
    """Whether a card that still works is the only thing this account has."""
    has_else = account.has_usable_password() or Authenticator.objects.filter(user=account).exists()
    card = Code.objects.filter(account=account, kind=CodeKind.CARD, ended_at=None, until__gt=at)
    return not has_else and card.exists()


def is_linked(account: Account) -> bool:
    """Whether this account may sign in at its organisation."""
    found: bool = SocialAccount.objects.filter(user=account).exists()
    return found


def is_taken(username: str) -> bool:
    """Whether somebody uses this user name."""
    return Account.objects.filter(username=username.lower()).exists()


@dataclass(slots=True)
class Colleague:
    """Somebody with a role in the organisation, as the administrator sees them."""

    account: Account
    hats: list[Hat] = field(default_factory=list)

    @property
    def has_card(self) -> bool:
        """Whether this person signs in with a card instead of a password."""
        return not self.account.has_usable_password()


@dataclass(frozen=True, slots=True)
class House:
    """What an administrator looks after: people, positions, offers; no family data."""

    people: list[Colleague]
    leaving: list[Hat]
    positions: list[Position]
    without_cover: list[Position]
    invitations: list[Invitation]


def house_of(actor: Actor, *, today: date, now: datetime) -> House:
    """Return the people side of the actor's organisation; empty for who administers none.

    Costs three queries however many people there are.
    """
    hats = (
        Hat.objects.visible_to(actor, on=today)
        .held_on(today)
        .select_related("account")
        .order_by("account__shown_as", "account_id", "called", "id")
    )
    people: dict[int, Colleague] = {}
    for hat in hats:
        people.setdefault(hat.account_id, Colleague(hat.account)).hats.append(hat)
    positions = list(
        Position.objects.visible_to(actor, on=today)
        .select_related("occupant", "cover")
        .order_by("called", "id")
    )
    offers = Invitation.objects.visible_to(actor, on=today).filter(
        Q(until__gt=now), used_at=None, ended_at=None
    )
    leaving = [hat for hat in hats if rules.leaves_soon(hat.last_day, today)]
    return House(
        people=list(people.values()),
        leaving=sorted(leaving, key=lambda hat: (hat.last_day, hat.pk)),
        positions=positions,
        without_cover=[one for one in positions if one.cover_id not in people],
        invitations=list(offers.order_by("until", "id")),
    )


def restores_to_confirm(actor: Actor, *, today: date, now: datetime) -> list[Restore]:
    """Return who waits for a second person in the actor's organisation; not one's own asking."""
    if actor.account is None:
        return []
    return list(
        Restore.objects.visible_to(actor, on=today)
        .open_at(now)
        .exclude(asked_by__ref=actor.account)
        .exclude(account__ref=actor.account)
        .select_related("account", "asked_by")
        .order_by("asked_at", "id")
    )
