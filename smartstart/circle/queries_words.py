"""What was written in a home: entries with their corrections and own sides, and agreements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.circle.home import at_ref
from smartstart.circle.models import Action, Agreement, Entry, Mention, OwnSide
from smartstart.circle.models.words import EntryQuerySet
from smartstart.circle.queries_sharing import EntryLine, entry_line
from smartstart.circle.scene import PartLine, Scene, scene
from smartstart.circle.versions import Version, standing

MOST_TO_ATTACH: Final = 12
ON_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class SideLine:
    """The family's own side of something that was written."""

    author: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry whole, with what was added to it.

    ``at_once``: the texts that were written without seeing each other; () when the newest stands.
    ``rests``: somebody named in it asked that only who wrote it reads it.
    """

    circle: UUID
    one: EntryLine
    kind: str
    corrects: UUID | None
    corrections: tuple[EntryLine, ...]
    sides: tuple[SideLine, ...]
    author: UUID
    last: EntryLine
    at_once: tuple[EntryLine, ...]
    rests: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing that one party does before a day."""

    ref: UUID
    words: str
    name: str
    due_on: date
    is_done: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A goal in the family's words, with what is done for it. ``rests``: as of an entry."""

    ref: UUID
    part: PartLine
    goal: str
    review_on: date
    is_mine: bool
    is_over: bool
    came_out: str
    actions: tuple[ActionLine, ...]
    rests: bool


def to_attach(seen: Scene) -> list[EntryLine]:
    """Return what can come along with a question, each in its newest text. Two queries.

    The newest entry first; of texts that were written at once each, until somebody chose. What was
    corrected goes along as it stands now: who reads it there sees no other text.
    """
    rows = _entries(seen).filter(corrects=None).order_by("-written_at", "-id")
    return [line for texts in _texts(list(rows[:MOST_TO_ATTACH]), seen) for line in texts]


def _texts(firsts: list[Entry], seen: Scene) -> list[list[EntryLine]]:
    """Return of each of these entries the texts that stand. One query."""
    texts: dict[int, list[Entry]] = {one.pk: [one] for one in firsts}
    for one in _entries(seen).filter(corrects__in=firsts).order_by("written_at", "id"):
        texts[one.corrects_id or one.pk].append(one)
    return [_as_they_stand(texts[one.pk], seen) for one in firsts]


def _as_they_stand(texts: list[Entry], seen: Scene) -> list[EntryLine]:
    """Return the texts of one entry that stand, under the title of the first."""
    stand = set(standing([Version(row.pk, row.after_id) for row in texts]))
    lines = [entry_line(row, seen) for row in texts if row.pk in stand]
    title = seen.reading.text(texts[0], "title")
    return [replace(line, title=line.title or title) for line in lines]


def written(reading: Reading, circle_ref: UUID, *, page: int = 1) -> tuple[list[EntryLine], bool]:
    """Return what was written, the newest first, and whether there is more.

    Each as it stands now, under the reference of its first text: who wrote it last, and when. Of
    texts that were written at once the last, until somebody chose: the page of the entry has both.
    """
    seen = scene(reading, circle_ref)
    rows = _entries(seen).filter(corrects=None).order_by("-written_at", "-id")
    first = (page - 1) * ON_A_PAGE
    found = list(rows[first : first + ON_A_PAGE + 1])
    firsts = found[:ON_A_PAGE]
    now = zip(firsts, _texts(firsts, seen), strict=True)
    return [replace(texts[-1], ref=one.ref) for one, texts in now], len(found) > ON_A_PAGE


def entry_page(reading: Reading, circle_ref: UUID, entry_ref: UUID) -> EntryPage:
    """Return one entry with its corrections and own sides. Raises NotFound."""
    seen = scene(reading, circle_ref)
    one = at_ref(_entries(seen), entry_ref)
    added = list(_entries(seen).filter(corrects=one).order_by("written_at", "id"))
    beside = OwnSide.objects.visible_to(reading.actor, on=seen.on).filter(entry=one)
    sides = beside.select_related("folder").order_by("written_at", "id")
    lines = {row.pk: entry_line(row, seen) for row in [one, *added]}
    stand = standing([Version(row.pk, row.after_id) for row in [one, *added]])
    return EntryPage(
        seen.circle.ref,
        lines[one.pk],
        kind=one.kind,
        corrects=one.corrects.ref if one.corrects else None,
        corrections=tuple(lines[row.pk] for row in added),
        sides=tuple(
            SideLine(reading.text(row, "author_called"), reading.text(row, "words"), row.written_at)
            for row in sides
        ),
        author=one.author,
        last=lines[added[-1].pk] if added else lines[one.pk],
        at_once=tuple(lines[pk] for pk in stand) if len(stand) > 1 else (),
        rests=Mention.objects.rests("entry", one.pk, reading.actor, on=seen.on),
    )


def entry_itself(seen: Scene, entry_ref: UUID) -> Entry:
    """Return the row of an entry that a question is about. Raises NotFound."""
    return at_ref(_entries(seen), entry_ref)


def _entries(seen: Scene) -> EntryQuerySet:
    folders = [part.folder for part in seen.parts]
    rows = Entry.objects.visible_to(seen.reading.actor, on=seen.on)
    return rows.filter(folder_id__in=folders).select_related("folder", "corrects")


def agreements(reading: Reading, circle_ref: UUID) -> tuple[list[AgreementLine], Scene]:
    """Return the agreements of a home with their actions, running ones first. Eleven queries."""
    seen = scene(reading, circle_ref)
    folders = [part.folder for part in seen.parts]
    rows = Agreement.objects.visible_to(reading.actor, on=seen.on).filter(folder_id__in=folders)
    found = list(rows.select_related("folder").order_by("-ended_at", "review_on", "id"))
    does = Action.objects.filter(agreement__in=found, ended_at=None).select_related("folder")
    actions = does.not_resting(reading.actor, on=seen.on)
    done: dict[int, list[ActionLine]] = {}
    for one in actions.order_by("due_on", "id"):
        done.setdefault(one.agreement_id, []).append(_action(one, reading))
    resting = Mention.objects.resting("agreement", found, reading.actor, on=seen.on)
    lines = [_agreement(one, seen, done.get(one.pk, []), rests=one.pk in resting) for one in found]
    return lines, seen


def agreement_seen(reading: Reading, circle_ref: UUID, ref: UUID) -> AgreementLine:
    """Return one agreement of a home. Raises NotFound."""
    rows, _seen = agreements(reading, circle_ref)
    found = next((row for row in rows if row.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def _action(one: Action, reading: Reading) -> ActionLine:
    return ActionLine(
        one.ref,
        reading.text(one, "words"),
        reading.text(one, "responsible_called"),
        one.due_on,
        is_done=one.done_at is not None,
        is_mine=one.responsible == reading.actor.person,
    )


def _agreement(
    one: Agreement, seen: Scene, actions: list[ActionLine], *, rests: bool
) -> AgreementLine:
    return AgreementLine(
        one.ref,
        seen.part_of(one.folder_id),
        seen.reading.text(one, "goal"),
        one.review_on,
        is_mine=one.made_by == seen.reading.actor.person,
        is_over=one.ended_at is not None,
        came_out=seen.reading.text(one, "came_out"),
        actions=tuple(actions),
        rests=rests,
    )
