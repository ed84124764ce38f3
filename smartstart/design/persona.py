"""Making a persona: a name, and traits that each rest on what people said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors_findings import SayWhatItIs, TraitNeedsAVoice
from smartstart.design.models.personas import Facet, Persona, Trait, TraitSource
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import VOICES, State
from smartstart.thread.models import Knot


@transaction.atomic
def make_persona(
    actor: Actor, pilot_id: int, *, name: str, about: str, at: datetime, ref: UUID | None = None
) -> Persona:
    """Begin a persona with an invented name; the same ``ref`` again gives what is there.

    Raises NotFound, NotAllowed, SentBefore or SayWhatItIs.
    """
    pilot = Pilot.objects.worked_on_by(actor, on=day_of(at)).one(pilot_id)
    require(actor, Permission.THREAD_WRITE, within=pilot.ref)
    if not name.strip() or not about.strip():
        raise SayWhatItIs
    made = first_made(Persona.objects, ref, pilot_id=pilot.pk, made_by=actor.hat)
    if made is not None:
        return made
    persona = Persona.objects.create(
        ref=ref or uuid4(),
        pilot=pilot,
        name=name.strip(),
        about=about.strip(),
        made_at=at,
        made_by=actor.hat,
    )
    note(actor, Deed.MADE, folders=[pilot.folder_id], at=at, on=[persona.ref], why="persona")
    return persona


@transaction.atomic
def add_trait(
    actor: Actor,
    persona_ref: UUID,
    *,
    facet: Facet,
    words: str,
    sources: Sequence[UUID],
    at: datetime,
    ref: UUID | None = None,
) -> Trait:
    """Say one thing of a persona, resting on what people said: references of knots.

    The same ``ref`` again gives what is there. Raises NotFound, NotAllowed, SayWhatItIs,
    TraitNeedsAVoice (no source, or one that was taken back) or SentBefore.
    """
    persona = _held(actor, persona_ref, at=at)
    if not words.strip():
        raise SayWhatItIs
    made = first_made(Trait.objects, ref, persona_id=persona.pk)
    if made is not None:
        return made
    visible = Knot.objects.visible_to(actor, on=day_of(at)).filter(pilot=persona.pilot)
    kinds = [kind.value for kind in VOICES]
    knots = list(visible.filter(ref__in=sources, kind__in=kinds, state=State.STANDING.value))
    if not knots or len(knots) != len(set(sources)):
        raise TraitNeedsAVoice
    trait = Trait.objects.create(
        ref=ref or uuid4(), persona=persona, facet=facet, words=words.strip(), made_at=at
    )
    TraitSource.objects.bulk_create(TraitSource(trait=trait, knot=knot) for knot in knots)
    _write_line(actor, persona, Deed.CHANGED, at=at)
    return trait


@transaction.atomic
def remove_trait(actor: Actor, trait_ref: UUID, *, at: datetime) -> None:
    """Take a trait away. Raises NotFound or NotAllowed."""
    visible = Trait.objects.visible_to(actor, on=day_of(at)).select_related("persona__pilot")
    trait = visible.filter(ref=trait_ref).first()
    if trait is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=trait.persona.pilot.ref)
    trait.delete()
    _write_line(actor, trait.persona, Deed.CHANGED, at=at)


def _held(actor: Actor, ref: UUID, *, at: datetime) -> Persona:
    visible = Persona.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    persona = visible.filter(ref=ref).first()
    if persona is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=persona.pilot.ref)
    return persona


def _write_line(actor: Actor, persona: Persona, deed: Deed, *, at: datetime) -> None:
    folders = [persona.pilot.folder_id]
    note(actor, deed, folders=folders, at=at, on=[persona.ref], why="persona")
