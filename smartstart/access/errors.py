"""What the door answers when it says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SecondFactorNeeded(Refusal):
    """What families told is read with two factors only."""

    sentence = _("For this page you need your second key. Sign in with it and come back.")
    status = 403


class TooLong(Refusal):
    """More text than the field may hold."""

    sentence = _("This text is too long. Make it shorter than %(most)s characters.")
    status = 422


class NotText(Refusal):
    """Half a surrogate pair: no character of any script, and nothing can store it."""

    sentence = _("This text holds a sign that cannot be kept. Type it again without that sign.")
    status = 422


class ChainIsBroken(Exception):  # noqa: N818 - a finding of verify, not shown to visitors
    """The ledger does not say what it said when it was written."""


class NotYetOldEnough(Refusal):
    """Lines are kept five years from the day they were written."""

    sentence = _("Lines of the ledger stay at least five years. Choose an earlier day.")
