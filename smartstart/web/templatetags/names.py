"""Template filters for the name of a person."""

from __future__ import annotations

from django import template

from smartstart.web.names import coder, named

register = template.Library()
register.filter("named", named)
register.filter("coder", coder)
