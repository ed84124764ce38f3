"""Example pages exist only here: on this computer, in a database marked example.

Three locks, each enough to keep the pages shut: the setting, where the request comes from and
for whom it was meant, and the mark in the database itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Concatenate, Final, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from smartstart.base.refusals import NotFound
from smartstart.people.example import is_marked
from smartstart.web.visit import View, VisitorRequest

P = ParamSpec("P")

LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
PASSED_ON: Final = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")


def is_example(request: HttpRequest) -> bool:
    """Whether example pages exist for this request. One query, and only when the rest is so."""
    return settings.SMARTSTART_EXAMPLE and is_from_here(request) and is_marked()


def is_from_here(request: HttpRequest) -> bool:
    """Whether somebody at this computer asked this computer, with nobody in between."""
    name, _ = split_domain_port(request.get_host())
    passed_on = any(header in request.headers for header in PASSED_ON)
    return name in LOCAL_NAMES and not passed_on and _is_loopback(request.META.get("REMOTE_ADDR"))


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def example_only(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponse],
) -> View[P]:
    """Let the view exist in an example only; elsewhere it is an address that nobody has."""

    @wraps(view)
    def inside(request: VisitorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_example(request):
            raise NotFound
        return view(request, *args, **kwargs)

    inside.example_only = True  # type: ignore[attr-defined] # read by the house tests
    return cast(View[P], inside)
