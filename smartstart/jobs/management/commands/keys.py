"""``smartstart keys``: other keys for the folders, and another key round the keyring."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.access import rotation
from smartstart.access.models import Folder
from smartstart.base import clock
from smartstart.base.keyring import KeyFiles, KeyIsGone, keyring
from smartstart.jobs.command import HouseCommand

DAY: Final = 24 * 60 * 60


class Command(HouseCommand):
    """Exit codes: 0 done, 1 refused (one sentence says why). May be stopped and run again."""

    does = gettext_lazy("Other keys for the folders, and another key round the keyring.")

    def add_arguments(self, parser: CommandParser) -> None:
        """``rotate`` is of what is sealed, ``wrap`` of the keyring itself."""
        ways = parser.add_subparsers(dest="way", required=True)
        rotate = ways.add_parser("rotate", help=_("make new keys and seal everything under them"))
        rotate.add_argument("--folder", type=UUID, help=_("only this folder, by its reference"))
        finish = ways.add_parser("finish", help=_("drop earlier keys that open nothing any more"))
        finish.add_argument("--days", type=int, default=30, help=_("only those of so long ago"))
        ways.add_parser("wrap", help=_("wrap the keyring under a new key, or finish doing so"))

    def handle(self, *args: Any, way: str, **asked: Any) -> None:
        """Do it."""
        getattr(self, f"_{way}")(asked)

    def _rotate(self, asked: dict[str, Any]) -> None:
        folders = rotation.standing()
        if asked["folder"]:
            folders = [one for one in folders if one.ref == asked["folder"]]
            if not folders:
                raise CommandError(_("There is no such folder."), returncode=1)
        sealed = sum(_renewed(folder, whole=bool(asked["folder"])) for folder in folders)
        rotation.tell_rotation(at=clock.now(), why="keys_rotated")
        words = ngettext("%(n)s folder, ", "%(n)s folders, ", len(folders)) % {"n": len(folders)}
        more = ngettext(
            "%(n)s text or file sealed anew.", "%(n)s texts and files sealed anew.", sealed
        )
        self.stdout.write(words + more % {"n": sealed})
        self.stdout.write(_("Earlier keys go with “smartstart keys finish”."))

    def _finish(self, asked: dict[str, Any]) -> None:
        gone = 0
        for folder in rotation.standing():
            try:
                rotation.seal_anew(folder)
                gone += rotation.forget(folder, older_than_seconds=asked["days"] * DAY)
            except KeyIsGone:
                continue  # erased while we were on our way
        self.stdout.write(
            ngettext("%s earlier key is gone.", "%s earlier keys are gone.", gone) % gone
        )

    def _wrap(self, _asked: dict[str, Any]) -> None:
        ring = keyring()
        if not settings.WRAPPING_DIR or not isinstance(ring, KeyFiles):
            words = _("Say in SMARTSTART_WRAPPING where the wrapping key stands.")
            raise CommandError(words, returncode=1)
        made, files = ring.wrap()
        if made:
            rotation.tell_rotation(at=clock.now(), why="keyring_wrapped")
        self.stdout.write(ngettext("%s key wrapped anew.", "%s keys wrapped anew.", files) % files)


def _renewed(folder: Folder, *, whole: bool) -> int:
    """Renew one folder; one that was renewed today, by a run that was stopped, is finished."""
    try:
        if whole or keyring().age(folder.ref) > DAY:
            return rotation.renew(folder)
        return rotation.seal_anew(folder)
    except KeyIsGone:
        return 0  # erased while we were on our way
