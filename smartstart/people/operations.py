"""What administrators do with people: invite, end, replace, cover; and changing one's hat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from smartstart.access.actor import TWO_FACTORS, Actor, require
from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Permission, Role
from smartstart.base import codes
from smartstart.base.clock import day_of
from smartstart.base.once import save_once
from smartstart.base.refusals import NotFound
from smartstart.people import errors, rules
from smartstart.people.keys import (
    end_codes,
    end_sign_ins,
    fall_asleep,
    give_card,
    has_second_key,
    reaches_elsewhere,
)
from smartstart.people.models import (
    OWN_ROLES,
    Account,
    Hat,
    Invitation,
    Organisation,
    Position,
)
from smartstart.people.queries import actor_of


@dataclass(frozen=True, slots=True)
class Taken:
    """What an invitation became; ``card`` is shown once, and only to who chose no password."""

    account: Account
    hat: Hat
    card: str = ""


def require_two(actor: Actor) -> None:
    """Let only somebody through who signed in with two keys. Raises SecondFactorNeeded."""
    if actor.assurance < TWO_FACTORS:
        raise SecondFactorNeeded


def own_organisation(actor: Actor) -> Organisation:
    """Return the organisation this actor administers. Raises NotFound, SecondFactorNeeded."""
    if actor.organisation is None or not actor.may(Permission.PEOPLE_MANAGE):
        raise NotFound
    require_two(actor)
    return Organisation.objects.select_related("folder").get(ref=actor.organisation)


def _me(actor: Actor) -> Account:
    if actor.account is None:
        raise NotFound
    return Account.objects.get(ref=actor.account)


@transaction.atomic
def invite(
    actor: Actor,
    *,
    role: Role,
    called: str,
    shown_as: str,
    at: datetime,
    hat_until: date | None = None,
    position_id: int | None = None,
    ref: UUID | None = None,
) -> tuple[Invitation, str]:
    """Offer a role in the actor's organisation; return it and the code that is shown once.

    The same ``ref`` again gives the same offer with a new code: the first one was not seen. Raises
    NotFound, SecondFactorNeeded, RoleIsNotYoursToGive, LastDayHasPassed, InvitationDoesNotFit
    (taken or ended), in that order.
    """
    organisation = own_organisation(actor)
    if role not in OWN_ROLES:
        raise errors.RoleIsNotYoursToGive
    if hat_until is not None and hat_until < day_of(at):
        raise errors.LastDayHasPassed
    if ref and Invitation.objects.filter(ref=ref).exists():
        return _offered_again(actor, organisation, ref, at=at)
    position = None
    if position_id is not None:
        position = Position.objects.filter(organisation=organisation, pk=position_id).first()
        if position is None:
            raise NotFound
    code = codes.new_code()
    invitation = Invitation.objects.create(
        ref=ref or uuid4(),
        organisation=organisation,
        role=role.value,
        position=position,
        called=called,
        shown_as=shown_as,
        hat_until=hat_until,
        number=codes.new_code(codes.NUMBER_LETTERS),
        hash=make_password(code),
        made_by=_me(actor),
        made_at=at,
        until=at + rules.INVITATION_LASTS,
    )
    note(actor, Deed.MADE, folders=[organisation.folder_id], at=at, on=[invitation.ref])
    return invitation, f"{invitation.number}-{codes.shown(code)}"


def _offered_again(
    actor: Actor, organisation: Organisation, ref: UUID, *, at: datetime
) -> tuple[Invitation, str]:
    """Give an offer that this person just made another code: of the first only a hash is kept."""
    offers = Invitation.objects.filter(ref=ref, organisation=organisation, made_by=_me(actor))
    invitation = offers.first()
    if invitation is None:
        raise NotFound
    code = codes.new_code()
    waiting = offers.filter(used_at=None, ended_at=None)
    if not waiting.update(hash=make_password(code), tries=0):
        raise errors.InvitationDoesNotFit
    note(actor, Deed.CHANGED, folders=[organisation.folder_id], at=at, on=[invitation.ref])
    return invitation, f"{invitation.number}-{codes.shown(code)}"


def number_of(typed: str) -> str:
    """Return by which number the invitation of this code is found."""
    return codes.tidy(typed)[: codes.NUMBER_LETTERS]


def invitation_of(typed: str, *, at: datetime) -> Invitation:
    """Return the open invitation that this code is for; uses up nothing but a try.

    The same work whether it exists or not. Raises InvitationDoesNotFit.
    """
    tidy = codes.tidy(typed)
    number, code = tidy[: codes.NUMBER_LETTERS], tidy[codes.NUMBER_LETTERS :]
    still_open = Q(number=number, used_at=None, ended_at=None, until__gt=at)
    counted = Invitation.objects.filter(still_open, tries__lt=rules.MOST_TRIES).update(
        tries=F("tries") + 1
    )
    found = Invitation.objects.select_related("organisation__folder").filter(number=number).first()
    if found is None or not counted:
        make_password(code)
        raise errors.InvitationDoesNotFit
    if not check_password(code, found.hash):
        raise errors.InvitationDoesNotFit
    Invitation.objects.filter(pk=found.pk).update(tries=0)
    return found


@transaction.atomic
def take_invitation(
    invitation: Invitation,
    *,
    at: datetime,
    today: date,
    account: Account | None = None,
    username: str = "",
    password: str | None = None,
) -> Taken:
    """Make the account (or take the one given) and the hat that was offered: once.

    Without a password the account gets a card; its code is returned and kept nowhere.
    Raises InvitationDoesNotFit (also when the last day of the offered role has passed),
    NameIsTaken, HatAlreadyWorn.
    """
    if invitation.hat_until is not None and invitation.hat_until < today:
        raise errors.InvitationDoesNotFit
    new = account is None
    if account is None:
        account = _new_account(username, invitation.shown_as, password)
    hat = give_hat(
        account,
        Role(invitation.role),
        called=invitation.called,
        organisation=invitation.organisation,
        position=invitation.position,
        from_day=today,
        last_day=invitation.hat_until,
    )
    card = give_card(account, at=at) if new and password is None else ""
    if invitation.position_id:
        Position.objects.filter(pk=invitation.position_id, occupant=None).exclude(
            cover=account
        ).update(occupant=account)
    taken = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, ended_at=None, until__gt=at
    ).update(used_at=at, hat=hat)
    if not taken:
        raise errors.InvitationDoesNotFit
    folder = invitation.organisation.folder_id
    actor = actor_of(account, hat, assurance=1, house_folder=None)
    note(actor, Deed.HAT_GIVEN, folders=[folder], at=at, on=[invitation.ref, hat.ref])
    return Taken(account, hat, card)


def _new_account(username: str, shown_as: str, password: str | None) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create_user(username, password, shown_as=shown_as)
    except IntegrityError:
        raise errors.NameIsTaken from None


@transaction.atomic
def give_hat(
    account: Account,
    role: Role,
    *,
    called: str,
    from_day: date,
    organisation: Organisation | None = None,
    position: Position | None = None,
    within: UUID | None = None,
    place: str = "",
    last_day: date | None = None,
) -> Hat:
    """Make a hat; the caller decided that it may and writes the line.

    Raises LastDayHasPassed, HatAlreadyWorn.
    """
    if last_day is not None and last_day < from_day:
        raise errors.LastDayHasPassed
    held = Hat.objects.held_on(from_day).filter(
        account=account, role=role.value, organisation=organisation, within=within
    )
    if held.exists():
        raise errors.HatAlreadyWorn
    return Hat.objects.create(
        account=account,
        role=role.value,
        organisation=organisation,
        position=position,
        within=within,
        called=called,
        place=place,
        from_day=from_day,
        last_day=last_day,
    )


@transaction.atomic
def end_invitation(actor: Actor, invitation_id: int, *, at: datetime, today: date) -> None:
    """Take an offer back. Raises NotFound, SecondFactorNeeded, InvitationDoesNotFit."""
    organisation = own_organisation(actor)
    found = Invitation.objects.visible_to(actor, on=today).one(invitation_id, lock=True)
    ended = Invitation.objects.filter(pk=found.pk, used_at=None, ended_at=None).update(ended_at=at)
    if not ended:
        raise errors.InvitationDoesNotFit
    note(actor, Deed.REMOVED, folders=[organisation.folder_id], at=at, on=[found.ref])


@transaction.atomic
def end_hat(actor: Actor, hat_id: int, *, at: datetime, today: date) -> None:
    """End one role of somebody now; their sign-ins end too, here and everywhere.

    Raises NotFound, SecondFactorNeeded, HatIsOver, LastAdministrator.
    """
    organisation = own_organisation(actor)
    hat = Hat.objects.visible_to(actor, on=today).one(hat_id, lock=True)
    require(actor, Permission.PEOPLE_MANAGE, within=organisation.ref)
    _end_hats(actor, [hat], organisation, at=at, today=today)


@transaction.atomic
def end_person(actor: Actor, account_id: int, *, at: datetime, today: date) -> None:
    """End all roles of somebody in this organisation now; positions go to their cover.

    An account that is left without any role is closed, its cards with it. Raises NotFound,
    SecondFactorNeeded, LastAdministrator.
    """
    organisation = own_organisation(actor)
    hats = list(
        Hat.objects.visible_to(actor, on=today)
        .held_on(today)
        .filter(account_id=account_id)
        .order_by("id")
    )
    if not hats:
        raise NotFound
    _end_hats(actor, hats, organisation, at=at, today=today)


def _end_hats(
    actor: Actor,
    hats: list[Hat],
    organisation: Organisation,
    *,
    at: datetime,
    today: date,
) -> None:
    """End hats; who may read changes for the organisation and for what each hat was within."""
    for hat in hats:
        has_ended = hat.ended_at is not None and not hat.sleeps
        if has_ended or (hat.last_day is not None and hat.last_day < today):
            raise errors.HatIsOver
        last = min(hat.last_day or today, max(today, hat.from_day))
        hat.ended_at, hat.last_day, hat.sleeps = at, max(last, hat.from_day), False
        hat.save(update_fields=["ended_at", "last_day", "sleeps"])
    account_id = hats[0].account_id
    if not _administrators(organisation, today=today):
        raise errors.LastAdministrator
    _leave(account_id, organisation, at=at, today=today)
    end_sign_ins(account_id)
    note(
        actor,
        Deed.HAT_ENDED,
        folders=[organisation.folder_id],
        at=at,
        on=[hat.ref for hat in hats],
        rules_changed=[organisation.folder_id, *folders_within(hats)],
    )


def folders_within(hats: list[Hat]) -> list[int]:
    """Return the folders of the pilots these hats are for: they share their pilot's reference."""
    pilots = [hat.within for hat in hats if hat.within is not None]
    return list(Folder.objects.filter(ref__in=pilots).values_list("pk", flat=True))


