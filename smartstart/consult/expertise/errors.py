"""What is refused about expertise and how people say it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class NoSuchExpertise(Refusal):
    """An expertise that the list does not have."""

    sentence = _("We do not know this expertise. Choose one from the list.")
    status = 422


class SaysWhoItIs(Refusal):
    """Words that would be kept for ever hold something that may say who it is about."""

    sentence = _("This may say who it is about. Write it so that it could be anybody.")
    status = 422


class CannotBeCheckedNow(Refusal):
    """Words are kept only when the whole check has looked at them."""

    sentence = _("We cannot check these words now. Try again in a few minutes.")


class TooManyOrNoWords(Refusal):
    """Everyday words are a short sentence."""

    sentence = _("Write one short sentence, as somebody would say it.")
    status = 422


class SaidAlready(Refusal):
    """The same words stand with this expertise already."""

    sentence = _("These words are there already. You do not have to do anything.")
