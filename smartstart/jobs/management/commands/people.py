"""``smartstart people``: the first administrator, roles beyond one organisation, ending, cards."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.access.permissions import SCOPE, Role, Scope
from smartstart.base import clock
from smartstart.jobs.command import HouseCommand
from smartstart.people import running
from smartstart.people.models import Domain, Hat


class Command(HouseCommand):
    """What only somebody at the server may do; each deed leaves a line in the ledger."""

    not_there = gettext_lazy(
        "Nobody or nothing has this name. See who is there: smartstart people list"
    )
    does = gettext_lazy(
        "Make an administrator, give or end a role, give a card, list who has which role."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One way of five: admin, give, end, card, list."""
        ways = parser.add_subparsers(dest="way", required=True)
        admin = ways.add_parser("admin", help=_("make an organisation's first administrator"))
        admin.add_argument("name", help=_("user name"))
        admin.add_argument("--organisation", required=True, help=_("made when it is not there"))
        admin.add_argument("--domain", choices=Domain.values, default=Domain.MUNICIPALITY)
        admin.add_argument("--shown-as", default="", help=_("name that others see"))
        give = ways.add_parser("give", help=_("give somebody a role, also one of the region"))
        give.add_argument("name")
        give.add_argument("role", choices=[role.value for role in running.ROLES])
        give.add_argument("--organisation", required=True)
        give.add_argument("--called", required=True, help=_("what it is called on the screen"))
        end = ways.add_parser("end", help=_("end all roles of somebody, everywhere, now"))
        end.add_argument("name")
        card = ways.add_parser("card", help=_("give somebody a new card; second keys stay"))
        card.add_argument("name")
        lost = _("end the second keys too: only when this person lost them")
        card.add_argument("--keys-are-lost", action="store_true", help=lost)
        ways.add_parser("list", help=_("who has which role today"))

    def handle(self, *args: Any, way: str, **options: Any) -> None:
        """Do it, and print a card code once."""
        getattr(self, f"_{way}")(options)

    def _admin(self, asked: dict[str, Any]) -> None:
        hat, card = running.make_administrator(
            asked["name"],
            shown_as=asked["shown_as"] or asked["name"],
            organisation=asked["organisation"],
            domain=Domain(asked["domain"]),
            at=clock.now(),
            today=clock.today(),
        )
        self._print_card(asked["name"], card)
        if hat.sleeps:
            self.stdout.write(_until_confirmed())

    def _give(self, asked: dict[str, Any]) -> None:
        hat = running.give_role(
            asked["name"],
            Role(asked["role"]),
            organisation=asked["organisation"],
            called=asked["called"],
            at=clock.now(),
            today=clock.today(),
        )
        sleeps = _until_confirmed() if hat.sleeps else ""
        self.stdout.write(f"{_('The role is given.')} {sleeps}".rstrip())

    def _end(self, asked: dict[str, Any]) -> None:
        ended = running.end_everything(asked["name"], at=clock.now(), today=clock.today())
        words = ngettext("%(n)s role has ended.", "%(n)s roles have ended.", ended) % {"n": ended}
        self.stdout.write(f"{words} {_('This person is signed out everywhere.')}")

    def _card(self, asked: dict[str, Any]) -> None:
        lost: bool = asked["keys_are_lost"]
        card = running.new_card(
            asked["name"], at=clock.now(), today=clock.today(), keys_are_lost=lost
        )
        self._print_card(asked["name"], card.code)
        if card.kept:
            self.stdout.write(_("The second keys stay. Are they lost? Add: --keys-are-lost"))
        elif card.ended:
            self.stdout.write(_("The second keys ended. The card leads to making a new one."))
        if card.asleep:
            self.stdout.write(_("Roles that read something sleep until somebody says yes."))

    def _list(self, asked: dict[str, Any]) -> None:
        for hat in running.hats_today(clock.today()):
            home = hat.organisation.name if hat.organisation else "-"
            where = _pilot_of(hat) or home
            last = hat.last_day.isoformat() if hat.last_day else "-"
            sleeps = f"\t{_('sleeps')}" if hat.sleeps else ""
            self.stdout.write(f"{hat.account.username}\t{hat.role}\t{where}\t{last}{sleeps}")

    def _print_card(self, name: str, card: str) -> None:
        if not card:
            self.stdout.write(_("The role is given. This account keeps the keys it has."))
            return
        self.stdout.write(f"{_('User name')}: {name.lower()}\n{_('Code')}: {card}")
        self.stdout.write(_("Sign in with a card at /people/card/. You see this code once."))


def _pilot_of(hat: Hat) -> str:
    """Return the pilot of a role in one; what a parent's role is for, nobody reads here."""
    return hat.place if SCOPE[Role(hat.role)] is Scope.PILOT else ""


def _until_confirmed() -> str:
    return _("The role sleeps until somebody it concerns says yes.")
