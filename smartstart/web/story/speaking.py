"""The pages of one's own story in the language one chose: kept while the story is open, no longer.

The house speaks Dutch and English everywhere; these pages speak a few languages more. What is not
translated stands in Dutch.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from smartstart.thread.models import Translated
from smartstart.web.story.session import LANGUAGE
from smartstart.web.visit import VisitorRequest

SPOKEN: Final = (("nl", "Nederlands"), *Translated.Language.choices)


def speak(request: VisitorRequest) -> None:
    """Answer this request in the language that was chosen here; else as the house does."""
    chosen = request.session.get(LANGUAGE)
    if chosen in dict(SPOKEN):
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen


@require_POST
def choose(request: VisitorRequest) -> HttpResponse:
    """Keep the language somebody chose, while this browser is here."""
    chosen = request.POST.get("language", "")
    if chosen in dict(SPOKEN):
        request.session[LANGUAGE] = chosen
    return redirect("story:open")
