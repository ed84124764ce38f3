"""The public half of the key for notices: what a page gives a browser, and nothing else of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings

PUBLIC_FILE: Final = "push.pub"


def public_key() -> str:
    """Return the key in base64url; "" while the tasks part has not made one yet."""
    try:
        return (Path(settings.SIGNING_DIR) / PUBLIC_FILE).read_text()
    except FileNotFoundError:
        return ""
