"""What is answered when nothing else can be."""

from __future__ import annotations

import logging
import sys
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from smartstart.base.refusals import NotFound
from smartstart.web.refusal_page import refusal_page

log = logging.getLogger("smartstart.web")

TRY_LATER: Final = 503
BROKEN: Final = 500


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that nobody has."""
    return refusal_page(request, NotFound())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody foresaw: needs no database and tells nothing of the error.

    When the store did not answer the page says so (503), else 500.
    """
    gone = isinstance(sys.exc_info()[1], DatabaseError)
    name, status = ("errors/503.html", TRY_LATER) if gone else ("errors/500.html", BROKEN)
    response = HttpResponse(render_to_string(name), status=status)
    response["Cache-Control"] = "no-store, private"
    return response
