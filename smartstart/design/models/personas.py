"""A persona: an invented person in which several real ones stand, trait by trait."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.programme.models import InsidePilot, Pilot
from smartstart.thread.models import Knot


class Facet(models.TextChoices):
    """What a trait is about."""

    IS = "is", _("who this is")
    WANTS = "wants", _("what this person wants")
    MEETS = "meets", _("what gets in the way")
    DOES = "does", _("what this person does")
    NEEDS = "needs", _("what helps")


class Persona(models.Model):
    """Somebody invented, made of what at least three people said (Dutch: persona).

    ``name`` and ``about`` are invented by the team and name nobody real. It holds no quotes: those
    are read from its sources, as long as they stand.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="personas")
    name = models.CharField(_("an invented first name"), max_length=40)
    about = models.CharField(_("in one sentence"), max_length=200)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = InsidePilot["Persona"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"name", "about"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="design_persona_has_a_name", condition=~Q(name="") & ~Q(about="")
            ),
        ]


class TraitQuerySet(Guarded["Trait"]):
    """What one may ask about traits."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Traits of personas that this actor may know of."""
        return self.filter(persona__in=Persona.objects.visible_to(actor, on=on))


class Trait(models.Model):
    """One thing that is true of a persona, with what it rests on (Dutch: kenmerk)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    persona = models.ForeignKey(Persona, models.PROTECT, related_name="traits")
    facet = models.CharField(_("about what"), max_length=8, choices=Facet.choices)
    words = models.CharField(_("in one sentence"), max_length=300)
    made_at = models.DateTimeField()

    objects = TraitQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"words"})

    class Meta:
        constraints = [
            models.CheckConstraint(name="design_trait_has_words", condition=~Q(words="")),
        ]


class TraitSourceQuerySet(Guarded["TraitSource"]):
    """What one may ask about the sources of traits."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Sources of traits that this actor may know of."""
        return self.filter(trait__in=Trait.objects.visible_to(actor, on=on))


class TraitSource(models.Model):
    """That a trait rests on a knot: what somebody said (Dutch: bron van een kenmerk)."""

    trait = models.ForeignKey(Trait, models.CASCADE, related_name="sources")
    knot = models.ForeignKey(Knot, models.PROTECT, related_name="+")

    objects = TraitSourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_source_per_trait_and_knot", fields=["trait", "knot"]
            ),
        ]
