"""What the library refuses, as sentences for a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class WriteBoth(Refusal):
    """A question without an answer, or the other way round."""

    sentence = _("Write the question and the answer.")
    status = 422


class ItIsACopy(Refusal):
    """The text was taken from the exchange instead of written anew."""

    sentence = _("Some words are the same as in the question. Say it anew, for everybody.")
    status = 422


class NotAnsweredByYou(Refusal):
    """Who did not answer the question writes nothing about it."""

    sentence = _("Only who answered this question can do this.")
    status = 403


class ItTellsWho(Refusal):
    """A number or an address of somebody stands in what everybody would read."""

    sentence = _("A number or address of somebody stands in it. Take it out.")
    status = 422
