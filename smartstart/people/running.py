"""What only somebody at the server may do with people: the first administrator, roles, cards.

Who runs the server reads no family data. So a role that reads some, or chooses who does, sleeps
when it comes from the server or its person gets a card there, until somebody it concerns confirms
it (0009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import SCOPE, Role, Scope
from smartstart.base.refusals import NotFound
from smartstart.people.errors import AccountIsClosed
from smartstart.people.keys import end_codes, end_sign_ins, give_card, second_keys
from smartstart.people.models import Account, Domain, Hat, HatQuerySet, Organisation
from smartstart.people.operations import folders_within, give_hat

AT_THE_SERVER: Final = Actor(role=Role.OPERATOR, assurance=2)
# Pilot roles need a pilot and are given in its team; visitors and interviewees have no account.
ROLES: Final = tuple(
    role
    for role in Role
    if SCOPE[role] is not Scope.PILOT and role not in (Role.VISITOR, Role.INTERVIEWEE)
)
OF_THE_REGION: Final = frozenset({Role.PROGRAMME_OFFICE, Role.PRIVACY_OFFICER})
CONFIRMED: Final = OF_THE_REGION | {Role.ADMINISTRATOR}


@transaction.atomic
def make_administrator(
    name: str, *, shown_as: str, organisation: str, domain: Domain, at: datetime, today: date
) -> tuple[Hat, str]:
    """Make an organisation (when new), an account (when new) and its administrator's hat.

    Returns the hat, and the code of a card for a new account, shown once; "" when there was an
    account. The first of an organisation can begin at once, every later one sleeps: who fills a
    function chooses who reads its questions. Raises AccountIsClosed, HatAlreadyWorn.
    """
    house = house_folder(at=at)
    found = Organisation.objects.filter(name=organisation).first()
    place = found or Organisation.objects.create(
        name=organisation, domain=domain, folder=open_folder(FolderKind.ORGANISATION, at=at)
    )
    account = Account.objects.filter(username=name.lower()).first()
    new = account is None
    _require_open(account)
    account = account or Account.objects.create_user(name, None, shown_as=shown_as)
    hat = _given(account, Role.ADMINISTRATOR, place, called="beheerder", at=at, today=today)
    card = give_card(account, at=at) if new else ""
    folders = [house.pk, place.folder_id]
    note(AT_THE_SERVER, Deed.HAT_GIVEN, folders=folders, at=at, on=[account.ref, hat.ref])
    return hat, card


@transaction.atomic
def give_role(
    name: str, role: Role, *, organisation: str, called: str, at: datetime, today: date
) -> Hat:
    """Give an account a role, also one that reaches over the region.

    The first of the programme office (or privacy officer, or administrator here) can begin at
    once. Every later one sleeps until confirmed. Raises NotFound for a name or organisation that
    is not there, AccountIsClosed, HatAlreadyWorn.
    """
    account, house = _account(name), house_folder(at=at)
    _require_open(account)
    place = Organisation.objects.filter(name=organisation).first()
    if place is None:
        raise NotFound
    hat = _given(account, role, place, called=called, at=at, today=today)
    folders = [house.pk, place.folder_id]
    note(AT_THE_SERVER, Deed.HAT_GIVEN, folders=folders, at=at, on=[account.ref, hat.ref])
    return hat


def _given(
    account: Account, role: Role, place: Organisation, *, called: str, at: datetime, today: date
) -> Hat:
    """Give a role; one that must be confirmed sleeps, when there is or was somebody to do so.

    Of two that are given at once the second waits and sees the first.
    """
    before = Hat.objects.filter(role=role.value)
    _hold(place if role not in OF_THE_REGION else None)
    if role not in OF_THE_REGION:
        before = before.filter(organisation=place)
    must_wait = role in CONFIRMED and before.exists()
    hat = give_hat(account, role, called=called, from_day=today, organisation=place)
    if must_wait:
        _fall_asleep([hat], at=at)
    return hat


def _hold(place: Organisation | None) -> None:
    """Let nobody else give such a role until the transaction ends; of the region: by one row."""
    rows = Organisation.objects.order_by("id").select_for_update(no_key=True)
    (rows.filter(pk=place.pk) if place else rows).first()


def _hats_of(account: Account, *, today: date) -> HatQuerySet:
    """Return the roles of an account, to be held before the account: as who ends one does."""
    held = Hat.objects.held_on(today).filter(account=account).select_related("organisation")
    return held.order_by("id").select_for_update(of=("self",))


def _fall_asleep(hats: list[Hat], *, at: datetime) -> None:
    """Let hats open nothing until they are woken, inside the caller's transaction."""
    for hat in hats:
        hat.ended_at, hat.sleeps = hat.ended_at or at, True
        hat.save(update_fields=["ended_at", "sleeps"])


