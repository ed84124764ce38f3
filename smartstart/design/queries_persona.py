"""What the pages of personas ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import persona_rules as rules
from smartstart.design.models.personas import Facet, Persona, Trait, TraitSource
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import VOICES, State
from smartstart.thread.queries import KnotLine, ThreadView, thread_of


@dataclass(frozen=True, slots=True)
class TraitLine:
    """One trait with the voices behind it that can be read; its words are gone with the last."""

    ref: UUID
    facet: Facet
    words: str
    stands: rules.TraitStands
    quotes: tuple[KnotLine, ...]


@dataclass(frozen=True, slots=True)
class PersonaView:
    """A persona with its traits by facet, and how it stands."""

    ref: UUID
    pilot: Pilot
    name: str
    about: str
    stands: rules.PersonaStands
    traits: tuple[TraitLine, ...]
    writes: bool

    def of(self, facet: Facet) -> tuple[TraitLine, ...]:
        """The traits about one thing."""
        return tuple(trait for trait in self.traits if trait.facet is facet)

    @property
    def facets(self) -> tuple[tuple[str, tuple[TraitLine, ...]], ...]:
        """Head and traits of each facet that has some."""
        return tuple((str(facet.label), self.of(facet)) for facet in Facet if self.of(facet))


@dataclass(frozen=True, slots=True)
class Voice:
    """Something that somebody said and a trait can rest on."""

    ref: UUID
    words: str
    by: str


def personas_in(reading: Reading, pilot_id: int) -> tuple[Pilot, list[PersonaView]]:
    """Return the personas of a pilot for its team, oldest first. Raises NotFound."""
    on = day_of(reading.at)
    pilot, view = _thread(reading, pilot_id)
    rows = Persona.objects.visible_to(reading.actor, on=on).filter(pilot=pilot)
    return pilot, [_view(reading, pilot, row, view) for row in rows.order_by("made_at", "id")]


def persona_of(reading: Reading, pilot_id: int, ref: UUID) -> PersonaView:
    """Return one persona of a pilot. Raises NotFound."""
    on = day_of(reading.at)
    pilot, view = _thread(reading, pilot_id)
    rows = Persona.objects.visible_to(reading.actor, on=on).filter(pilot=pilot)
    row = rows.filter(ref=ref).first()
    if row is None:
        raise NotFound
    return _view(reading, pilot, row, view)


def voices_in(reading: Reading, pilot_id: int) -> list[Voice]:
    """Return what people said in a pilot and still stands. Raises NotFound."""
    _pilot, view = _thread(reading, pilot_id)
    return [
        Voice(knot.ref, knot.words.words, knot.words.by)
        for knot in view.knots
        if knot.kind in VOICES and knot.state is State.STANDING and knot.words.words
    ]


def _thread(reading: Reading, pilot_id: int) -> tuple[Pilot, ThreadView]:
    worked = Pilot.objects.worked_on_by(reading.actor, on=day_of(reading.at))
    pilot = worked.select_related("folder").one(pilot_id)
    if not reading.actor.may(Permission.PILOT_WORK, within=pilot.ref):
        raise NotFound
    return pilot, thread_of(reading, pilot.pk)


def _view(reading: Reading, pilot: Pilot, row: Persona, view: ThreadView) -> PersonaView:
    lines = {knot.ref: knot for knot in view.knots}
    traits = list(Trait.objects.filter(persona=row).order_by("facet", "made_at", "id"))
    behind: dict[int, list[rules.Behind]] = {trait.pk: [] for trait in traits}
    quotes: dict[int, list[KnotLine]] = {trait.pk: [] for trait in traits}
    sources = TraitSource.objects.filter(trait__persona=row).select_related("knot").order_by("id")
    for source in sources:
        stands = source.knot.state != State.WITHDRAWN
        person = source.knot.source or source.knot.ref
        behind[source.trait_id].append(rules.Behind(person, stands))
        if stands and source.knot.ref in lines:
            quotes[source.trait_id].append(lines[source.knot.ref])
    return PersonaView(
        ref=row.ref,
        pilot=pilot,
        name=row.name,
        about=row.about,
        stands=rules.persona_stands(list(behind.values())),
        traits=tuple(_trait(one, behind[one.pk], quotes[one.pk]) for one in traits),
        writes=reading.actor.may(Permission.THREAD_WRITE, within=pilot.ref),
    )


def _trait(row: Trait, behind: list[rules.Behind], quotes: list[KnotLine]) -> TraitLine:
    stands = rules.trait_stands(behind)
    words = "" if stands.is_gone else row.words
    return TraitLine(row.ref, Facet(row.facet), words, stands, tuple(quotes))
