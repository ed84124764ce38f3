"""How a page with a form answers: once for every room."""

from __future__ import annotations

from typing import Final

from django.forms import BaseForm

MEND: Final = 422
# What a page may not use of a device; a page that needs one of them says so itself.
SENSORS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def status_of(form: BaseForm | None) -> int:
    """Return 422 for a form that came in and must be mended, else 200."""
    return MEND if form is not None and form.is_bound and form.errors else 200
