"""What this room refuses, each as one plain sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SessionHasBegun(Refusal):
    """The agenda of a session is changed before it begins."""

    sentence = _("This session has begun. You can no longer change this.")


class SessionIsDone(Refusal):
    """A session that is over stays as it was."""

    sentence = _("This session is over. It stays as it was.")


class SessionIsNotOpen(Refusal):
    """On the evening first the session is begun."""

    sentence = _("This session has not begun. Press “Begin” first.")


class SessionIsTooFarAway(Refusal):
    """A day on which nobody plans."""

    sentence = _("Choose a day within two years from now.")
    status = 422


class ChooseWhoLeads(Refusal):
    """One or two people of the pilot lead a session."""

    sentence = _("Choose one or two people of this pilot. They lead the session.")
    status = 422


class AgendaIsTooLong(Refusal):
    """More parts than anybody does in an evening."""

    sentence = _("This agenda has twenty parts. Take one away first.")


class AgendaNeedsAPart(Refusal):
    """The last part stays."""

    sentence = _("An agenda has at least one part. Change this one.")


class TooManyPlaces(Refusal):
    """More people than one session takes."""

    sentence = _("A session has at most 60 places. Invite fewer people, or plan a second one.")


class SomebodyWasThere(Refusal):
    """An invitation that somebody answered or came on stays."""

    sentence = _("Somebody answered this invitation. So it stays.")


class CodeOpensNothing(Refusal):
    """A code that is wrong, old, or of a session that is over."""

    sentence = _("This code does not fit. Look at your letter and try again.")
    status = 422


class ThereIsNoAllowance(Refusal):
    """Nobody is paid while no amount stands at the session."""

    sentence = _("No amount is written here yet. Write it at the session first.")


class VouchersAreNotGiven(Refusal):
    """A session that gives money only."""

    sentence = _("There are no vouchers at this session. Choose money, or nothing.")


class AlreadyPaid(Refusal):
    """What was paid stays written down."""

    sentence = _("This was paid already. It stays written down.")


class SayWhoSaidIt(Refusal):
    """An amount without a source or with days the wrong way round."""

    sentence = _("Write who said it, and from when until when it holds.")
    status = 422
