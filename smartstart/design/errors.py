"""What this room refuses, each as one plain sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SessionHasBegun(Refusal):
    """The agenda of a session is changed before it begins."""

    sentence = _("This session has begun. You can no longer change this.")
