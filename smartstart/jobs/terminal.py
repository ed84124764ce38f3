"""The ``smartstart`` command itself: which commands there are, and what to do with a wrong name."""

from __future__ import annotations

import sys
from difflib import get_close_matches

from django.core.management import BaseCommand, ManagementUtility, get_commands
from django.utils.translation import gettext as _

NOT_UNDERSTOOD = 2


class Terminal(ManagementUtility):
    """Django's way to commands, in plain words; ours stand in its list, Django's work too."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Return a command; a name that nothing has is one sentence and exit code 2."""
        known = get_commands()
        if subcommand in known:
            return super().fetch_command(subcommand)
        near = get_close_matches(subcommand, known, n=1)
        meant = _(" Did you mean: smartstart %s?") % near[0] if near else ""
        words = _("There is no command %s. See which there are: smartstart help") % subcommand
        sys.stderr.write(f"{words}.{meant}\n")
        sys.exit(NOT_UNDERSTOOD)

    def main_help_text(self, commands_only: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's
        """Return our own commands, one a line; with ``commands_only`` all, for a shell."""
        if commands_only:
            return super().main_help_text(commands_only=True)
        ours = sorted(name for name, app in get_commands().items() if app == "smartstart.jobs")
        lines = [_("These commands there are. More about one: smartstart NAME --help"), ""]
        return "\n".join([*lines, *(f"    smartstart {name}" for name in ours)])
