"""The closed lists of words that pilots and places are described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VindplaatsKind(models.TextChoices):
    """What sort of place it is where children and families are found."""

    PRIMARY_SCHOOL = "primary_school", _("primary school")
    CHILD_CENTRE = "child_centre", _("child centre")
    FOOD_BANK = "food_bank", _("food bank")
    MIDWIFERY = "midwifery", _("midwife practice")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    MUNICIPALITY = "municipality", _("whole municipality")
    OTHER = "other", _("another place")


class State(models.TextChoices):
    """Where a pilot is between a proposal and its end."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")


class RequestState(models.TextChoices):
    """What came of asking for figures."""

    ASKED = "asked", _("asked")
    GOT = "got", _("received")
    REFUSED = "refused", _("refused")


class Side(models.TextChoices):
    """From which side somebody took part."""

    PARENT = "parent", _("parents")
    YOUNG = "young", _("children and young people")
    PROFESSIONAL = "professional", _("professionals")
    REPRESENTATIVE = "representative", _("representatives")


class Answer(models.TextChoices):
    """What a new pilot did with a lesson."""

    USED = "used", _("used")
    NOT_USED = "not_used", _("not used")
    WRONG = "wrong", _("wrong here")


BEFORE_IT_IS_A_PILOT = (State.PROPOSED, State.DECLINED)
