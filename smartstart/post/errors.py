"""What the post answers when it says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class NotAnAddress(Refusal):
    """The words are no mail address."""

    sentence = _("This is not a mail address. Look at it again, for example name@place.nl.")
    status = 422


class NotABrowser(Refusal):
    """What a browser told is no address of a service that this house calls."""

    sentence = _(
        "This browser gave no address that notices can go to. Try another browser, or choose mail."
    )
    status = 422
