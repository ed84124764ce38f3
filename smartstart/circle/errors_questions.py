"""What is refused around questions, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class WriteYourQuestion(Refusal):
    """A question without a title or words."""

    sentence = _("Write your question first. One line is enough.")
    status = 422


class WriteYourAnswer(Refusal):
    """An answer without words."""

    sentence = _("Write your answer first. One line is enough.")
    status = 422


class NotInThisCircle(Refusal):
    """A question goes to somebody with a place in this circle, or to who looks after it."""

    sentence = _("This person is not in this circle. Choose somebody else, or let them in first.")
    status = 422


class BroughtAlready(Refusal):
    """A question without a name was brought to a family that did not say yes or no yet."""

    sentence = _("You asked the family already. It goes on there when they say yes.")


class AskYourself(Refusal):
    """Somebody asks or offers it to themselves."""

    sentence = _("Choose somebody else. You cannot give this to yourself.")
    status = 422


class AttachedElsewhere(Refusal):
    """What is attached lies in the same part as the question: nothing crosses to another."""

    sentence = _("You can only add what stands in the same part. Write the rest in your question.")
    status = 422


class NotYours(Refusal):
    """Somebody else acts on this question now."""

    sentence = _("Somebody else takes care of this question now. You do not have to do anything.")


class ItIsDone(NotYours):
    """An answered or closed question waits for nobody."""

    sentence = _("This question is done already. You do not have to do anything.")


class TheFamilyThinks(Refusal):
    """The family was asked whether this may be read, and did not say yes yet."""

    sentence = _("The family did not say yes yet. You can read it when they do.")


class TheFamilySaidNo(Refusal):
    """The family does not want that this person reads it."""

    sentence = _("The family does not want this person to read it. Choose somebody else.")


class YouMayNotRead(Refusal):
    """Nobody holds what they may not read."""

    sentence = _("You may not read this now. Give it back, or give it on to somebody else.")


class NobodyToTakeOver(Refusal):
    """Who looks after the circle cannot hand over when nobody covers."""

    sentence = _("Nobody can take this over yet. Ask your organisation for a cover today.")


class ItRests(Refusal):
    """Somebody asked that no organisation does anything with this for now (AVG 18)."""

    sentence = _("The family asked to do nothing with this for now. Call them if it cannot wait.")
