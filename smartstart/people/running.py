"""What only somebody at the server may do with people: the first administrator, roles, cards."""

from __future__ import annotations

from collections.abc import Iterable
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
from smartstart.people.keys import end_codes, end_sign_ins, give_card
from smartstart.people.models import Account, Domain, Hat, Organisation
from smartstart.people.operations import folders_within, give_hat

AT_THE_SERVER: Final = Actor(role=Role.OPERATOR, assurance=2)
# Pilot roles need a pilot and are given in its team; visitors and interviewees have no account.
ROLES: Final = tuple(
    role
    for role in Role
    if SCOPE[role] is not Scope.PILOT and role not in (Role.VISITOR, Role.INTERVIEWEE)
)


@transaction.atomic
def make_administrator(
    name: str, *, shown_as: str, organisation: str, domain: Domain, at: datetime, today: date
) -> str:
    """Make an organisation (when new), an account (when new) and its administrator's hat.

    Returns the code of a card for a new account, shown once; "" when there was an account.
    Raises HatAlreadyWorn.
    """
    house = house_folder(at=at)
    found = Organisation.objects.filter(name=organisation).first()
    place = found or Organisation.objects.create(
        name=organisation, domain=domain, folder=open_folder(FolderKind.ORGANISATION, at=at)
    )
    account = Account.objects.filter(username=name.lower()).first()
    new = account is None
    account = account or Account.objects.create_user(name, None, shown_as=shown_as)
    hat = give_hat(
        account, Role.ADMINISTRATOR, called="beheerder", from_day=today, organisation=place
    )
    card = give_card(account, at=at) if new else ""
    folders = [house.pk, place.folder_id]
    note(AT_THE_SERVER, Deed.HAT_GIVEN, folders=folders, at=at, on=[account.ref, hat.ref])
    return card


@transaction.atomic
def give_role(
    name: str, role: Role, *, organisation: str, called: str, at: datetime, today: date
) -> Hat:
    """Give an account a role, also one that reaches over the region.

    Raises NotFound for a name or organisation that is not there, HatAlreadyWorn.
    """
    account, house = _account(name), house_folder(at=at)
    place = Organisation.objects.filter(name=organisation).first()
    if place is None:
        raise NotFound
    hat = give_hat(account, role, called=called, from_day=today, organisation=place)
    folders = [house.pk, place.folder_id]
    note(AT_THE_SERVER, Deed.HAT_GIVEN, folders=folders, at=at, on=[account.ref, hat.ref])
    return hat


@transaction.atomic
def end_everything(name: str, *, at: datetime, today: date) -> int:
    """End all roles of somebody now and close the account; return how many ended."""
    account, house = _account(name), house_folder(at=at)
    hats = list(Hat.objects.worn_on(today).filter(account=account).select_related("organisation"))
    for hat in hats:
        hat.ended_at, hat.last_day = at, today
        hat.save(update_fields=["ended_at", "last_day"])
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


@transaction.atomic
def new_card(name: str, *, at: datetime) -> str:
    """Give somebody a card when nobody else can: password, second keys and sign-ins end."""
    account, house = _account(name), house_folder(at=at)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()
    card = give_card(account, at=at)
    end_sign_ins(account.pk)
    note(AT_THE_SERVER, Deed.RESTORED, folders=[house.pk], at=at, on=[account.ref])
    return card


def hats_today(today: date) -> Iterable[Hat]:
    """Return all hats worn today, by user name."""
    return (
        Hat.objects.worn_on(today)
        .select_related("account", "organisation")
        .order_by("account__username", "role", "id")
    )


def _account(name: str) -> Account:
    found = Account.objects.filter(username=name.lower()).first()
    if found is None:
        raise NotFound
    return found