def _administrators(organisation: Organisation, *, today: date) -> bool:
    return (
        Hat.objects.worn_on(today)
        .filter(organisation=organisation, role=Role.ADMINISTRATOR.value, account__is_active=True)
        .exists()
    )


def _leave(account_id: int, organisation: Organisation, *, at: datetime, today: date) -> None:
    """Empty the positions of somebody without a hat here; close an account without any hat."""
    left = Hat.objects.held_on(today).filter(account_id=account_id)
    if not left.filter(organisation=organisation).exists():
        here = Position.objects.filter(organisation=organisation)
        here.filter(occupant_id=account_id).update(occupant=None)
        here.filter(cover_id=account_id).update(cover=None)
    later = Hat.objects.filter(account_id=account_id, ended_at=None, from_day__gt=today)
    if not left.exists() and not later.exists():
        Account.objects.filter(pk=account_id).update(is_active=False)
        end_codes(account_id, at=at)


@transaction.atomic
def make_position(
    actor: Actor, *, called: str, phone: str, at: datetime, ref: UUID | None = None
) -> Position:
    """Add a function to the organisation, still empty; sent twice with one ``ref`` it is one.

    Raises NotFound, SecondFactorNeeded or SentBefore.
    """
    organisation = own_organisation(actor)
    wanted = Position(called=called, phone=phone)
    position, is_new = save_once(wanted, ref, organisation_id=organisation.pk)
    if is_new:
        note(actor, Deed.MADE, folders=[organisation.folder_id], at=at, on=[position.ref])
    return position


