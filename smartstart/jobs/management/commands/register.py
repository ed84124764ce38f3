"""``smartstart register``: the register of processing, made from the models."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.jobs.command import HouseCommand
from smartstart.people.register import as_page

PAGE: Final = Path("docs/operate/register.md")


class Command(HouseCommand):
    """Exit codes: 0 printed, written or the same; 1 the page differs from the models."""

    does = gettext_lazy(
        "Print the register of processing; --write keeps it in docs, --check compares."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``--write`` or ``--check``; without either it is printed."""
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--write", action="store_true", help=_("write docs/operate/register.md"))
        ways.add_argument("--check", action="store_true", help=_("fail when that page differs"))

    def handle(self, *args: Any, write: bool, check: bool, **options: Any) -> None:
        """Do what was asked."""
        page, path = as_page(), settings.BASE_DIR / PAGE
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
            self.stdout.write(_("%s is written.") % PAGE)
        elif not check:
            self.stdout.write(page)
        elif not path.exists() or path.read_text(encoding="utf-8") != page:
            words = _("%s is not up to date. Run: smartstart register --write") % PAGE
            raise CommandError(words)
