"""What somebody types cannot turn the words around it: one place for all that forms bring."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, QueryDict

# Unseen characters that change the direction of all that follows: U+202A-202E and U+2066-2069.
# Those for one place in a text (U+200E, U+200F) stay: Arabic and Hebrew need them.
TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class PlainWords:
    """Take the characters that turn words around out of a form before any page sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Clean what came; after the check of the token, which read the form already."""
        if request.method == "POST":
            request.POST = without_turns(request.POST)  # type: ignore[assignment]


def without_turns(form: QueryDict) -> QueryDict:
    """Return the form itself when nothing turns, else a copy without those characters."""
    if not any(TURNS.search(value) for _, values in form.lists() for value in values):
        return form
    plain = QueryDict(mutable=True, encoding=form.encoding)
    for name, values in form.lists():
        plain.setlist(name, [TURNS.sub("", value) for value in values])
    plain._mutable = False
    return plain
