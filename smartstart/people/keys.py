"""Signing in without allauth's own keys: cards, codes after a lost phone, and ending sign-ins."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q

from smartstart.access.actor import TWO_FACTORS, Actor, require
from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Permission, Role
from smartstart.base import codes
from smartstart.base.brake import HOUR, Brake, give_back
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people import errors, rules
from smartstart.people.models import (
    OWN_ROLES,
    Account,
    Code,
    CodeKind,
    Hat,
    HatQuerySet,
    Organisation,
    Restore,
    SignIn,
)

SIGN_INS_KEPT = timedelta(days=2)
READS_FAMILIES: Final = frozenset(
    role.value for role in (Role.PROFESSIONAL, Role.PARENT, Role.YOUNG_PERSON, Role.SUPPORTER)
)
BRAKES: Final = (
    Brake("card-quarter", rules.MOST_TRIES),
    Brake("card-day", 4 * rules.MOST_TRIES, seconds=24 * HOUR),
)


def give_card(account: Account, *, at: datetime) -> str:
    """Give an account a new card, inside the caller's transaction; return its code, shown once."""
    return _new_code(account, CodeKind.CARD, at=at, lasts=rules.CARD_LASTS)


def _new_code(account: Account, kind: CodeKind, *, at: datetime, lasts: timedelta) -> str:
    end_codes(account.pk, at=at)
    code = codes.new_code()
    Code.objects.create(
        account=account, kind=kind, hash=make_password(code), made_at=at, until=at + lasts
    )
    return codes.shown(code)


def end_codes(account_id: int, *, at: datetime) -> None:
    """End the card or code of an account, inside the caller's transaction."""
    Code.objects.filter(account_id=account_id, ended_at=None).update(ended_at=at)


def account_with_code(username: str, typed: str, *, at: datetime) -> tuple[Account, CodeKind]:
    """Return whose name and code these are. A code after a lost phone is used up by it.

    The same answer and the same work (one hash) whatever does not fit: no such name, no code, a
    wrong one, one that ended. A wrong try is counted before the code is looked at, so many at once
    count too. After ten in a quarter of an hour, or forty in a day, no code of this name opens
    anything until that stretch is over; the code itself stays good. Raises CodeDoesNotFit.
    """
    typed, name = codes.tidy(typed), username.strip().lower()
    code = (
        Code.objects.filter(
            account__username=name, account__is_active=True, ended_at=None, until__gt=at
        )
        .select_related("account")
        .first()
    )
    places = _places(name, at=at)
    if code is None or not places:
        make_password(typed)
        raise errors.CodeDoesNotFit
    if not check_password(typed, code.hash):
        raise errors.CodeDoesNotFit
    give_back(*places)
    if code.kind == CodeKind.RESTORE:
        _use_up(code, at=at)
    return code.account, CodeKind(code.kind)


def _places(name: str, *, at: datetime) -> tuple[str, ...]:
    """Take a place in every brake on this user name; nothing when one of them is shut."""
    taken = tuple(brake.take(name, now=at) for brake in BRAKES)
    if all(taken):
        return taken
    give_back(*filter(None, taken))
    return ()


@transaction.atomic
def _use_up(code: Code, *, at: datetime) -> None:
    """Use the code after a lost phone, once: the lost keys and all sign-ins go with it."""
    used = Code.objects.filter(pk=code.pk, ended_at=None).update(used_at=at, ended_at=at)
    if not used:
        raise errors.CodeDoesNotFit
    Authenticator.objects.filter(user=code.account).delete()
    end_sign_ins(code.account.pk)
    code.account.refresh_from_db(fields=["keys_version"])  # the sign-in that follows is new
    vouched = _office_vouched(code.account, at=at)
    asleep = [] if vouched else fall_asleep(code.account, at=at)
    actor = Actor(role=Role.VISITOR, account=code.account.ref, person=code.account.person)
    places = {hat.organisation.folder_id for hat in asleep if hat.organisation}
    folders = [house_folder(at=at).pk, *sorted(places)]
    on = [code.account.ref, *(hat.ref for hat in asleep)]
    note(actor, Deed.RESTORED, folders=folders, at=at, on=on, rules_changed=sorted(places))


