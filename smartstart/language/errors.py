"""What the dictionary refuses, as sentences for a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import NotAllowed, Refusal


class MeaningIsThere(Refusal):
    """A term has one meaning per field."""

    sentence = _("This word already has a meaning in this field. Change that one.")


class WordIsThere(Refusal):
    """A word stands once in the dictionary."""

    sentence = _("This word is in the dictionary already. Open it to propose something else.")


class ItTellsWho(Refusal):
    """Words for everybody hold no number or address of somebody."""

    sentence = _("There is a phone number, mail address or BSN in it. Take it out, then send it.")
    status = 422


class ProposalIsDecided(Refusal):
    """A proposal gets one answer."""

    sentence = _("This proposal has an answer already. You do not have to do anything.")


class MeaningIsSigned(Refusal):
    """A signature is put once."""

    sentence = _("This meaning is signed already. You do not have to do anything.")


class MeaningHasChanged(Refusal):
    """Somebody changed the text while it was read."""

    sentence = _("Somebody just changed this meaning. Read it again before you sign.")


class NotOfThisField(NotAllowed):
    """A meaning is signed by somebody who works in its field."""

    sentence = _("Only somebody who works in this field can sign this. Ask a colleague there.")
