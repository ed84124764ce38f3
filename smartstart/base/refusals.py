"""A refusal: the one way in which the house says no, as a sentence for a person."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - "a refusal" is the word of the house
    """Something asked may not or cannot be done; ``sentence`` says so and what to do next.

    ``status`` is what an edge answers with. Values for placeholders in the sentence
    are passed as keywords and kept in ``details``; they never hold a person's name.
    """

    sentence: ClassVar[str | Promise] = _("This cannot be done now. Go back and try again.")
    status: ClassVar[int] = 409

    def __init__(self, **details: object) -> None:
        super().__init__(type(self).__name__)
        self.details = details

    def __str__(self) -> str:
        sentence = str(self.sentence)
        return sentence % self.details if self.details else sentence


class NotFound(Refusal):
    """What you may not see does not exist."""

    sentence = _("We cannot find this page. Go back, or start again at your first page.")
    status = 404


class NotAllowed(Refusal):
    """You may see it; you may not do this to it."""

    sentence = _("You cannot do this in your role. Ask the person who leads this.")
    status = 403


class OnlyByForm(Refusal):
    """An address that takes a form was opened as if it were a page."""

    sentence = _("This address only works with a button. Go back and use the button there.")
    status = 405


class RulesChanged(Refusal):
    """Who may read this changed while the answer was made."""

    sentence = _("Something changed just now. Open the page again.")
    status = 409


class TryLater(Refusal):
    """The store cannot be reached or is full; nothing was kept half."""

    sentence = _("We cannot save or open this right now. Try again in a minute.")
    status = 503
