"""Headers that every answer carries and Django has no setting for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from smartstart.web.answers import SENSORS

HEADERS: Final = {
    "Permissions-Policy": SENSORS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
PUBLIC: Final = frozenset({"X-Robots-Tag"})


class Headers:
    """Adds them; an answer that set one itself keeps its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and name what the page may not use and who may not embed it."""
        response = self._get_response(request)
        kept = "no-store" in response.get("Cache-Control", "")
        for name, value in HEADERS.items():
            if name not in PUBLIC or kept:
                response.setdefault(name, value)
        return response
