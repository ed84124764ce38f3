"""What the programme refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class NobodyTakesProposals(Refusal):
    """No region has a programme office yet."""

    sentence = _("Nobody can take your question here yet. Call your municipality instead.")


class AlreadyAnswered(Refusal):
    """A proposal is answered once."""

    sentence = _("This proposal already has an answer. Open the list again.")


class ReasonMissing(Refusal):
    """A reason is part of the deed."""

    sentence = _("Say why, in one sentence. Others read it later.")
    status = 422


class NoSuchEvidence(Refusal):
    """The checklist has no such item."""

    sentence = _("This is not on the list. Choose one from the list.")
    status = 422


class AlreadyThere(Refusal):
    """The item was marked before."""

    sentence = _("This is already marked. Open the page again.")


class NotThere(Refusal):
    """Nothing to take back."""

    sentence = _("This is not marked now. Open the page again.")


class LessonsWait(Refusal):
    """Lessons of earlier pilots are answered before a pilot goes on."""

    sentence = _("Lessons of other pilots still wait. Answer them first.")


class DayIsTooFar(Refusal):
    """A deviation lasts half a year at most."""

    sentence = _("Choose a day between today and half a year from now.")
    status = 422


class SameQuestion(Refusal):
    """A new version says something else."""

    sentence = _("This is the question that holds now. Change the words first.")
    status = 422


class DayHasPassed(Refusal):
    """Something is asked for a day to come."""

    sentence = _("This day has passed. Choose today or a later day.")
    status = 422


class AlreadyInTeam(Refusal):
    """One person has a role in a pilot once."""

    sentence = _(
        "This person already has this role in the pilot. Choose somebody else, or another role."
    )


class LastLeader(Refusal):
    """A pilot has one person who leads it, at every instant."""

    sentence = _("A pilot needs a leader. Add the new leader first.")


class AlreadyDecided(Refusal):
    """A decision is taken once."""

    sentence = _("This was already decided. Open the page again.")


class AlreadySaid(Refusal):
    """A request for figures is answered once."""

    sentence = _("This request already has an answer. Open the page again.")


class LessonDoesNotFit(Refusal):
    """A lesson is answered by another pilot that reached its step."""

    sentence = _("This lesson is not for this pilot, or was answered before.")


class NotInThisState(Refusal):
    """A pilot is proposed, accepted, running, closed; in that order."""

    sentence = _("The pilot is not at that point. Open its page again.")


class AddressTaken(Refusal):
    """Two pilots have two addresses."""

    sentence = _("Another pilot already has this name. Choose another short name.")
    status = 422


class FigureIncomplete(Refusal):
    """No figure without its uncertainty."""

    sentence = _(
        "Say between which numbers it lies, the source and the year. Or say why not known."
    )
    status = 422


class FigureLiesElsewhere(Refusal):
    """A number lies between its own lowest and highest."""

    sentence = _("The number does not lie between the two you gave. Look at all three.")
    status = 422


class FigureOfLater(Refusal):
    """Nothing was counted in a year that has yet to come."""

    sentence = _("This year has yet to come. Write the year of the source.")
    status = 422


class MoreHeardThanTookPart(Refusal):
    """Nobody hears back who did not take part."""

    sentence = _("More people heard back than took part. Look at both numbers.")
    status = 422


class NameMissing(Refusal):
    """A name has letters."""

    sentence = _("A name has letters. Write it again.")
    status = 422


class CodeDoesNotFit(Refusal):
    """A municipality has a code of four figures."""

    sentence = _("A code is GM and four figures, for example GM0855.")
    status = 422
