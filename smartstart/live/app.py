"""What granian serves beside the pages: one stream per phone, as server-sent events.

Plain ASGI without Django's handling of requests; Django is set up for its store only.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.core import signing  # noqa: E402

from smartstart.design.boards_rules import change_number  # noqa: E402
from smartstart.live.watch import Listener, Watch  # noqa: E402

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BEAT_SECONDS: Final = 15
RETRY_MILLISECONDS: Final = 1_000
MOST_WAITING: Final = 200
SCREEN_HOURS: Final = 12

watch = Watch()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection: a stream for who takes part, else nothing."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    origin = _allowed(headers)
    listener = _listener(scope, headers)
    if listener is None or scope["method"] != "GET":
        await _nothing(send, origin)
        return
    await _stream(listener, receive, send, origin)


def _listener(scope: Scope, headers: dict[str, str]) -> Listener | None:
    """Return who asks to listen; None when the address or the cookie makes no sense."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    parts = [part for part in str(scope["path"]).split("/") if part]
    try:
        board = UUID(parts[-1]) if parts else None
    except ValueError:
        board = None
    if board is None:
        return None
    since = change_number(headers.get("last-event-id", "") or asked.get("since", ["0"])[0])
    screen = asked.get("screen", [""])[0]
    if screen:
        is_ours = _is_screen(screen, board)
        return Listener(board, "", since, _nobody, is_screen=True) if is_ours else None
    token = _cookie(headers.get("cookie", ""))
    return Listener(board, token, since, _nobody) if token else None


def _is_screen(ticket: str, board: UUID) -> bool:
    try:
        told = signing.loads(ticket, salt="board-screen", max_age=SCREEN_HOURS * 3600)
    except signing.BadSignature:
        return False
    return bool(told == str(board))


async def _stream(listener: Listener, receive: Receive, send: Send, origin: str) -> None:
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def give(told: dict[str, Any] | None) -> None:
        loop.call_soon_threadsafe(news.put_nowait, told)

    listener.give = give
    await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
    await send(_chunk(f"retry: {RETRY_MILLISECONDS}\n\n"))
    watch.add(listener)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await _pass_on(news, send, gone)
    finally:
        watch.leave(listener)
        gone.cancel()


async def _pass_on(
    news: asyncio.Queue[dict[str, Any] | None], send: Send, gone: asyncio.Future[None]
) -> None:
    """Send what comes until it is over, the phone is gone, or it takes in nothing any more."""
    while not gone.done() and news.qsize() < MOST_WAITING:
        try:
            told = await asyncio.wait_for(news.get(), BEAT_SECONDS)
        except TimeoutError:
            await send(_chunk(": here\n\n"))
            continue
        if told is None:
            break
        await send(_chunk(event(told)))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def event(told: dict[str, Any]) -> str:
    """Return news as one server-sent event; its id is the number to go on from."""
    number = f"id: {told['number']}\n" if "number" in told else ""
    name = "event: over\n" if told.get("over") else ""
    return f"{number}{name}data: {json.dumps(told, separators=(',', ':'))}\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            watch.stop()
            return


async def _nothing(send: Send, origin: str) -> None:
    """Answer 204: a browser then stops asking by itself."""
    await send({"type": "http.response.start", "status": 204, "headers": _headers(origin)})
    await send({"type": "http.response.body", "body": b""})


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    told = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store, private"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if origin:
        told += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"origin"),
        ]
    return told


def _allowed(headers: dict[str, str]) -> str:
    """Return the origin when it is the pages' own: the same host on the port of the pages."""
    origin = headers.get("origin", "")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return origin
    try:
        page, here = urlsplit(origin), urlsplit(f"//{headers.get('host', '')}")
        same = page.hostname is not None and page.hostname == here.hostname
        is_ours = same and page.port == settings.SMARTSTART_PORT
    except ValueError:
        return ""
    return origin if is_ours and page.hostname in settings.ALLOWED_HOSTS else ""


def _cookie(header: str) -> str:
    try:
        jar: SimpleCookie = SimpleCookie(header)
    except CookieError:
        return ""
    found = jar.get(settings.BOARD_COOKIE_NAME)
    return found.value[:64] if found else ""


def _chunk(text: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


def _nobody(told: dict[str, Any] | None) -> None:
    """Stand in until the stream is open."""
