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


class EnoughFiles(Refusal):
    """One text holds a few files at most."""

    sentence = _("There are already %(most)s files here. Take one away first.")
    status = 422


class NoMoreRoom(Refusal):
    """What is kept of one person stays small."""

    sentence = _("There is no more room for files here. Take one away that is no longer needed.")
    status = 422


class TooMuchAtOnce(Refusal):
    """More than one answer can carry."""

    sentence = _("This is too much for one file. Take the files one by one, where they stand.")
