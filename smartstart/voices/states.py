"""The choices of this room: what its rows can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartstart.voices.rules import Layer

__all__ = ["Choice", "InterviewState", "Layer", "ProposalState", "QuoteState", "TellBy"]


class InterviewState(models.TextChoices):
    """How far an interview is."""

    PLANNED = "planned", _("planned")
    TOLD = "told", _("told")
    WITHDRAWN = "withdrawn", _("taken back")


class TellBy(models.TextChoices):
    """How somebody wants to hear what was done with the story."""

    NOTHING = "nothing", _("nothing at home")
    POST = "post", _("by post")
    PHONE = "phone", _("on my phone")
    MAIL = "mail", _("by mail")


class ProposalState(models.TextChoices):
    """What a person said about a proposed pseudonym."""

    PROPOSED = "proposed", _("not looked at yet")
    CONFIRMED = "confirmed", _("replaced")
    REJECTED = "rejected", _("left as it is")


class Choice(models.TextChoices):
    """Which of two codings stay after a difference was talked over."""

    FIRST = "first", _("the first")
    SECOND = "second", _("the second")
    BOTH = "both", _("both")
    NEITHER = "neither", _("none")


class QuoteState(models.TextChoices):
    """What the interviewee said about being quoted with these words."""

    ASKED = "asked", _("asked")
    APPROVED = "approved", _("approved")
    CHANGED = "changed", _("changed")
    REFUSED = "refused", _("rather not")
