"""Template tags for the name of a person, and a filter for what somebody said.

The tags ask the request, which a part that is included with ``only`` has too.
"""

from __future__ import annotations

from django import template
from django.template.context import Context

from smartstart.web import names
from smartstart.web.quoting import quoted

register = template.Library()
register.filter("quoted", quoted)


@register.simple_tag(takes_context=True)
def named(context: Context, name: str, instead: str = "") -> str:
    """Return a name, or what stands in its place."""
    return names.named(getattr(context, "request", None), name, instead)


@register.simple_tag(takes_context=True)
def coder(context: Context, name: str, place: int) -> str:
    """Return the name of a coder, or which one it is."""
    return names.coder(getattr(context, "request", None), name, place)


@register.simple_tag(takes_context=True)
def names_are_hidden(context: Context) -> bool:
    """Whether who looks hides names."""
    return names.are_hidden(getattr(context, "request", None))
