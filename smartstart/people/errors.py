"""What people are told when something with accounts, hats or codes cannot be done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class CodeDoesNotFit(Refusal):
    """Name and code do not belong together, or the code is over: never said which."""

    sentence = _("This name and this code do not fit. Look at your card and try again.")
    unlock = _("This does not fit. Try again, or sign in anew.")
    status = 422


class InvitationDoesNotFit(Refusal):
    """The invitation does not exist, is used, was ended or is too old: never said which."""

    sentence = _(
        "This code does not fit, or works no more. Look at your paper, or ask for a new one."
    )
    status = 422


class NameIsTaken(Refusal):
    """User names are for one person each."""

    sentence = _("Somebody already uses this user name. Choose another one.")
    status = 422


class RoleIsNotYoursToGive(Refusal):
    """An organisation gives only its own roles."""

    sentence = _("You cannot give this role. Ask the programme office.")
    status = 403


class HatAlreadyWorn(Refusal):
    """One hat per role and place."""

    sentence = _("This person already has this role. You do not need to do anything.")


class AccountIsClosed(Refusal):
    """Who left all roles comes back under a new user name: nobody acts under an old one."""

    sentence = _("This account is closed. Choose a new user name, or let an administrator invite.")


class LastDayHasPassed(Refusal):
    """A role that would end before it begins."""

    sentence = _("This day has passed. Choose today or a later day.")
    status = 422


class NotYourself(Refusal):
    """Some things need somebody else."""

    sentence = _("You cannot do this for yourself. Ask a colleague.")
    status = 403


class LastAdministrator(Refusal):
    """An organisation keeps one administrator at least."""

    sentence = _("You are the last administrator. First invite somebody else.")


class SamePerson(Refusal):
    """A cover is somebody else than the occupant."""

    sentence = _("The cover must be somebody else. Choose another person.")
    status = 422


class RestoreIsOver(Refusal):
    """Restoring is done within thirty minutes, once."""

    sentence = _("This took longer than 30 minutes, or it is done already. Start again together.")


class SecondPersonNeeded(Refusal):
    """Two different people confirm, and neither is the person it is for."""

    sentence = _("A second colleague must do this, with their own sign-in.")
    status = 403


class SomebodyOfThereNeeded(Refusal):
    """Two people of one organisation do not open what a pilot or another organisation trusts."""

    sentence = _("This person also has a role elsewhere. Somebody of there must confirm this.")
    status = 403


class RoleElsewhere(Refusal):
    """A card alone would open what a pilot or another organisation trusts to this person."""

    sentence = _("This person also has a role elsewhere. Use “lost phone”, together with them.")
    status = 403


class HatIsOver(Refusal):
    """A role that ended cannot be worn."""

    sentence = _("This role has ended. Choose another one.")


class TextIsForSomebodyElse(Refusal):
    """An unsent form opens only for the account that typed it."""

    sentence = _("This text belongs to another sign-in. Sign in as the person who wrote it.")
    status = 403


class TextIsTooOld(Refusal):
    """An unsent form is kept two hours."""

    sentence = _("This text was kept for two hours. Please type it again.")
    status = 410