@transaction.atomic
def change_position(
    actor: Actor,
    position_id: int,
    *,
    called: str,
    phone: str,
    occupant_id: int | None,
    cover_id: int | None,
    at: datetime,
    today: date,
) -> Position:
    """Say how a function is called and reached, who does it and who covers.

    Both are people of this organisation, or nobody. What was said under its earlier name keeps it.

    Raises NotFound, SecondFactorNeeded, SamePerson.
    """
    organisation = own_organisation(actor)
    position = Position.objects.visible_to(actor, on=today).one(position_id, lock=True)
    if occupant_id is not None and occupant_id == cover_id:
        raise errors.SamePerson
    here = set(
        Hat.objects.worn_on(today)
        .filter(organisation=organisation)
        .values_list("account_id", flat=True)
    )
    if {occupant_id, cover_id} - {None} - here:
        raise NotFound
    position.called, position.phone = called, phone
    position.occupant_id, position.cover_id = occupant_id, cover_id
    position.save(update_fields=["called", "phone", "occupant", "cover"])
    folder = organisation.folder_id
    note(actor, Deed.CHANGED, folders=[folder], at=at, on=[position.ref], rules_changed=[folder])
    return position


@transaction.atomic
def new_card(actor: Actor, account_id: int, *, at: datetime, today: date) -> str:
    """Give somebody of this organisation a new card; the old one ends. Returns its code, once.

    Only for accounts that sign in without a password, and that a card alone gets no further
    than this organisation: a second key stands before the rest. Without one the roles that read
    families sleep (0015). Raises NotFound, SecondFactorNeeded, NotYourself, RoleElsewhere.
    """
    organisation = own_organisation(actor)
    account = _colleague(actor, account_id, today=today)
    if account.ref == actor.account:
        raise errors.NotYourself
    if account.has_usable_password():
        raise NotFound
    elsewhere = reaches_elsewhere(account.pk, organisation, today=today)
    if elsewhere.exists() and not has_second_key(account.pk):
        raise errors.RoleElsewhere
    asleep = [] if has_second_key(account.pk) else fall_asleep(account, at=at)
    card = give_card(account, at=at)
    end_sign_ins(account.pk)
    folder, on = organisation.folder_id, [account.ref, *(hat.ref for hat in asleep)]
    changed = [folder] if asleep else []
    note(actor, Deed.CHANGED, folders=[folder], at=at, on=on, rules_changed=changed)
    return card


