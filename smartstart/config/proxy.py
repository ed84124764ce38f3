"""From where a visitor comes, when a proxy of our own stands in between."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class Proxy:
    """Outermost middleware: the address that the proxy saw takes the place of the proxy's own.

    Without it every visitor would share one brake, so one of them shuts the door for all, and
    the ledger would say that everybody came from this computer. Only the last address counts:
    that one the proxy itself added, those before it a visitor can make up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if settings.SMARTSTART_BEHIND_PROXY:
            seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            if _is_address(seen):
                request.META["REMOTE_ADDR"] = seen
        return self._get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
