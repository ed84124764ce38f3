"""A text with a value in it, said in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise, lazy


def _filled(text: str | Promise, values: Mapping[str, object]) -> str:
    return str(text) % values


# A lazy text with % would be filled in while the house starts: in Dutch, for ever.
filled = lazy(_filled, str)