@transaction.atomic
def end_card(actor: Actor, account_id: int, *, at: datetime, today: date) -> None:
    """End the card of somebody of this organisation. Raises NotFound, SecondFactorNeeded."""
    organisation = own_organisation(actor)
    account = _colleague(actor, account_id, today=today)
    end_codes(account.pk, at=at)
    end_sign_ins(account.pk)
    note(actor, Deed.REMOVED, folders=[organisation.folder_id], at=at, on=[account.ref])


def _colleague(actor: Actor, account_id: int, *, today: date) -> Account:
    hat = (
        Hat.objects.visible_to(actor, on=today)
        .held_on(today)
        .filter(account_id=account_id)
        .select_related("account")
        .first()
    )
    if hat is None:
        raise NotFound
    return hat.account


@transaction.atomic
def wear_hat(
    account: Account, ref: UUID, *, assurance: int, at: datetime, today: date
) -> tuple[Actor, Hat]:
    """Change into another hat; one line in the chain of its home. Raises HatIsOver."""
    hat = (
        Hat.objects.worn_on(today)
        .filter(account=account, ref=ref)
        .select_related("account", "organisation__folder", "position")
        .first()
    )
    if hat is None:
        raise errors.HatIsOver
    house = None if hat.organisation_id else house_folder(at=at).pk
    actor = actor_of(account, hat, assurance=assurance, house_folder=house)
    home = [] if actor.home_folder is None else [actor.home_folder]
    note(actor, Deed.ENTERED, folders=home, at=at, on=[hat.ref])
    return actor, hat
