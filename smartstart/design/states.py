"""The five steps, how a session stands, and the small choices of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The five steps of designing together, in order."""

    EMPATHISE = "inleven", _("empathise")
    DEFINE = "definieren", _("define")
    IDEATE = "ideeen", _("ideas")
    PROTOTYPE = "prototype", _("prototype")
    TEST = "testen", _("test")


class SessionState(models.TextChoices):
    """How a session stands: it goes forward only."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("going on now")
    DONE = "done", _("has been")


class Answer(models.TextChoices):
    """What somebody said to an invitation."""

    UNKNOWN = "unknown", _("no answer yet")
    YES = "yes", _("comes")
    NO = "no", _("does not come")


class AllowanceForm(models.TextChoices):
    """In which form somebody wants the allowance: the person chooses."""

    MONEY = "money", _("money")
    VOUCHER = "voucher", _("voucher")
    NOTHING = "nothing", _("rather nothing")


class Per(models.TextChoices):
    """For which time an amount holds."""

    ONCE = "once", _("per time")
    MONTH = "month", _("per month")
    YEAR = "year", _("per year")


class SpokenLanguage(models.TextChoices):
    """In which language a session is held; by its ISO 639 code."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    TIGRINYA = "ti", _("Tigrinya")
    SOMALI = "so", _("Somali")
