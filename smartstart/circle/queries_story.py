"""The story card: told once by the family, shown in place of telling it again.

A story is an entry like any other, read through a yes like any other. What was changed later is a
correction, so the card shows the newest text, and who read an older one read that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from smartstart.base.refusals import NotFound
from smartstart.circle.models import Entry
from smartstart.circle.queries_sharing import EntryLine, entry_line
from smartstart.circle.scene import PartLine, Scene
from smartstart.circle.states import EntryKind


@dataclass(frozen=True, slots=True)
class StoryCard:
    """The story about one person or the home; ``line`` None: nobody told it yet.

    ``first``: the entry that was told first, to which a change is added.
    """

    part: PartLine
    first: UUID | None = None
    line: EntryLine | None = None


def story_cards(seen: Scene) -> list[StoryCard]:
    """Return a card for each child, the reader and the home, told or not. One query."""
    own = [part for part in seen.parts if not part.is_shared]
    parts = [part for part in own if part.is_child or part.is_me or part.is_home]
    parts.sort(key=lambda part: (part.is_home, part.is_me, -(part.age or 0), part.called))
    newest = {first.folder_id: (first, last) for first, last in _told(seen)}
    return [_card(part, newest.get(part.folder), seen) for part in parts]


def story_card(seen: Scene, about: UUID) -> StoryCard:
    """Return the card about one part. Raises NotFound."""
    found = next((card for card in story_cards(seen) if card.part.ref == about), None)
    if found is None:
        raise NotFound
    return found


def with_stories(seen: Scene, entries: Iterable[EntryLine]) -> list[EntryLine]:
    """Return what can come along with a question: the stories first, each in its newest text."""
    told = [card for card in story_cards(seen) if card.line]
    newest = [card.line for card in told if card.line]
    there = {card.first for card in told} | {one.ref for one in newest}
    return [*newest, *(one for one in entries if one.ref not in there)]


def _told(seen: Scene) -> Iterable[tuple[Entry, Entry]]:
    """Return each story with its newest text, the story that was begun last in a folder last."""
    folders = [part.folder for part in seen.parts]
    rows = Entry.objects.visible_to(seen.reading.actor, on=seen.on)
    texts = rows.filter(folder_id__in=folders, kind=EntryKind.STORY).select_related("folder")
    found = list(texts.order_by("written_at", "id"))
    last = {row.corrects_id or row.pk: row for row in found}
    return [(row, last[row.pk]) for row in found if row.corrects_id is None]


def _card(part: PartLine, told: tuple[Entry, Entry] | None, seen: Scene) -> StoryCard:
    if told is None:
        return StoryCard(part)
    return StoryCard(part, told[0].ref, entry_line(told[1], seen))