def fall_asleep(account: Account, *, at: datetime) -> list[Hat]:
    """Let the roles that read families sleep, inside the caller's transaction; return them (0015).

    Whoever gives somebody a way in could else read families as that person, under that name.
    """
    worn = Hat.objects.worn_on(day_of(at)).filter(account=account, role__in=READS_FAMILIES)
    hats = list(worn.select_related("organisation").order_by("id"))
    worn.update(ended_at=at, sleeps=True)
    return hats


def _office_vouched(account: Account, *, at: datetime) -> bool:
    """Whether one of the two of the last restore is of the programme office."""
    last = Restore.objects.filter(account=account, confirmed_at__isnull=False)
    found = last.order_by("-confirmed_at", "-id").first()
    if found is None:
        return False
    office = Hat.objects.worn_on(day_of(at)).filter(role=Role.PROGRAMME_OFFICE.value)
    return office.filter(account__in=[found.asked_by_id, found.confirmed_by_id]).exists()


def begin_sign_in(
    account: Account, *, session_key: str, form_secret: str, device: str, at: datetime
) -> SignIn:
    """Remember a sign-in, so that its owner sees and ends it; forget those long over."""
    SignIn.objects.filter(began_at__lt=at - SIGN_INS_KEPT).delete()
    SignIn.objects.filter(session_key=session_key).delete()
    return SignIn.objects.create(
        account=account,
        session_key=session_key,
        form_mark=form_mark(form_secret),
        device=device,
        began_at=at,
    )


def is_over(
    now: datetime, *, began: datetime, seen: datetime, idle: timedelta, whole: timedelta
) -> bool:
    """Whether a sign-in has ended by the clock."""
    return rules.has_gone_quiet(now, began=began, seen=seen, idle=idle, whole=whole)


def form_mark(secret: str) -> str:
    """Return the digest by which the forms of one sign-in are known."""
    return sha256(b"smartstart form mark" + secret.encode()).hexdigest()


def end_sign_ins(account_id: int) -> None:
    """End every sign-in of an account at once, inside the caller's transaction.

    The version in the account makes every session's hash wrong, so also one that is just being
    written ends; the rows go as well.
    """
    Account.objects.filter(pk=account_id).update(keys_version=F("keys_version") + 1)
    keys = SignIn.objects.filter(account_id=account_id).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


@transaction.atomic
def end_other_sign_ins(account: Account, *, session_key: str) -> None:
    """End all sign-ins of an account but this one; the caller renews this session's hash.

    What is known of them stays for two days: it tells whose form comes in from there.
    """
    keys = (
        SignIn.objects.filter(account=account)
        .exclude(session_key=session_key)
        .values_list("session_key", flat=True)
    )
    Session.objects.filter(session_key__in=list(keys)).delete()
    Account.objects.filter(pk=account.pk).update(keys_version=F("keys_version") + 1)


def move_sign_in(account: Account, *, was: str, session_key: str) -> None:
    """Remember a sign-in under the new key that its session got."""
    SignIn.objects.filter(account=account, session_key=was).update(session_key=session_key)


@transaction.atomic
def end_everywhere(account: Account) -> None:
    """End every sign-in of an account, this one too."""
    end_sign_ins(account.pk)


@transaction.atomic
def end_sign_in(account: Account, sign_in_id: int) -> None:
    """End one of one's own sign-ins; whose form it was stays known. Raises NotFound."""
    found = SignIn.objects.filter(account=account, pk=sign_in_id).first()
    if found is None:
        raise NotFound
    Session.objects.filter(session_key=found.session_key).delete()


def reaches_elsewhere(account_id: int, organisation: Organisation, *, today: date) -> HatQuerySet:
    """Return the hats of somebody that this organisation does not give.

    Those of a pilot, of another organisation, or of the region.
    """
    held = Hat.objects.held_on(today).filter(account_id=account_id)
    return held.exclude(organisation=organisation, within=None, role__in=OWN_ROLES)


def has_second_key(account_id: int) -> bool:
    """Whether a card or password alone does not get anybody into this account."""
    return second_keys(account_id) > 0


def second_keys(account_id: int) -> int:
    """Return how many apps and passkeys stand before what an account may read."""
    second = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: int = Authenticator.objects.filter(user_id=account_id, type__in=second).count()
    return found


