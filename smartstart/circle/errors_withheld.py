"""What is refused around withholding, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class SayWhyApart(Refusal):
    """Nothing is withheld, kept longer or opened without a reason."""

    sentence = _("Say why, in your own words. Only the two of you can read it.")
    status = 422


class NeedsASecond(Refusal):
    """Two people with a function in this circle withhold, never one."""

    sentence = _("Choose a second person with a place in this circle. You cannot do this alone.")
    status = 422


class FamilyWouldNotice(Refusal):
    """The family wrote it, answered it or may have seen it: taking it away would show."""

    sentence = _(
        "The family may have seen this already and would notice. Call Veilig Thuis: 0800-2000."
    )


class AskedApart(Refusal):
    """Somebody asked another already whether this goes apart: one question at a time."""

    sentence = _("This was asked already. Wait for that answer, or talk to who wrote it.")


class TheOtherDecides(Refusal):
    """Who proposes does not also confirm, and what is decided is decided."""

    sentence = _("This waits for the other, or it is settled already. Open the page again.")


class LookAgainSooner(Refusal):
    """At most 28 days until the two look at it again."""

    sentence = _("Choose a day within four weeks from now.")
    status = 422


class LookAgainFirst(Refusal):
    """Nothing more is kept apart by who did not look again in time."""

    sentence = _("Look again first at what you keep apart already. The day for it has passed.")
