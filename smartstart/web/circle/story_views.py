"""The story card: tell it once, read it back, change it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.circle import operations_words
from smartstart.circle.queries_story import StoryCard, story_card, story_cards
from smartstart.circle.scene import scene
from smartstart.circle.states import EntryKind
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.once import OnceForm
from smartstart.web.visit import VisitorRequest, signed_in


class StoryForm(OnceForm):
    """The story, in one's own words."""

    words = forms.CharField(
        label=gettext_lazy("What should everybody know who helps?"),
        help_text=gettext_lazy("What goes well, what is hard, what helps."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@require_safe
@signed_in
def stories(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show the story of each, and about whom it was not told yet."""
    return family_page(request, "stories", ref, cards=story_cards(scene(request.reading, ref)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tell(request: VisitorRequest, ref: UUID, about: UUID) -> HttpResponse:
    """Ask for the story, filled in with what it says now; on POST keep it."""
    card = story_card(scene(request.reading, ref), about)
    form = StoryForm(request.POST or None, initial={"words": card.line.words if card.line else ""})
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "story_tell", ref, card=card, form=form)
    _keep(request, card, **form.cleaned_data)
    messages.success(request, _("Kept. Nobody reads it without a yes."))
    return redirect("circle:stories", ref)


def _keep(request: VisitorRequest, card: StoryCard, *, words: str, ref: UUID | None) -> None:
    """Tell it, or add a newer text to what was told."""
    actor, at = request.actor, request.now
    if card.first is None or card.line is None:
        title, kind = _("The story of %(name)s") % {"name": card.part.called}, EntryKind.STORY
        operations_words.write_entry(
            actor, card.part.ref, title=title, words=words, kind=kind, at=at, ref=ref
        )
        return
    operations_words.correct_entry(
        actor, card.first, title=card.line.title, words=words, after=card.line.ref, at=at, ref=ref
    )
