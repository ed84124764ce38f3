"""What making a persona, a moment on the road or a target may be refused for."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SayWhatItIs(Refusal):
    """A name or a sentence is missing."""

    sentence = _("A sentence is missing. Write it and send again.")
    status = 422


class TraitNeedsAVoice(Refusal):
    """A trait without somebody who said so."""

    sentence = _("Choose who said this. Without a voice it is a guess, and we do not keep it.")
    status = 422


class NoYesToThis(Refusal):
    """A moment of somebody who did not say yes to laying roads side by side."""

    sentence = _("This person did not say yes to this. Ask first, then add the moment.")


class CardIsMade(Refusal):
    """A phone makes the first card of who holds it; who holds it next makes none in its place."""

    sentence = _("You have a card already. Is it lost? Ask the person who leads for a new one.")
