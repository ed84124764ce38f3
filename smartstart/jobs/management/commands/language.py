"""``smartstart language load``: put the first terms into the dictionary of an empty house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy, ngettext

from smartstart.jobs.command import HouseCommand
from smartstart.language.loading import load_terms


class Command(HouseCommand):
    """The dictionary."""

    does = gettext_lazy(
        "The dictionary: load the first terms; what is there already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``load`` is all there is."""
        parser.add_argument("task", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many terms came."""
        made = load_terms()
        words = ngettext("%s word came into the dictionary.", "%s words came into it.", made)
        self.stdout.write(words % made)