@transaction.atomic
def end_everything(name: str, *, at: datetime, today: date) -> int:
    """End all roles of somebody now and close the account; return how many ended."""
    account, house = _account(name), house_folder(at=at)
    hats = list(_hats_of(account, today=today))
    for hat in hats:
        hat.ended_at, hat.last_day, hat.sleeps = at, today, False
        hat.save(update_fields=["ended_at", "last_day", "sleeps"])
    account.positions.update(occupant=None)
    account.covers.update(cover=None)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    end_codes(account.pk, at=at)
    end_sign_ins(account.pk)
    folders = [house.pk, *(hat.organisation.folder_id for hat in hats if hat.organisation)]
    on = [account.ref, *(hat.ref for hat in hats)]
    rules = [*folders, *folders_within(hats)]
    note(AT_THE_SERVER, Deed.HAT_ENDED, folders=folders, at=at, on=on, rules_changed=rules)
    return len(hats)


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card from the server: its code, shown once, and what became of keys and roles."""

    code: str
    kept: int
    """How many second keys (apps and passkeys) of this person still stand."""
    ended: int
    """How many of them ended."""
    asleep: int
    """How many roles sleep until somebody says yes."""


@transaction.atomic
def new_card(name: str, *, at: datetime, today: date, keys_are_lost: bool = False) -> NewCard:
    """Give somebody a card when nobody else can: password and sign-ins end.

    Second keys stay before everything else unless they are said to be lost (0023). Either way all
    roles of this person but operator sleep from now on: they read something about families or
    choose who does. Raises NotFound or AccountIsClosed.
    """
    account, house = _account(name), house_folder(at=at)
    _require_open(account)
    hats = list(_hats_of(account, today=today).exclude(role=Role.OPERATOR.value))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    before = second_keys(account.pk)
    if keys_are_lost:
        Authenticator.objects.filter(user=account).delete()
    code = give_card(account, at=at)
    end_sign_ins(account.pk)
    _fall_asleep(hats, at=at)
    places = {hat.organisation.folder_id for hat in hats if hat.organisation}
    concerned = sorted(places | set(folders_within(hats)))
    on = [account.ref, *(hat.ref for hat in hats)]
    folders = [house.pk, *concerned]
    why = "keys ended" if keys_are_lost else "card"
    note(
        AT_THE_SERVER,
        Deed.RESTORED,
        folders=folders,
        at=at,
        on=on,
        why=why,
        rules_changed=concerned,
    )
    kept = second_keys(account.pk)
    return NewCard(code, kept=kept, ended=before - kept, asleep=len(hats))


def hats_today(today: date) -> Iterable[Hat]:
    """Return all hats of today by user name, those that sleep too."""
    return (
        Hat.objects.held_on(today)
        .select_related("account", "organisation")
        .order_by("account__username", "role", "id")
    )


def _account(name: str) -> Account:
    found = Account.objects.filter(username=name.lower()).first()
    if found is None:
        raise NotFound
    return found


def _require_open(account: Account | None) -> None:
    """Raise AccountIsClosed for who left: no code or role opens that account any more."""
    if account is not None and not account.is_active:
        raise AccountIsClosed
