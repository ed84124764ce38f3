"""What this room refuses, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class CircleIsClosed(Refusal):
    """A closed circle takes nothing new."""

    sentence = _("This circle is closed. Open it again first.")


class CircleRuns(Refusal):
    """Only a closed circle is opened again."""

    sentence = _("This circle is open. Go back and use it.")


class CoordinatorIsMissing(Refusal):
    """Every circle has a function with somebody in it, where a question goes last."""

    sentence = _("Choose somebody who looks after this circle. Ask the local team who that is.")
    status = 422


class NameIsMissing(Refusal):
    """A person or circle without a name."""

    sentence = _("Fill in a name. A first name is enough.")
    status = 422


class BirthDateDoesNotFit(Refusal):
    """A child is born on or before today and is not yet 18."""

    sentence = _("This date does not fit a child. Check the day, the month and the year.")
    status = 422


class AuthorityStated(Refusal):
    """What was said about somebody's authority stands until it is ended."""

    sentence = _("This is said already. Look at what stands there, and change that.")


class AuthorityIsOver(Refusal):
    """What ended is not seen, disputed or ended again."""

    sentence = _("This has ended. Say anew who decides about this child.")


class NotOfThisHome(Refusal):
    """Somebody who does not belong to this circle."""

    sentence = _("This person is not in this circle. Let them in first.")
    status = 422


class NobodyDecides(Refusal):
    """Nobody is known who may decide about this child."""

    sentence = _("We do not know who decides about this child. Fill that in first.")


class BasisIsMissing(Refusal):
    """The organisation has not agreed to take part, or its agreement ended."""

    sentence = _("This organisation does not take part yet. Ask its administrator to arrange that.")


class SeatNeedsAnEnd(Refusal):
    """Who stands beside a parent does so until a day."""

    sentence = _("Choose until which day this person helps.")
    status = 422


class DayIsOver(Refusal):
    """A last day that lies before the first one."""

    sentence = _("This day is over. Choose a later day.")
    status = 422


class SeatIsTaken(Refusal):
    """A seat is for one person, and one person has one seat in one place."""

    sentence = _("This seat is taken. Go back to see who has it.")


class SeatIsOver(Refusal):
    """A seat that ended."""

    sentence = _("This seat has ended. Offer a new one.")


class SeatCodeDoesNotFit(Refusal):
    """The code does not exist, is used, ended or is too old: never said which."""

    sentence = _(
        "This code does not fit, or works no more. Look at each letter, or ask for a new one."
    )
    status = 422


class SeatIsForSomebodyElse(Refusal):
    """The role in which this was opened does not fit the seat."""

    sentence = _("This seat is for somebody in another role. Change your role, or ask for help.")


class LastAtHome(Refusal):
    """A circle always has somebody of the family in it."""

    sentence = _("You are the last one at home here. Close the circle if you want to stop.")


class LooksAfterIt(Refusal):
    """Who looks after a circle is not asked to begin with it."""

    sentence = _("This person looks after the circle already. Choose somebody else.")
    status = 422


class NobodyWasAsked(Refusal):
    """An offer that was taken, declined or taken back is over."""

    sentence = _("Nobody is asked now. Open the page again to see who looks after this circle.")


class ThisWasSaid(Refusal):
    """That somebody left is looked into once at a time."""

    sentence = _("This was said already and is being looked into. You hear what comes of it.")


class GroundIsOver(Refusal):
    """The day until which it was asked has passed, or the circle of people changed."""

    sentence = _("This was asked for a time that has passed. Ask it again.")


class ThisMust(Refusal):
    """What the law decides is told, not asked."""

    sentence = _("This must be so by law. You can say what you think of it.")


class AskedAlready(Refusal):
    """The same was asked of the same people and still stands."""

    sentence = _("This was asked already. Go back to see what was said.")


class SayWhatFor(Refusal):
    """Nobody reads without a purpose."""

    sentence = _("Say in a few words what it is for.")
    status = 422


class LawIsNotKnown(Refusal):
    """A law that our list does not hold."""

    sentence = _("Choose the law by which this must.")
    status = 422


class NoPaperNow(Refusal):
    """The program that draws did not answer."""

    status = 503
    sentence = _("We cannot make this file now. Choose text, or try again later.")
