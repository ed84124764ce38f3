"""What this room refuses, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class CannotTieThese(Refusal):
    """Ties rise from voices and figures to findings, inside one pilot."""

    sentence = _(
        "These two cannot be tied. Choose what it came from: a voice, a figure or an earlier step."
    )
    status = 422


class RestsOnWithdrawn(Refusal):
    """Something below was taken back by the person who told it."""

    sentence = _("This rests on a voice that was taken back. Look again whether this still holds.")


class GapIsNotExplained(Refusal):
    """A concept without a voice or a figure, and no reason given."""

    sentence = _(
        "A voice or a figure is missing below this. Add it, or write down why it is missing."
    )


class NothingIsMissing(Refusal):
    """A reason for a gap that is not there."""

    sentence = _("This is not missing here. You do not need to give a reason.")


class RestsOnNothing(Refusal):
    """It has nothing below it that stands."""

    sentence = _("Nothing stands below this. Tie a voice or a figure to it first.")


class PilotIsNotPublic(Refusal):
    """Publishing in a pilot that the public cannot see."""

    sentence = _("This pilot is not public yet. Let it be accepted first.")


class TitleIsMissing(Refusal):
    """A thing without a title, or a concept without a goal."""

    sentence = _("Write a title first. A concept also needs a goal.")
    status = 422


class WordsAreBorrowed(Refusal):
    """Publishing a thing that still stands in the words in which somebody said it."""

    sentence = _("This still stands in somebody's own words. Write it in yours, then publish.")
