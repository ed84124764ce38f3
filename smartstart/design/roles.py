"""In which role somebody takes part in a design session; boards and mirror share it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantRole(models.TextChoices):
    """In which role somebody takes part: chosen by the person, equal in worth."""

    PARENT = "parent", _("parent")
    YOUNG_PERSON = "young_person", _("young person")
    PROFESSIONAL = "professional", _("professional")
    REPRESENTATIVE = "representative", _("client representative")
