"""What the operations of this room refuse, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class StoryWasTakenBack(Refusal):
    """The person took the story back."""

    sentence = _(
        "This story was taken back and its words are gone. You do not have to do anything here."
    )
    status = 410


class SayHowToShowThem(Refusal):
    """A person without words for who said it: a quote would stand there alone."""

    sentence = _("Say how we may call this person, without a name. For example: mother, 34 years.")
    status = 422


class NameStandsInIt(Refusal):
    """Words for who said it that hold this person's name: they stand beside every quote."""

    sentence = _("The name of this person stands in it. Write for example: mother, 34 years old.")
    status = 422


class UseIsNeeded(Refusal):
    """Quoting or sharing without using, or nothing at all."""

    sentence = _("Tick “use” as well. If that is not allowed, take the whole story back.")
    status = 422


class KeptTooShort(Refusal):
    """A last day before today."""

    sentence = _("Choose a day that is still to come.")
    status = 422


class KeptTooLong(Refusal):
    """A last day further away than a story is ever kept."""

    sentence = _(
        "We keep a story at most %(years)s years. Choose a day until and including %(day)s."
    )
    status = 422


class TalkIsTooFarAway(Refusal):
    """A conversation of long ago, or one for which nobody can make an appointment yet."""

    sentence = _(
        "This day cannot be right. Look at the year: choose a day from %(first)s to %(last)s."
    )
    status = 422


class ThePersonChoseLess(Refusal):
    """The team writes down more than the person themself chose on their own page."""

    sentence = _(
        "This person chose less on their own page. Let the person change it there, with the card."
    )


class TextIsAlreadyWorkedOn(Refusal):
    """Another file for an interview of which the text is already checked or coded."""

    sentence = _("The text of this conversation is already in use. Plan a new conversation for it.")


class NamesAreReleased(TextIsAlreadyWorkedOn):
    """Deciding about names in a text that was released for coding."""

    sentence = _("The names in this text are checked already. You can code it now.")


class ProposalsAreNotReady(Refusal):
    """The names are still being looked for."""

    sentence = _(
        "We are still looking for names in this text. Wait a minute and open this page again."
    )


class ListOfNamesIsNotReady(Refusal):
    """Looking for names again while the helper has no tables."""

    sentence = _("The list of names is not ready yet. Try again in a few minutes.")


class NotEverythingIsDecided(Refusal):
    """Some proposed pseudonyms were not looked at."""

    sentence = _("Not every proposal has an answer yet: %(left)s left. Answer these first.")


class SayThatYouChecked(Refusal):
    """Finishing without saying that one read the text."""

    sentence = _("Read the whole text once. Then tick that you checked it.")
    status = 422


class TextIsNotChecked(Refusal):
    """Coding before a person checked the pseudonyms."""

    sentence = _("The names in this text are not checked yet. Do that first, then start coding.")


class StretchesOverlap(Refusal):
    """A new pseudonym on a stretch that has one."""

    sentence = _("A part of this is replaced already. Choose other words.")
    status = 422


class ThereIsNoText(Refusal):
    """Coding a conversation of which no text was brought in."""

    sentence = _("This conversation has no text yet. Bring the text in first, then start coding.")


class CodeNameIsTaken(Refusal):
    """Two codes of one name, or none."""

    sentence = _("Give the code a name that no other code has.")
    status = 422


class CodeCannotGoThere(Refusal):
    """A code under or into itself, or into one that is gone."""

    sentence = _("This code cannot go into that one. Choose another code.")
    status = 422


class RoundIsOpen(Refusal):
    """Two rounds at once on one text."""

    sentence = _("People are already coding this text. Finish that first.")


class ChooseOneOrTwoCoders(Refusal):
    """No coder, three coders, or somebody who does not work in this pilot."""

    sentence = _("Choose one or two people of this pilot who will code.")
    status = 422


class YouDoNotCodeHere(Refusal):
    """Somebody of the pilot who is not a coder in this round."""

    sentence = _("You are not one of the coders of this text. Ask who opened it.")
    status = 403


class YouWereReady(Refusal):
    """Coding after saying that one is ready."""

    sentence = _(
        "You said that you are ready, so your codes stay as they are. Talk it over when "
        "you look together."
    )


class WorkIsOneAlready(YouWereReady):
    """Choosing or merging after the work was merged."""

    sentence = _("This work is one already. Open the text to see the result.")


class EveryoneIsStillHere(Refusal):
    """Going on without a coder while every coder still has their role."""

    sentence = _("Every coder of this text still works here. Ask who is not ready yet.")


class NotEveryoneIsReady(Refusal):
    """Looking at differences before both are ready."""

    sentence = _("The other is not ready yet. Wait for that; then you see each other's work.")


class DifferencesAreOpen(Refusal):
    """Merging before all was talked over."""

    sentence = _(
        "There are still %(left)s differences to talk over. Choose for each of them first."
    )


class NoSuchDifference(Refusal):
    """A choice that does not fit what the two coders did."""

    sentence = _("This difference is not there. Open the page again and choose again.")


class QuoteIsNotYetAnswered(Refusal):
    """Publishing a quote that the person was not asked about, or did not answer."""

    sentence = _("Somebody did not say yes to these words yet. Ask them, or wait for the answer.")


class WordsHaveChanged(Refusal):
    """Saying yes to words that are no longer the ones that are asked about."""

    sentence = _("These words have just changed. Go back, read them again and answer again.")


class TheDayHasPassed(Refusal):
    """Who told the story says something after the last day on which it may be used."""

    sentence = _(
        "The last day for your story has passed. Choose a new day first, or leave it as it is."
    )


class CardDoesNotOpen(Refusal):
    """A wrong code or a wrong word: the same answer for both."""

    sentence = _(
        "This code and this word do not belong together. Look at your card and try once more."
    )
    status = 422


class CardIsClosedForAWhile(Refusal):
    """Too many wrong tries."""

    sentence = _(
        "This was tried too often, so your card is closed for a while. Try again later, "
        "or ask for a new card."
    )
    status = 429


class WordIsTooShort(Refusal):
    """A second word that is easy to guess."""

    sentence = _("Choose a word of at least four letters.")
    status = 422


class NothingAtHome(Refusal):
    """A letter to somebody who did not choose post."""

    sentence = _("This person does not want a letter at home. Look how they want to hear it.")


class WriteSomething(Refusal):
    """An empty message."""

    sentence = _("Write a few words first.")
    status = 422
