"""Words that explain themselves in a text, and hints for who writes one.

The texts are sealed content: they are looked through in memory while the page is drawn, and
nothing of them is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from smartstart.access.actor import VISITOR
from smartstart.base import clock
from smartstart.language import client, queries
from smartstart.language.plainer import Hint, hints
from smartstart.language.queries import Dictionary, Entry
from smartstart.people.models import Domain

register = template.Library()
MOST_FIELDS = 3
MOST_HINTS = 5
MOST_HINTS_OF_A_PAGE = 30
MOST_CLASHES = 3


@register.simple_tag(takes_context=True)
def explained(context: Context, text: str) -> SafeString:
    """Return the text with its lines, where each word of the dictionary explains itself.

    A word explains itself once on a page, where it first stands. One query for a page.
    """
    page = _Page.of(context)
    pieces, at = [], 0
    for found in page.dictionary.recogniser.first_of_each(text):
        if found.word not in page.explained:
            page.explained.append(found.word)
            pieces.append(_lines(text[at : found.start]))
            pieces.append(page.term(found.word, text[found.start : found.end]))
            at = found.end
    return mark_safe("".join([*pieces, _lines(text[at:])]))  # noqa: S308 - each piece is escaped


@register.inclusion_tag("components/writing_hints.html", takes_context=True)
def writing_hints(
    context: Context, text: str, domains: Collection[str] = (), *, whole: bool = False
) -> dict[str, Any]:
    """Show what the readers may understand otherwise, and what can be said shorter.

    ``whole``: who asked for nothing else sees more of it, and also that nothing was found.
    """
    most = MOST_HINTS_OF_A_PAGE if whole else MOST_HINTS
    known = {domain for domain in domains if domain}
    clashes = _Page.of(context).dictionary.clashes(text, domains=known) if len(known) > 1 else []
    return {
        "clashes": [
            {"word": clash.word, "meanings": [(_field(d), said) for d, said in clash.meanings]}
            for clash in clashes[:MOST_CLASHES]
        ],
        "plainer": _few(hints(text, rare_of=_rare_of), most),
        "says_nothing_found": whole,
    }


def _rare_of(words: list[str]) -> Collection[str]:
    return client.rare(words, socket_path=settings.LANGUAGE_SOCKET)


def _few(found: Iterator[Hint], most: int) -> list[Hint]:
    return [hint for _, hint in zip(range(most), found, strict=False)]


def _field(domain: str) -> str:
    return str(Domain(domain).label)


def _lines(text: str) -> str:
    return str(conditional_escape(text)).replace("\r\n", "\n").replace("\n", "<br>")


class _Page:
    """What one page knows while it is drawn: the dictionary, and which words stood on it."""

    def __init__(self, request: Any) -> None:
        actor = getattr(request, "actor", VISITOR)
        today = getattr(request, "today", None) or clock.today()
        edition = getattr(request, "words_edition", None)
        self.dictionary: Dictionary = queries.dictionary(actor, today=today, known=edition)
        self.explained: list[str] = []

    @classmethod
    def of(cls, context: Context) -> _Page:
        """Return what is known of the page that is drawn now."""
        request = getattr(context, "request", None)
        if request is None:
            return cls(None)
        if not hasattr(request, "_words_of_page"):
            request._words_of_page = cls(request)
        page: _Page = request._words_of_page
        return page

    def term(self, word: str, shown: str) -> str:
        """Return a word of the text with its explanation."""
        entry: Entry = self.dictionary.entries[word]
        said = [(_field(d), text) for d, text in sorted(entry.for_families.items())]
        values = {
            "entry": entry,
            "shown": shown,
            "id": f"word-{len(self.explained)}",
            "fields": said[:MOST_FIELDS],
            "english": entry.english if get_language() == "en" else "",
        }
        return render_to_string("components/term.html", values).strip()
