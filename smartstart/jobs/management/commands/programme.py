"""``smartstart programme``: the region, its municipalities and places, and where pilots stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.access.actor import VISITOR
from smartstart.base import clock
from smartstart.base.refusals import NotFound
from smartstart.jobs.command import HouseCommand, no_pilot
from smartstart.programme import queries, running
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.models import Pilot


class Command(HouseCommand):
    """Exit codes: 0 done, 1 refused (one sentence says why)."""

    not_there = gettext_lazy("This person, region or municipality is not there. Make it first.")
    does = gettext_lazy(
        "Make the region, its municipalities and places; list public pilots; show one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One way of five: region, municipality, place, list, show."""
        ways = parser.add_subparsers(dest="way", required=True)
        region = ways.add_parser("region", help=_("make the region, or change who gets proposals"))
        region.add_argument("name")
        region.add_argument("--office", required=True, help=_("user name of who gets proposals"))
        town = ways.add_parser("municipality", help=_("add a municipality"))
        town.add_argument("code", help=_("for example GM0855"))
        town.add_argument("name")
        town.add_argument("--region", required=True)
        place = ways.add_parser("place", help=_("add a place where families are found"))
        place.add_argument("name")
        place.add_argument("--kind", required=True, choices=VindplaatsKind.values)
        place.add_argument("--municipality", required=True, help=_("its code"))
        place.add_argument("--address", default="")
        ways.add_parser("list", help=_("list the public pilots and where they stand"))
        shown = ways.add_parser("show", help=_("show where a public pilot stands and what lacks"))
        shown.add_argument("pilot", help=_("its name in the address"))

    def handle(self, *args: Any, way: str, **asked: Any) -> None:
        """Do it; a refusal is one sentence and exit code 1."""
        getattr(self, f"_{way}")(asked)

    def _region(self, asked: dict[str, Any]) -> None:
        made = running.make_region(asked["name"], office=asked["office"], at=clock.now())
        told = {"region": made.name, "office": asked["office"]}
        self.stdout.write(_("%(region)s is there. Proposals go to %(office)s.") % told)

    def _municipality(self, asked: dict[str, Any]) -> None:
        made = running.make_municipality(
            asked["code"], asked["name"], region=asked["region"], at=clock.now()
        )
        self.stdout.write(_("%s is there.") % f"{made.name} ({made.code})")

    def _place(self, asked: dict[str, Any]) -> None:
        made = running.make_place(
            asked["name"],
            kind=VindplaatsKind(asked["kind"]),
            municipality=asked["municipality"],
            address=asked["address"],
            at=clock.now(),
        )
        self.stdout.write(_("%s is there. A pilot can begin here.") % made.name)

    def _list(self, asked: dict[str, Any]) -> None:
        page = 1
        while found := queries.cards(VISITOR, on=clock.today(), page=page):
            for card in found:
                self.stdout.write(f"{card.stand}\t{card.slug}\t{card.place}\t{card.question}")
            page += 1

    def _show(self, asked: dict[str, Any]) -> None:
        today = clock.today()
        story = queries.story_of(_pilot(asked["pilot"], on=today), on=today)
        stand = {"stand": number_format(story.stand), "words": _(story.stand_words)}
        self.stdout.write(story.question)
        self.stdout.write(_("Stand %(stand)s of 5: %(words)s") % stand)
        for item in story.lacking:
            self.stdout.write(f"  {_('not yet')}: {_(item.words)}")


def _pilot(called: str, *, on: date) -> Pilot:
    try:
        return queries.pilot_shown(VISITOR, called, on=on)
    except NotFound as refusal:
        raise CommandError(no_pilot(called), returncode=1) from refusal
