"""A name, or what stands in its place for who hides names on a beamer: for every room at once."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _


def are_hidden(request: HttpRequest | None) -> bool:
    """Whether who asks hides names now."""
    account = getattr(request, "account", None)
    return bool(account and account.names_hidden)


def named(request: HttpRequest | None, name: str, instead: str | Promise = "") -> str:
    """Return a name; for who hides names what this person does here."""
    return str(instead or _("a colleague")) if are_hidden(request) else name


def coder(request: HttpRequest | None, name: str, place: int) -> str:
    """Return the name of a coder of a round; without names the order keeps them apart."""
    return named(request, name, _("coder %(place)s") % {"place": place})
