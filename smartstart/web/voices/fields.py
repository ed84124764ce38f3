"""Plain values out of a form without boxes: references and places in a text."""

from __future__ import annotations

from uuid import UUID

from smartstart.base.refusals import NotFound
from smartstart.web.visit import VisitorRequest


def reference(text: str | None) -> UUID:
    """Return the reference that came in a form. Raises NotFound when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        raise NotFound from None


def maybe_reference(text: str | None) -> UUID | None:
    """Return the reference, or None when the field is empty. Raises NotFound."""
    return reference(text) if text else None


def stretch(request: VisitorRequest) -> tuple[int, int]:
    """Return from where to where, in characters; nothing at all when none came.

    Refusing that is for the operation: it looks first whether one may know of the text.
    """
    try:
        return int(request.POST.get("start", "")), int(request.POST.get("end", ""))
    except ValueError:
        return 0, 0


def by_script(request: VisitorRequest) -> bool:
    """Whether our own script sent this, and only needs to know that it was saved."""
    return request.headers.get("HX-Request") == "true"
