"""The page of a refusal: one sentence what, one what now, and what was typed is still there."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import VISITOR
from smartstart.access.permissions import Role
from smartstart.base.refusals import Refusal, TryLater
from smartstart.voices.errors import ConsentDoesNotReach
from smartstart.voices.refusals import TextIsNotChecked, ThereIsNoText

NEUTRAL: Final = frozenset({"story"})
NEUTRAL_FOR_VISITORS: Final = frozenset({"consult"})
FAMILY: Final = frozenset({Role.PARENT, Role.YOUNG_PERSON, Role.SUPPORTER})
NOT_GIVEN_BACK: Final = frozenset(
    {
        "csrfmiddlewaretoken",
        "code",
        "word",
        "secret",
        "credential",
        "seed",
        "unsent",
        "draft",
        "given",
        "next",
        "person",
        "hat",
        "step",
        "kind",
    }
)
# Where a refusal is mended: the name of a page, the word of the address it takes, and its link.
MENDED_AT: Final[dict[type[Refusal], tuple[str, str, str | Promise]]] = {
    ConsentDoesNotReach: ("voices:consent", "interview_id", _("Look what may be done")),
    TextIsNotChecked: ("voices:names", "interview_id", _("Check the names")),
    ThereIsNoText: ("voices:import_text", "interview_id", _("Bring in the text")),
}
SHORTEST: Final = 4  # characters; "yes" and "12" are chosen or counted, and soon given again
REFERENCE: Final = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody typed in the form that failed, in order, without secrets.

    Words that came sealed in the form stand first, as the view opened them (``sealed_words``).
    """
    if request.method != "POST":
        return []
    sealed: list[tuple[str, str]] = getattr(request, "sealed_words", [])
    return [*sealed, *_typed(request)]


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_GIVEN_BACK and "password" not in name
        for value in values
        if len(value.strip()) >= SHORTEST and not REFERENCE.fullmatch(value)
    ]


def came_from(request: HttpRequest) -> str:
    """Return the page of this house where somebody just was, or nothing.

    A form that posts to its own address stands there again; what refused a look does not.
    """
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return ""
    address = urlsplit(before)
    if address.path == request.path and request.method != "POST":
        return ""
    return f"{address.path}?{address.query}" if address.query else address.path


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a page of this house sent this form: another site's words are not shown here."""
    before = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(before).netloc == request.get_host()


def frame_of(request: HttpRequest) -> str:
    """Return in which frame to answer: a page of a family never tells what site this is."""
    match = request.resolver_match
    actor = getattr(request, "actor", VISITOR)
    neutral = NEUTRAL | NEUTRAL_FOR_VISITORS if actor.is_visitor else NEUTRAL
    is_neutral = match is not None and match.app_name in neutral
    return "family.html" if is_neutral or actor.role in FAMILY else "base.html"


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, and what stands in its head: a parent never opened "My story"."""
    is_family = getattr(request, "actor", VISITOR).role in FAMILY
    return {"frame": frame_of(request), "place": _("My circle") if is_family else ""}


def next_step(request: HttpRequest, refusal: Refusal) -> dict[str, Any] | None:
    """Return where this can be mended, for a refusal on a page of the same thing."""
    match = request.resolver_match
    where, word, words = MENDED_AT.get(type(refusal), ("", "", ""))
    if not where or match is None or word not in match.kwargs:
        return None
    return {"url": reverse(where, args=[match.kwargs[word]]), "words": words}


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the sentence of a refusal, under its status."""
    page = {"sentence": str(refusal), "status": refusal.status, "typed": typed(request)}
    page |= {"back": came_from(request), **_frame(request)}
    page["next"] = next_step(request, refusal)
    response = render(request, "errors/refusal.html", page, status=refusal.status)
    response["Cache-Control"] = "no-store, private"
    return response


def store_is_gone_page(request: HttpRequest) -> HttpResponse:
    """Answer that the store cannot be reached: asks it nothing, gives back what was typed."""
    page = {"sentence": str(TryLater()), "status": TryLater.status, "typed": typed(request)}
    page |= _frame(request)
    response = HttpResponse(render_to_string("errors/refusal.html", page), status=TryLater.status)
    response["Cache-Control"] = "no-store, private"
    response["Retry-After"] = "60"
    return response


def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Send somebody who signed in with one key to where the second is asked.

    A form that came in is shown with its send button: the second key is made in another tab.
    """
    from django.shortcuts import redirect

    from smartstart.web.people import unsent

    if request.method == "POST":
        return unsent.page(request, unsent.form_of(request), needs_key=True)
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('people:second_key')}?{back}")
