"""What a form makes is made once, however often the form is sent."""

from __future__ import annotations

from django.db import models


class SentOnce(models.Model):
    """A row that a form makes: ``ref`` is from the form, ``sent_by`` the account that sent it.

    Both are None on a row that no form made. The unique ``ref`` decides between two sends.
    """

    ref = models.UUIDField(null=True, unique=True, editable=False)
    sent_by = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True
