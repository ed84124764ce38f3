"""What is answered when nothing else can be."""

from __future__ import annotations

import logging
import sys
from typing import Final

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.web.refusal_page import refusal_page

log = logging.getLogger("smartstart.web")

TRY_LATER: Final = 503
BROKEN: Final = 500
BAD: Final = 400
SENTENCES: Final[dict[type[Exception], str]] = {
    DisallowedHost: "Deze site heeft een ander adres. Kijk of je het goed typte,"
    " of vraag het aan wie het je gaf.",
    RequestDataTooBig: "Dit is te veel om in één keer te sturen. Maak het kleiner.",
}
ELSE: Final = "Wat je stuurde, kunnen we niet lezen. Ga terug en probeer het nog eens."


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that nobody has."""
    return refusal_page(request, NotFound())


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what a part of somebody else's making refuses: in our words."""
    return refusal_page(request, NotAllowed())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody foresaw: needs no database and tells nothing of the error.

    When the store did not answer the page says so (503), else 500.
    """
    gone = isinstance(sys.exc_info()[1], DatabaseError)
    name, status = ("errors/503.html", TRY_LATER) if gone else ("errors/500.html", BROKEN)
    return _plain_page(name, {"sent": request.method == "POST"}, status)


def does_not_fit(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what came to an address that is not ours, or in a shape we do not take.

    Asks nothing of the request: its host cannot be trusted. In Dutch, with one line of English.
    """
    for kind, sentence in SENTENCES.items():
        if isinstance(exception, kind):
            return _plain_page("errors/400.html", {"sentence": sentence}, BAD)
    return _plain_page("errors/400.html", {"sentence": ELSE}, BAD)


def _plain_page(template: str, page: dict[str, object], status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template, page), status=status)
    response["Cache-Control"] = "no-store, private"
    return response
