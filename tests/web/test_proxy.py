"""Behind our own proxy each visitor has a brake of their own; without one nobody makes it up."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from smartstart.config.proxy import Proxy


@pytest.mark.parametrize(
    ("behind", "said", "comes_from"),
    [
        (True, "192.0.2.9", "192.0.2.9"),
        (True, "203.0.113.1, 192.0.2.9", "192.0.2.9"),
        (True, "192.0.2.9, 2001:db8::1", "2001:db8::1"),
        (True, "192.0.2.9, <script>", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "192.0.2.9", "127.0.0.1"),
    ],
)
def test_from_where_somebody_comes(
    settings: Any, rf: RequestFactory, behind: bool, said: str, comes_from: str
) -> None:
    settings.SMARTSTART_BEHIND_PROXY = behind
    request = rf.get("/", HTTP_X_FORWARDED_FOR=said)
    Proxy(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == comes_from
