"""What this room refuses, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SomeoneWasFaster(Refusal):
    """Somebody else took a step since this question was opened, or it is not theirs to take."""

    sentence = _("Something changed with this question. Open it again to see who holds it now.")


class SayWhyNot(Refusal):
    """Declining without a reason."""

    sentence = _("Write in a few words why this is not for you.")
    status = 422
