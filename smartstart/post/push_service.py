"""The service of a browser's maker: which addresses are one, and one empty message to it.

A browser tells where it can be reached, so the address is a stranger's word. It must be https, of
a service that the settings name, on the ordinary port; and when it is called every address of that
name must be public. The connection goes to the very address that was looked at, follows nothing,
and reads no more of the answer than its number. Decision 0021.
"""

from __future__ import annotations

import ssl
from http.client import HTTPSConnection
from ipaddress import IPv6Network, ip_address
from socket import SOCK_STREAM, create_connection, getaddrinfo, socket
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from smartstart.post import rules
from smartstart.post.errors import NotABrowser

PATIENCE: Final = 5.0  # seconds
HTTPS: Final = 443
UNICAST: Final = IPv6Network("2000::/3")
# Within it: addresses that hide one of the older kind, which may be anything.
HIDING: Final = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))


class NotPublic(OSError):  # noqa: N818 - a place, not a fault of ours
    """A name of a service leads to a place that is not on the public internet."""


def service_of(endpoint: str) -> SplitResult:
    """Return the parts of an address that a browser told. Raises NotABrowser."""
    if len(endpoint) > rules.LONGEST_ENDPOINT or not endpoint.isascii():
        raise NotABrowser
    if any(one.isspace() or not one.isprintable() for one in endpoint):
        raise NotABrowser
    try:
        parts = urlsplit(endpoint)
        port = parts.port or HTTPS
    except ValueError:
        raise NotABrowser from None
    is_plain = parts.scheme == "https" and not parts.fragment and "@" not in parts.netloc
    if not is_plain or not _is_service(parts.hostname or "", port):
        raise NotABrowser
    return parts


def _is_service(host: str, port: int) -> bool:
    receiver = receiver_of_tests()
    if receiver is not None:
        return (host, port) == (receiver["host"], receiver["port"])
    known = settings.PUSH_SERVICES
    return port == HTTPS and any(host == one or host.endswith(f".{one}") for one in known)


def receiver_of_tests() -> dict[str, object] | None:
    """Return the receiver that a test listens at; never outside an example (settings.py)."""
    return settings.PUSH_RECEIVER if settings.SMARTSTART_EXAMPLE else None


def is_public(address: str) -> bool:
    """Whether this is an address on the public internet."""
    found = ip_address(address.partition("%")[0])
    if found.version == 6 and (found not in UNICAST or any(found in one for one in HIDING)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class Service(HTTPSConnection):
    """One call to a service: connected first, so that nothing is begun that cannot be said."""

    def __init__(self, parts: SplitResult) -> None:
        self._trust = _trust()
        super().__init__(
            parts.hostname or "", parts.port or HTTPS, timeout=PATIENCE, context=self._trust
        )

    def connect(self) -> None:
        """Connect to an address that was looked at. Raises OSError, NotPublic among them."""
        plain = _connected(self.host, self.port)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)

    def knock(self, parts: SplitResult, *, authorization: str, lives: int) -> int:
        """Send the empty message and return the number of the answer.

        ``lives``: seconds for which the service keeps it for a device that is off. Raises OSError,
        HTTPException.
        """
        headers = {
            "Authorization": authorization,
            "TTL": str(lives),
            "Topic": "waits",  # a later one takes its place: one is enough
            "Urgency": "normal",
            "Content-Length": "0",
        }
        path = parts.path or "/"
        self.request("POST", f"{path}?{parts.query}" if parts.query else path, headers=headers)
        return self.getresponse().status


def _trust() -> ssl.SSLContext:
    receiver = receiver_of_tests()
    return ssl.create_default_context(cafile=str(receiver["trusts"]) if receiver else None)


def _connected(host: str, port: int) -> socket:
    found = [str(entry[4][0]) for entry in getaddrinfo(host, port, type=SOCK_STREAM)]
    if receiver_of_tests() is None and not all(is_public(one) for one in found):
        raise NotPublic(host)
    return create_connection((found[0], port), timeout=PATIENCE)


def origin_of(parts: SplitResult) -> str:
    """Return what the token is made out to."""
    port = f":{parts.port}" if parts.port and parts.port != HTTPS else ""
    return f"https://{parts.hostname}{port}"
