"""Coded work that leaves as a file, whole and through the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.programme.queries import desk
from smartstart.voices import export as exports
from smartstart.web.visit import VisitorRequest, signed_in

FILES: Final[dict[str, tuple[Callable[[Reading, int], bytes], str, str]]] = {
    "project": (exports.export_project, "application/zip", "qdpx"),
    "codebook": (exports.export_codebook, "application/xml", "qdc"),
    "fragments": (exports.export_fragments, "text/csv; charset=utf-8", "csv"),
}


@require_safe
@signed_in
def export(request: VisitorRequest, slug: str, kind: str) -> HttpResponse:
    """Give the coded work of a pilot as a file."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    if kind not in FILES:
        raise NotFound
    write, media, ending = FILES[kind]
    content = write(request.reading, pilot.pk)
    name = f"{pilot.slug}-{request.today:%Y-%m-%d}.{ending}"
    heads = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media, headers=heads)
