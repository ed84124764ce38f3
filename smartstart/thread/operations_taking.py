"""One tap: what somebody said becomes an insight, a question, an idea or a test result."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.thread.errors import CannotTieThese, TitleIsMissing
from smartstart.thread.kinds import VOICES, Kind
from smartstart.thread.models import THINGS, Borrowed, Knot, Thing, Translated
from smartstart.thread.operations import hold_thread, new_knot, rest_on

TAKEN_UP: Final = (Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.TEST)


@transaction.atomic
def take_up(
    actor: Actor, source: UUID, kind: Kind, *, at: datetime, ref: UUID | None = None
) -> Thing:
    """Make a thing of what somebody said, resting on it, in the words in which it was said.

    ``source`` is the knot of the voice. Its words are not copied: whoever reads the thing reads
    them there, as long as they may, until the team writes the thing in its own words. Taken up
    twice as the same kind it is one thing. Raises NotFound, NotAllowed, CannotTieThese or
    RestsOnWithdrawn.
    """
    visible = Knot.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    voice = visible.filter(ref=source).first()
    if voice is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=voice.pilot.ref)
    if kind not in TAKEN_UP or Kind(voice.kind) not in VOICES:
        raise CannotTieThese
    hold_thread(voice.pilot_id)
    made = Borrowed.objects.filter(source=voice, knot__kind=kind.value).first()
    if made is not None:
        return _thing_of(made.knot)
    voice.refresh_from_db(fields=["state"])
    knot = new_knot(voice.pilot, kind, at=at, ref=ref)
    thing = THINGS[kind](knot=knot, title="", made_by=actor.hat)
    thing.save(force_insert=True)
    rest_on(voice, knot, at=at)
    Borrowed.objects.create(knot=knot, source=voice)
    note(actor, Deed.MADE, folders=[voice.pilot.folder_id], at=at, on=[knot.ref], why="taken up")
    return thing


@transaction.atomic
def translate(
    actor: Actor, ref: UUID, language: str, *, title: str, words: str = "", at: datetime
) -> Translated:
    """Write what a thing says in another language; again replaces it.

    Raises NotFound, NotAllowed or TitleIsMissing.
    """
    visible = Knot.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    knot = visible.filter(ref=ref).first()
    if knot is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    if not title.strip() or language not in Translated.Language.values:
        raise TitleIsMissing
    hold_thread(knot.pilot_id)
    said = {"title": title.strip(), "words": words.strip(), "of": _thing_of(knot).title}
    row, _ = Translated.objects.update_or_create(
        knot=knot, language=language, defaults={**said, "made_at": at, "made_by": actor.hat}
    )
    note(actor, Deed.CHANGED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref], why="language")
    return row


def _thing_of(knot: Knot) -> Thing:
    model = THINGS.get(Kind(knot.kind))
    found = model._default_manager.filter(knot=knot).first() if model else None
    if found is None:
        raise NotFound
    return found
