"""What templates with codes need."""

from __future__ import annotations

from django import template

from smartstart.web.voices.marking import colour_of

register = template.Library()
register.filter("colour", colour_of)
