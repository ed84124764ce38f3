"""The first page of a professional: what waits, oldest first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from smartstart.circle import queries_work
from smartstart.web.circle.work_words import card_line
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def today(request: VisitorRequest) -> HttpResponse:
    """Show what waits for this professional, who works here too, and how much waits for others."""
    found = queries_work.today(request.reading)
    page = {
        "cards": [card_line(card, now=request.now) for card in found.cards],
        "colleagues": found.colleagues,
        "others": found.others,
        "on": request.today,
        "lead": _lead(len(found.cards)),
    }
    return render(request, "circle/today.html", page)


def _lead(count: int) -> str:
    if count == 0:
        return ""
    one = _("One question waits for you.")
    many = ngettext(
        "%(count)s question waits for you. The oldest is first.",
        "%(count)s questions wait for you. The oldest is first.",
        count,
    )
    return one if count == 1 else many % {"count": count}
