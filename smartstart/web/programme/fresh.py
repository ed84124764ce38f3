"""Public pages are asked again each time, and made again only when something changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from smartstart.web.visit import VisitorRequest


@lru_cache(maxsize=1)
def look() -> str:
    """Return a mark of the templates and words in use: another release makes other pages."""
    files = sorted(path for end in ("*.html", "*.mo") for path in (settings.PACKAGE).rglob(end))
    stamps = "".join(f"{path.name}{path.stat().st_mtime_ns}" for path in files)
    return sha256(stamps.encode()).hexdigest()[:12]


def words_of(request: VisitorRequest, row: Model) -> str:
    """Let the page explain words by the dictionary of this row, and return which one it is.

    The row came with it (``language.queries.with_edition``): so a page asks nothing more for it.
    """
    request.words_edition = getattr(row, "words_edition", None)
    return str(request.words_edition)


def answer(request: VisitorRequest, version: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer "not changed" when the visitor has this version already, else the page with its tag.

    The tag holds what the page depends on besides ``version``: the day, the language, the release,
    and the cookie that the forms in its footer belong to. Signed-in answers carry no tag.
    """
    if request.account is not None or not request.actor.is_visitor or "messages" in request.COOKIES:
        return make()
    parts = (
        version,
        request.today.isoformat(),
        get_language() or "",
        look(),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
    )
    tag = f'"{sha256("|".join(parts).encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged if isinstance(unchanged, HttpResponse) else make()
    response["ETag"] = tag
    return response
