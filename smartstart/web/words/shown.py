"""Filters of the list of words, as links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from smartstart.language.queries import Asked
from smartstart.people.models import Domain

Chip = dict[str, Any]


def chips(asked: Asked) -> list[Chip]:
    """Return the fields as links; the first shows all words."""
    fields = [("", _("All words")), *Domain.choices]
    return [_chip(str(label), "field", key, asked.domain) for key, label in fields]


def letter_chips(asked: Asked, letters: Iterable[str]) -> list[Chip]:
    """Return the first letters as links."""
    return [_chip(letter.upper(), "letter", letter, asked.letter) for letter in letters]


def _chip(label: str, name: str, value: str, now: str) -> Chip:
    query = f"?{urlencode({name: value})}" if value else ""
    return {"label": label, "url": reverse("words:words") + query, "current": value == now}
