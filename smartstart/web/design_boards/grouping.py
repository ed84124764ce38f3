"""A note goes into a group: tap the note, then the group; alike for phones and who leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from smartstart.base.refusals import NotFound
from smartstart.design import operations_boards as leading
from smartstart.design import operations_boards_phone as phones
from smartstart.design.operations_boards_phone import Step
from smartstart.design.queries_boards import BoardPage
from smartstart.web.design_boards.forms import GroupForm
from smartstart.web.design_boards.joining import token_of
from smartstart.web.visit import VisitorRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """The words of a note, the groups (reference, name) to choose from, and where it lies now."""

    words: str
    groups: tuple[tuple[str, str], ...]
    into: str


def on_phone(news: dict[str, Any], note: UUID) -> Choice:
    """Return what a phone may choose for a note that it sees. Raises NotFound."""
    seen = {told["note"]: told for told in news["notes"] if not told["gone"]}
    found = seen.get(str(note))
    if found is None or found["group"] or not news["open"]:
        raise NotFound
    groups = tuple((ref, _words(told["texts"])) for ref, told in seen.items() if told["group"])
    return Choice(_words(found["texts"]), groups, found["into"])


def of_who_leads(page: BoardPage, note: UUID) -> Choice:
    """Return what who leads may choose for a note. Raises NotFound."""
    found = next((card for card in page.cards if card.line.ref == note), None)
    if found is None or found.line.is_group or not page.may_group:
        raise NotFound
    groups = tuple((str(card.line.ref), " / ".join(card.texts)) for card in page.groups)
    return Choice(" / ".join(found.texts), groups, str(found.line.into or ""))


def put_by_phone(request: VisitorRequest, board: UUID, note: UUID, form: GroupForm) -> HttpResponse:
    """Store one step, or two when the group is new; back to the phone's page at the note."""
    token, client = token_of(request), form.cleaned_data["client"]
    steps = [("group", form.made, form.named)] if form.named else []
    steps.append(("into", note, form.into))
    for counter, (field, which, value) in enumerate(steps, 1):
        phones.take(board, token, Step(client, counter, field, which, value), at=request.now)
    return redirect(f"{reverse('design_boards:phone', args=[board])}#note-{note}")


def put_by_lead(
    request: VisitorRequest, board_id: int, note: UUID, form: GroupForm
) -> HttpResponse:
    """Do the same for who leads."""
    if form.named:
        leading.name_group(request.actor, board_id, form.made, form.named, at=request.now)
    leading.cluster(request.actor, board_id, note, form.into, at=request.now)
    return redirect(f"{reverse('design_boards:lead', args=[board_id])}#note-{note}")


def shown(
    notes: list[dict[str, Any]], keeps: Callable[[dict[str, Any]], bool]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the groups of a phone's page, each with its ``notes``, and the notes in none of them.

    ``keeps`` says which notes of others are shown.
    """
    groups = {note["note"]: note | {"notes": []} for note in notes if _is_group(note)}
    loose = []
    for note in notes:
        if _is_group(note):
            continue
        group = groups.get(note.get("into", "")) if not note["gone"] else None
        if group is not None and (note["mine"] or keeps(note)):
            group["notes"].append(note)
        elif group is None:
            loose.append(note)
    return list(groups.values()), loose


def _is_group(note: dict[str, Any]) -> bool:
    return bool(note.get("group")) and not note["gone"]


def _words(texts: list[list[Any]]) -> str:
    return " / ".join(words for _number, words in texts)