def _require_two(actor: Actor) -> None:
    if actor.assurance < TWO_FACTORS:
        raise SecondFactorNeeded


def _within(actor: Actor) -> Organisation:
    if actor.organisation is None or actor.account is None:
        raise NotFound
    _require_two(actor)
    return Organisation.objects.get(ref=actor.organisation)


def _vouches(actor: Actor, restore: Restore, *, today: date) -> bool:
    """Whether this second person may speak for everything that the account reaches.

    An organisation makes its own accounts, so two of those may be one person. Who also has a
    role in a pilot or at another organisation is vouched for by somebody of there, or by the
    programme office; who is the programme office, by a project leader too.
    """
    elsewhere = reaches_elsewhere(restore.account_id, restore.organisation, today=today)
    if not elsewhere.exists() or actor.may(Permission.PILOT_ACCEPT):
        return True
    there = Q(organisation__ref=actor.organisation) & ~Q(organisation=restore.organisation)
    if actor.within is not None:
        there |= Q(within=actor.within)
    if actor.may(Permission.PILOT_LEAD):
        there |= Q(role=Role.PROGRAMME_OFFICE.value)
    return elsewhere.filter(there).exists()


def _me(actor: Actor) -> Account:
    if actor.account is None:
        raise NotFound
    return Account.objects.get(ref=actor.account)


@transaction.atomic
def ask_restore(actor: Actor, account_id: int, *, at: datetime, today: date) -> Restore:
    """Begin giving somebody of this organisation access again, together with a second person.

    Raises NotFound, SecondFactorNeeded, NotAllowed, NotYourself.
    """
    organisation = _within(actor)
    hat = (
        Hat.objects.held_on(today)
        .filter(organisation=organisation, account_id=account_id, account__is_active=True)
        .select_related("account")
        .first()
    )
    if hat is None:
        raise NotFound
    require(actor, Permission.PEOPLE_RESTORE, within=organisation.ref)
    if hat.account.ref == actor.account:
        raise errors.NotYourself
    Restore.objects.filter(account_id=account_id, confirmed_at=None, ended_at=None).update(
        ended_at=at
    )
    restore = Restore.objects.create(
        account=hat.account,
        organisation=organisation,
        asked_by=_me(actor),
        asked_at=at,
        until=at + rules.RESTORE_LASTS,
    )
    on = [restore.ref, hat.account.ref]
    note(actor, Deed.RESTORED, folders=[organisation.folder_id], at=at, on=on, why="asked")
    return restore


@transaction.atomic
def confirm_restore(actor: Actor, restore_id: int, *, at: datetime, today: date) -> str:
    """Be the second person: return the code that gets this person in, once, for 30 minutes.

    Raises NotFound, SecondFactorNeeded, NotYourself, SecondPersonNeeded, SomebodyOfThereNeeded,
    RestoreIsOver.
    """
    me = _me(actor)
    visible = Restore.objects.visible_to(actor, on=today).select_related("organisation")
    restore = visible.one(restore_id, lock=True)
    organisation = restore.organisation
    _require_two(actor)
    if me.pk == restore.account_id:
        raise errors.NotYourself
    if me.pk == restore.asked_by_id:
        raise errors.SecondPersonNeeded
    if not _vouches(actor, restore, today=today):
        raise errors.SomebodyOfThereNeeded
    confirmed = (
        Restore.objects.filter(pk=restore.pk).open_at(at).update(confirmed_by=me, confirmed_at=at)
    )
    still_here = Hat.objects.held_on(today).filter(
        organisation=organisation, account_id=restore.account_id, account__is_active=True
    )
    if not confirmed or not still_here.exists():
        raise errors.RestoreIsOver
    code = _new_code(restore.account, CodeKind.RESTORE, at=at, lasts=rules.RESTORE_LASTS)
    on = [restore.ref, restore.account.ref, restore.asked_by.ref]
    note(actor, Deed.RESTORED, folders=[organisation.folder_id], at=at, on=on, why="confirmed")
    return code


def hide_names(account: Account, *, hidden: bool) -> None:
    """Hide or show names on this person's screens: for when others look along."""
    Account.objects.filter(pk=account.pk).update(names_hidden=hidden)
