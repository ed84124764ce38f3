"""What every command of the house shares: plain words, one sentence, no traces.

Exit codes: 0 done, 1 refused or not there, 2 typed in a way we do not understand.
"""

from __future__ import annotations

import re
import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, NoReturn

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    handle_default_options,
)
from django.db import DatabaseError, DataError, IntegrityError, connections
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base.refusals import NotFound, Refusal

# What Python's own reader of words says, and what we say instead.
SAID: Final[tuple[tuple[str, Callable[..., str]], ...]] = (
    (r"the following arguments are required: (.+)", lambda what: _("This lacks: %s.") % what),
    (
        r"argument .+?: invalid choice: (.+?) \(choose from (.+)\)",
        lambda what, choices: (
            _("%(what)s is no choice here. Choose from: %(choices)s.")
            % {"what": what, "choices": choices}
        ),
    ),
    (r"argument (.+?): expected .*argument.*", lambda what: _("Write something after %s.") % what),
    (r"unrecognized arguments: (.+)", lambda what: _("We do not know this: %s.") % what),
    (
        r"argument (.+?): invalid .+ value: (.+)",
        lambda where, what: (
            _("%(what)s does not fit at %(where)s.") % {"what": what, "where": where}
        ),
    ),
    (
        r"argument (.+?): not allowed with argument (.+)",
        lambda one, other: (
            _("%(one)s and %(other)s do not go together.") % {"one": one, "other": other}
        ),
    ),
)


# What Django adds to every command.
DJANGOS: Final = frozenset(
    f"--{name}"
    for name in (
        *("version", "verbosity", "settings", "pythonpath"),
        *("traceback", "no-color", "force-color", "skip-checks"),
    )
)


class PlainParser(CommandParser):
    """Reads the words after a command and says in plain ones what does not fit."""

    def error(self, message: str) -> NoReturn:
        """Say it, and how to see what can be written."""
        raise CommandError(f"{_in_plain_words(message)} {self._help()}", returncode=2)

    def _help(self) -> str:
        return _("See: %s --help") % self.prog

    def _get_formatter(self) -> HelpFormatter:
        return PlainHelp(prog=self.prog)


class PlainHelp(HelpFormatter):
    """What can be written after a command, in the language of the house."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with our own word for it."""
        super().add_usage(usage, actions, groups, prefix or _("write: "))


def _make_plain(parser: ArgumentParser) -> None:
    """Let this reader and every one below it be ours: Django makes its own before asking us.

    What Django adds to every command works, and is not told: it is for who builds.
    """
    parser.__class__ = PlainParser
    parser._positionals.title = _("what to write behind it")
    parser._optionals.title = _("what may be added")
    for action in parser._actions:
        if "--help" in action.option_strings:
            action.help = _("show this and stop")
        elif DJANGOS.intersection(action.option_strings):
            action.help = SUPPRESS
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                _make_plain(below)


def _in_plain_words(message: str) -> str:
    for pattern, say in SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return say(*found.groups())
    return message


class HouseCommand(BaseCommand):
    """A command that answers a refusal, or a store that is gone, with one sentence."""

    not_there: ClassVar[str | Promise] = gettext_lazy(
        "There is nothing with this name. Look whether you typed it right."
    )

    does: ClassVar[str | Promise] = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let the reader of words, and those of the ways below it, be ours."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.description = str(self.does)
        _make_plain(parser)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Do it; what is refused is one sentence and exit code 1."""
        try:
            return super().execute(*args, **options)
        except NotFound as refusal:
            raise CommandError(str(self.not_there), returncode=1) from refusal
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        except (DataError, IntegrityError) as error:
            words = _("This does not fit in the data. Look at what you typed.")
            raise CommandError(words, returncode=1) from error
        except DatabaseError as error:
            words = _("We cannot reach the data. Is everything set up? Run: smartstart setup")
            raise CommandError(words, returncode=1) from error
        except OSError as error:
            if error.filename is None:
                raise
            words = _("%s cannot be read or written. Look whether it may, and whether it fits.")
            raise CommandError(words % error.filename, returncode=1) from error

    def run_from_argv(self, argv: Sequence[str]) -> None:
        """Read the words and do it; say a refusal without the name of a class before it."""
        try:
            options = vars(self.create_parser(argv[0], argv[1]).parse_args(list(argv[2:])))
            positional = options.pop("args", ())
            handle_default_options(Namespace(**options))
            self.execute(*positional, **options)
        except CommandError as said:
            if "--traceback" in argv:
                raise
            self.stderr.write(str(said))
            sys.exit(said.returncode)
        finally:
            connections.close_all()


def no_pilot(called: str) -> str:
    """Say that there is no pilot with this name."""
    return _("There is no pilot called %s. See which there are: smartstart programme list") % called
