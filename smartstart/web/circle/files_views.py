"""A file beside one's own words: put it there, take it along, take it away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.files.kinds import MEDIA_TYPES
from smartstart.circle import operations_files, queries_files
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.web.circle.files_forms import FileForm
from smartstart.web.circle.frame import role_page
from smartstart.web.visit import VisitorRequest, signed_in

ALONE = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: VisitorRequest, kind: str, ref: UUID) -> HttpResponse:
    """Ask for a file; on POST it stands beside the entry, question or answer."""
    place = queries_files.place_of(request.reading, kind, ref)
    form = FileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return role_page(request, "file_add", form=form, back=_address(request, place))
    told = form.cleaned_data
    operations_files.attach_file(request.actor, kind, ref, at=request.now, **told)
    messages.success(request, _("It stands there now. Who reads the words can open it."))
    return redirect(_address(request, place))


def _address(request: VisitorRequest, place: queries_files.Place) -> str:
    """Return where the words stand for this reader: a family has its own pages."""
    if request.actor.role in FAMILY_ROLES and place.circle is not None:
        name = "circle:entry" if place.kind == "entry" else "circle:asked"
        return reverse(name, args=[place.circle, place.ref])
    if place.kind == "entry":
        return reverse("circle:part", args=[place.part])
    return reverse("circle:question", args=[place.ref])


@require_safe
@signed_in
def download(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give a file to keep; it never opens as a page of this site."""
    kind, content = queries_files.file_itself(request.reading, ref, is_shown=False)
    return _given(content, MEDIA_TYPES[kind], f"bijlage-{request.today.isoformat()}.{kind}")


@require_safe
@signed_in
def shown(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give the drawing or the voice of a child to the page that shows it."""
    kind, content = queries_files.file_itself(request.reading, ref, is_shown=True)
    return _given(content, MEDIA_TYPES[kind], f"bijlage-{request.today.isoformat()}.{kind}")


@require_safe
@signed_in
def all_files(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give every file that this family member may read, packed in one."""
    content = queries_files.all_files(request.reading, ref)
    return _given(content, "application/zip", f"bijlagen-{request.today.isoformat()}.zip")


def _given(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename={name}"
    answer["Content-Security-Policy"] = ALONE
    return answer


@require_POST
@signed_in
def take_away(request: VisitorRequest, kind: str, ref: UUID, file: UUID) -> HttpResponse:
    """Destroy a file that one put there oneself."""
    place = queries_files.place_of(request.reading, kind, ref)
    operations_files.take_file_away(request.actor, file, at=request.now)
    messages.success(request, _("It is gone."))
    return redirect(_address(request, place))
