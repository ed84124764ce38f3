"""When a persona may be called one: a source for every trait, three people behind it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

LEAST_PEOPLE: Final = 3


@dataclass(frozen=True, slots=True)
class Behind:
    """One source of a trait: whose it is, and whether it still stands."""

    person: Hashable
    stands: bool


@dataclass(frozen=True, slots=True)
class TraitStands:
    """How one trait stands: people behind it now, and how many sources were taken back."""

    people: int
    taken_back: int

    @property
    def is_marked(self) -> bool:
        """Whether a source of it was taken back."""
        return self.taken_back > 0

    @property
    def is_gone(self) -> bool:
        """Whether nothing stands behind it any more."""
        return self.people == 0


@dataclass(frozen=True, slots=True)
class PersonaStands:
    """How a persona stands: how many people are behind it, and what was taken back."""

    people: int
    traits: int
    marked: int
    gone: int

    @property
    def is_enough(self) -> bool:
        """Whether it may be called a persona: traits, each with a source, and three people."""
        return self.traits > 0 and self.gone == 0 and self.people >= LEAST_PEOPLE

    @property
    def lacking(self) -> int:
        """How many people it lacks."""
        return max(0, LEAST_PEOPLE - self.people)


def trait_stands(sources: Iterable[Behind]) -> TraitStands:
    """Return how a trait stands. Two pieces of one person are one person."""
    every = list(sources)
    standing = {one.person for one in every if one.stands}
    return TraitStands(len(standing), sum(not one.stands for one in every))


def persona_stands(traits: Collection[Collection[Behind]]) -> PersonaStands:
    """Return how a persona stands, over all its traits."""
    each = [trait_stands(trait) for trait in traits]
    return PersonaStands(
        people=len({one.person for trait in traits for one in trait if one.stands}),
        traits=len(each),
        marked=sum(trait.is_marked for trait in each),
        gone=sum(trait.is_gone for trait in each),
    )
