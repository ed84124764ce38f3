"""Into one's own file, in one tap: a text or a PDF of what somebody wrote themself."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle.paper import as_pdf, as_text
from smartstart.circle.queries_own import own_sheet
from smartstart.web.visit import VisitorRequest, signed_in

TYPES: Final = {"txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}


@require_safe
@signed_in
def own_file(request: VisitorRequest, kind: str, ref: UUID, form: str) -> HttpResponse:
    """Give one's own words to keep; the family sees that it was taken along."""
    if form not in TYPES:
        raise NotFound
    sheet = own_sheet(request.reading, kind, ref)
    content = as_text(sheet).encode() if form == "txt" else as_pdf(sheet, at=request.now)
    answer = HttpResponse(content, content_type=TYPES[form])
    name = f"{kind}-{request.today.isoformat()}.{form}"
    answer["Content-Disposition"] = f"attachment; filename={name}"
    return answer
