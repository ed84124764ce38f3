"""The choices of this room: what its rows can be. Values are for ever."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskerKind(models.TextChoices):
    """Who asks, as far as it is told."""

    PARENT = "parent", _("a parent")
    YOUNG_PERSON = "young_person", _("a young person")
    PROFESSIONAL = "professional", _("a professional")
    SOMEBODY = "somebody", _("somebody else")


class RemarkKind(models.TextChoices):
    """What somebody wrote in an exchange."""

    ANSWER = "answer", _("answer")
    ASK_BACK = "ask_back", _("asked back")
    REACTION = "reaction", _("reaction of who asked")
    ADVICE = "advice", _("thought along")
    THANKS = "thanks", _("thanks")


class TurnKind(models.TextChoices):
    """What happened to a question."""

    ASKED = "asked", _("asked")
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("picked up")
    PROMISED = "promised", _("calls today")
    DECLINED = "declined", _("declined")
    GIVEN_BACK = "given_back", _("given to who looks after it")
    DRAWN_IN = "drawn_in", _("asked somebody to think along")
    ANSWERED = "answered", _("answered")
    ASKED_BACK = "asked_back", _("asked back")
    CONFIRMED = "confirmed", _("helped")
    REOPENED = "reopened", _("not helped yet")
    TO_CIRCLE = "to_circle", _("goes on in a circle")
