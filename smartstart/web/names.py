"""A name, and what stands in its place for who hides names on a beamer: for every room at once."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def named(name: str, instead: str | Promise = "") -> SafeString:
    """Return a name of which the style shows one of two: itself, or what this person does here."""
    return format_html(
        '<span class="ss-name">{}</span><span class="ss-name--function">{}</span>',
        name,
        instead or _("a colleague"),
    )


def coder(name: str, place: int) -> SafeString:
    """Return the name of a coder of a round; without names the order keeps them apart."""
    return named(name, _("coder %(place)s") % {"place": place})
