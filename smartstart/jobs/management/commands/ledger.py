"""``smartstart ledger``: verify, sign, cut and prove what the ledger says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.access import cuts
from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.receipts import receipt
from smartstart.access.seals import read_public_key
from smartstart.access.signing import PUBLIC_FILE
from smartstart.access.verify import verify
from smartstart.base import clock
from smartstart.jobs.command import HouseCommand


class Command(HouseCommand):
    """Exit codes: 0 done or whole, 1 not whole or refused, 2 what was named is not there."""

    not_there = gettext_lazy("This folder has no such line. Look at the folder and the number.")
    does = gettext_lazy("Verify, sign, cut and prove what the ledger says.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The four things that can be done with the ledger."""
        ways = parser.add_subparsers(dest="way", required=True)
        looked = ways.add_parser("verify", help=_("look whether it says what it said"))
        looked.add_argument("--witness", type=Path, help=_("the copy that somebody outside keeps"))
        looked.add_argument(
            "--public-key", type=Path, help=_("the key as somebody outside keeps it")
        )
        ways.add_parser("checkpoint", help=_("sign where all chains stand now"))
        cut = ways.add_parser("cut", help=_("remove lines of five years and older"))
        cut.add_argument("--before", type=date.fromisoformat, required=True, metavar="DATE")
        cut.add_argument("--show", action="store_true", help=_("say what would go; remove nothing"))
        proof = ways.add_parser("receipt", help=_("prove one line to somebody outside"))
        proof.add_argument("folder", type=UUID)
        proof.add_argument("number", type=int)

    def handle(self, *args: Any, way: str, **options: Any) -> None:
        """Do it; a refusal is one sentence and exit code 1."""
        getattr(self, f"_{way}")(**options)

    def _verify(self, *, witness: Path | None, public_key: Path | None, **_options: Any) -> None:
        if witness is not None and not witness.is_file():
            words = _("There is no witness at %s. Look whether the path is right.")
            raise CommandError(words % witness, returncode=2)
        begun = perf_counter()
        report = verify(key=_key(public_key), heard=witness)
        seconds = max(perf_counter() - begun, 0.001)
        for fault in report.faults:
            self.stdout.write(fault)
        told = {
            "lines": report.lines,
            "folders": report.folders,
            "checkpoints": report.checkpoints,
            "heard": report.heard,
            "speed": round(report.lines / seconds),
        }
        self.stdout.write(
            _(
                "%(lines)s lines in %(folders)s folders, %(checkpoints)s checkpoints,"
                " %(heard)s of them heard by a witness; %(speed)s lines a second."
            )
            % told
        )
        if not report.is_whole:
            words = _("The ledger is not whole. Keep everything as it is and call privacy.")
            raise CommandError(words, returncode=1)
        self.stdout.write(_("The ledger is whole."))

    def _checkpoint(self, **_options: Any) -> None:
        made = make_checkpoint(at=clock.now())
        said = _("Checkpoint %s is signed.") % made.number if made else _("Nothing changed.")
        self.stdout.write(said)

    def _cut(self, *, before: date, show: bool, **_options: Any) -> None:
        now = clock.now()
        if show:
            for old in cuts.old_lines(before=before, at=now):
                told = {"folder": old.folder.ref, "lines": old.lines}
                self.stdout.write(_("folder %(folder)s: %(lines)s lines would go") % told)
            return
        made = cuts.cut(before=before, at=now)
        self.stdout.write(_("Old lines are removed in %s folders.") % len(made))

    def _receipt(self, *, folder: UUID, number: int, **_options: Any) -> None:
        self.stdout.write(receipt(folder, number).decode())


def _key(file: Path | None) -> Ed25519PublicKey | None:
    """Return the public key: the one given, else the house's own; None when none was made yet."""
    where = file or Path(settings.SIGNING_DIR) / PUBLIC_FILE
    try:
        return read_public_key(where)
    except FileNotFoundError:
        if file is None:
            return None
        words = _("There is no public key at %s. Look whether the path is right.") % where
        raise CommandError(words, returncode=2) from None
    except ValueError as error:
        words = _("%s is not a public key of a ledger. Ask for the right file.") % where
        raise CommandError(words, returncode=2) from error
