"""Pages of the gallery: all parts on one page, each frame and each error page by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from smartstart.web.gallery import circle, frames, pictures
from smartstart.web.gallery.specimens import GROUPS

RIGHT_TO_LEFT = "ar"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    groups = [
        (group, [(one, render_to_string(one.template, one.context, request)) for one in specimens])
        for group, specimens in [*GROUPS, ("De kring", [*circle.specimens()])]
    ]
    drawn = {"icons": pictures.ICONS, "faces": pictures.FACES, "colours": pictures.COLOURS}
    apart = {"frames": frames.FRAMES, "errors": frames.ERRORS}
    return render(request, "gallery/index.html", {"groups": groups, **drawn, **apart})


@require_safe
def turned(request: HttpRequest) -> HttpResponse:
    """Show the same from right to left, as who reads Arabic meets it."""
    with translation.override(RIGHT_TO_LEFT):
        return index(request)


@require_safe
def frame(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one frame of a page as somebody with that hat sees it."""
    if kind not in frames.FRAMES:
        raise Http404
    template, context = frames.FRAMES[kind]
    with translation.override(context.get("language") or translation.get_language()):
        return render(request, template, context)


@require_safe
def error(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one error page; it is only looked at, so the answer itself is fine."""
    if kind not in frames.ERRORS:
        raise Http404
    template, context = frames.ERRORS[kind]
    return render(request, template, context)
