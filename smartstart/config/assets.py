"""Styles, script and pictures: files whose name holds their digest, kept one year by browsers.

Read once at the start into memory (half a megabyte), packed where that helps. A name without
a digest is not served: what changes gets another name.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

YEAR: Final = "public, max-age=31536000, immutable"
PACKED: Final = frozenset({".css", ".js", ".svg", ".json", ".txt"})
WORTH_PACKING: Final = 1000  # bytes


class Assets:
    """Answers below ``/static/`` and at ``/alive``; hands everything else on."""

    def __init__(self, inner: Application, *, below: str, folder: Path) -> None:
        self._inner, self._below = inner, below
        self._files = {below + name: _File(folder / name) for name in _hashed(folder)}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path == "/alive":
            start("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
            return [b"alive\n"]
        if not path.startswith(self._below):
            return self._inner(environ, start)
        found = self._files.get(path)
        if found is None or environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            start("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return []
        return found.answer(environ, start)


class _File:
    def __init__(self, path: Path) -> None:
        self._kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".woff2":
            self._kind = "font/woff2"
        self._plain = path.read_bytes()
        packs = path.suffix in PACKED and len(self._plain) > WORTH_PACKING
        self._packed = gzip.compress(self._plain, mtime=0) if packs else None

    def answer(self, environ: Environ, start: Start) -> Iterable[bytes]:
        body, headers = self._plain, self._headers()
        if self._packed is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = self._packed
            headers.append(("Content-Encoding", "gzip"))
        start("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _headers(self) -> list[tuple[str, str]]:
        headers = [
            ("Content-Type", self._kind),
            ("Cache-Control", YEAR),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        ]
        return [*headers, ("Vary", "Accept-Encoding")] if self._packed is not None else headers


def _hashed(folder: Path) -> list[str]:
    manifest = folder / "staticfiles.json"
    if not manifest.exists():
        return []
    return sorted(set(json.loads(manifest.read_text())["paths"].values()))
