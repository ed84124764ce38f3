"""Looking a word up, signing a meaning, saying that a word hurts. Reading needs no account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.language import operations, queries
from smartstart.language.queries import Asked
from smartstart.people.models import Domain
from smartstart.web.answers import status_of
from smartstart.web.programme.asking import posted
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.words.forms import PlainerForm
from smartstart.web.words.shown import chips, letter_chips

LONGEST_QUESTION = 100


@require_safe
def words(request: VisitorRequest) -> HttpResponse:
    """Show the words: those that are looked for, of one field or of one letter."""
    asked = _asked(request)
    letters = queries.letters(request.actor, today=request.today)
    page = {
        "asked": asked,
        "found": queries.words(request.actor, asked, today=request.today),
        "fields": chips(asked),
        "signs": bool(queries.signs_for(request.actor)),
        "letters": letter_chips(asked, letters),
        "waiting": queries.waiting(request.actor, today=request.today),
    }
    return render(request, "words/words.html", page)


def _asked(request: VisitorRequest) -> Asked:
    """Return what is looked for; a field or letter that makes no sense is none."""
    domain, letter = request.GET.get("field", ""), request.GET.get("letter", "")
    return Asked(
        words=request.GET.get("q", "").strip()[:LONGEST_QUESTION],
        domain=domain if domain in Domain.values else "",
        letter=letter if len(letter) == 1 else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plainer(request: VisitorRequest) -> HttpResponse:
    """Show what can be said plainer in a text, with words to use. The text is kept nowhere."""
    form = PlainerForm(posted(request))
    looked = form.is_bound and form.is_valid()
    page = {"form": form, "looked": looked, "told": form.cleaned_data if looked else {}}
    answer = render(request, "words/plainer.html", page, status=status_of(form))
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_safe
def word(request: VisitorRequest, word: str) -> HttpResponse:
    """Show one word: what it means to whom, what else to say, who stands behind it."""
    actor = request.actor
    page = {
        "term": queries.term(actor, word, today=request.today),
        "may_mark": actor.may(Permission.TERM_MARK_HURTFUL) and actor.person is not None,
        "signs_for": queries.signs_for(actor),
    }
    return render(request, "words/word.html", page)


@require_POST
@signed_in
def sign(request: VisitorRequest, meaning_id: int) -> HttpResponse:
    """Stand behind a meaning, in one's own function."""
    as_function = request.hat.called if request.hat else ""
    meaning = operations.sign(
        request.actor,
        meaning_id,
        as_function=as_function,
        text_read=request.POST.get("read", ""),
        now=request.now,
    )
    if request.POST.get("from") == "list":
        return redirect("words:to_sign")
    return redirect("words:word", meaning.term.word)


@require_safe
@signed_in
def to_sign(request: VisitorRequest) -> HttpResponse:
    """Show what nobody of one's own field signed yet, a handful at a time."""
    left = queries.to_sign(request.actor, today=request.today)
    return render(request, "words/to_sign.html", {"left": left})


@require_POST
@signed_in
def hurts(request: VisitorRequest, term_id: int) -> HttpResponse:
    """Say that a word hurts, or take that back."""
    if request.POST.get("say") == "back":
        operations.take_back_mark(request.actor, term_id, today=request.today)
    else:
        operations.mark_hurtful(request.actor, term_id, today=request.today)
    return redirect("words:word", queries.word_of(request.actor, term_id, today=request.today))
