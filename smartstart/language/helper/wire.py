"""How a message goes over the socket: four bytes that tell its length, then JSON."""

from __future__ import annotations

import json
import struct
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

LENGTH = struct.Struct(">I")
MOST_ASKED = 2 * 1024 * 1024  # bytes of one question
MOST_ANSWERED = 16 * 1024 * 1024  # bytes of one answer


class BrokenMessageError(Exception):
    """What came over the socket is no message: too long, cut off or not JSON."""


def packed(message: dict[str, Any], *, most: int) -> bytes:
    """Make the bytes of a message. Raises BrokenMessageError when there are more than ``most``."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(body) > most:
        raise BrokenMessageError("too long")
    return LENGTH.pack(len(body)) + body


def send(line: socket.socket, message: bytes, *, until: float) -> None:
    """Send packed bytes before the moment ``until`` (monotonic). Raises OSError."""
    line.settimeout(_left(until))
    line.sendall(message)


def receive(line: socket.socket, *, most: int, until: float) -> dict[str, Any]:
    """Receive one message before the moment ``until``. Raises OSError or BrokenMessageError."""
    (length,) = LENGTH.unpack(_exactly(line, LENGTH.size, until=until))
    if length > most:
        raise BrokenMessageError("too long")
    body = _exactly(line, length, until=until)
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise BrokenMessageError("not JSON") from None
    if not isinstance(message, dict):
        raise BrokenMessageError("not an object")
    return message


def _exactly(line: socket.socket, count: int, *, until: float) -> bytes:
    parts, missing = [], count
    while missing:
        line.settimeout(_left(until))
        part = line.recv(min(missing, 1 << 20))
        if not part:
            raise BrokenMessageError("cut off")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
