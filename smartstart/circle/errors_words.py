"""What is refused around words, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class WriteSomething(Refusal):
    """A text without words."""

    sentence = _("Write something first. One line is enough.")
    status = 422


class NotYourWords(Refusal):
    """Only who wrote something corrects it; the family writes its own side beside it."""

    sentence = _("Somebody else wrote this. Write your own side beside it.")
    status = 403


class LookAgainLater(Refusal):
    """A day to look again, or before which something is done, lies ahead."""

    sentence = _("This day is over. Choose a later day.")
    status = 422


class ItHasEnded(Refusal):
    """What ended takes nothing new."""

    sentence = _("This has ended. Make a new agreement.")
