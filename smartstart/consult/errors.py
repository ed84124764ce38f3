"""What this room refuses, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class WriteYourQuestion(Refusal):
    """A question without words."""

    sentence = _("Write your question first. One sentence is enough.")
    status = 422


class WriteYourAnswer(Refusal):
    """An answer, question or reaction without words."""

    sentence = _("Write a line first.")
    status = 422


class ChooseWhom(Refusal):
    """Nobody chosen, too many, or somebody who cannot be asked."""

    sentence = _("Choose one, two or three people who may think along.")
    status = 422


class NobodyLooksAfterIt(Refusal):
    """No Team op Maat was named: a question could be left alone."""

    sentence = _("We cannot take questions yet. Call Veilig Thuis: 0800-2000, it is free.")


class NotYours(Refusal):
    """A deed of who acts on a question, by somebody else."""

    sentence = _("Somebody else does this now. Open the question again to see who.")


class NobodyToTakeOver(Refusal):
    """Who looks after it gives it back, and there is nobody after that."""

    sentence = _("Nobody can take this over from you. Give it to somebody by name.")


class ItIsOver(Refusal):
    """Something is said in an exchange that is answered or closed."""

    sentence = _("This question is answered. Say “not yet” to go on.")


class WentOnOrIsOver(ItIsOver):
    """A question that is closed is brought to a circle: it went there before, or it is over."""

    sentence = _("This question is closed, or goes on in a circle already. Look there.")


class ItIsClosed(ItIsOver):
    """Something is said in an exchange that is closed."""

    sentence = _("This question is closed. Ask a new one, or call who helped you.")


class CodeDoesNotOpen(Refusal):
    """A code that opens nothing: wrong, or of a question that is gone."""

    sentence = _("This code opens nothing. Look at each letter, then try again.")
    status = 422


class DraftDoesNotOpen(Refusal):
    """A draft of more than two hours ago, or of another browser: it is kept nowhere."""

    sentence = _("Your question was open too long. Write your question again.")
    status = 410


class WordsDoNotOpen(Refusal):
    """Something said after the question, of more than two hours ago or of another browser."""

    sentence = _("This was open too long. Write it again.")
    status = 410
