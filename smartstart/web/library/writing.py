"""Writing a general answer anew, and looking at what others wrote."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.consult import identity
from smartstart.consult import queries as exchanges
from smartstart.consult.library import operations, queries
from smartstart.web.answers import status_of
from smartstart.web.consult.guard import functions
from smartstart.web.library.forms import WriteForm
from smartstart.web.programme.asking import posted
from smartstart.web.visit import VisitorRequest

ASKS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch that may tell who it is about, and what could stand there instead."""

    shown: str
    instead: str


def doubts(*texts: str) -> list[Doubt]:
    """Return what in these texts may tell who it is about. Keeps nothing."""
    return [
        Doubt(text[one.start : one.end], one.proposal)
        for text in texts
        for one in identity.check(text).found
    ]


@require_http_methods(ASKS)
@functions
def write(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask for question and answer in general words; look together; on the second press keep it."""
    exchanges.exchange(request.reading, request.actor, ref)
    form = WriteForm(posted(request))
    page = {"form": form, "exchange": ref, "step": request.POST.get("step")}
    if not form.is_valid() or page["step"] not in {"look", "send"}:
        return render(request, "library/write.html", page, status=status_of(form))
    told = form.cleaned_data
    if page["step"] == "look":
        page |= {"doubts": doubts(told["question"], told["answer"]), "told": told}
        return render(request, "library/look.html", page)
    operations.write(request.actor, ref, at=request.now, **told)
    messages.success(request, _("Thank you. Somebody of another place looks at it first."))
    return redirect("library:library")


@require_safe
@functions
def drafts(request: VisitorRequest) -> HttpResponse:
    """Show what others wrote and nobody looked at yet. Raises NotFound for who checks none."""
    waiting = queries.to_check(request.reading, today=request.today)
    return render(request, "library/drafts.html", {"waiting": waiting})


@require_http_methods(ASKS)
@functions
def check(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show one draft with what may tell who it is about; on POST let it in, or destroy it."""
    draft = queries.draft(request.reading, ref, today=request.today)
    if request.method != "POST":
        page = {"draft": draft, "doubts": doubts(draft.question, draft.answer)}
        return render(request, "library/check.html", page)
    if request.POST.get("say") == "yes":
        operations.let_in(request.actor, ref, at=request.now)
        messages.success(request, _("Now everybody can read it."))
    else:
        operations.keep_out(request.actor, ref, at=request.now)
        messages.success(request, _("It is gone. Who wrote it can write it anew."))
    return redirect("library:drafts")
