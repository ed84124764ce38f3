"""Which tests of a run go to one worker, one after the other: those of a file that share a house.

The marks of xdist (``xdist_group``) say nothing with the pytest that is locked here: it makes the
name of a test anew, without the group that was written into it. Files that are together go first,
the largest before the others, so that no worker is left with a long one at the end.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

FOLDERS: Final = ("tests/e2e/",)
FILES: Final = frozenset(
    {
        "tests/access/test_canary.py",
        "tests/access/test_matrix.py",
        "tests/faults/test_server_stopped.py",
        "tests/jobs/test_run.py",
        "tests/web/test_gallery_browser.py",
    }
)


class Together(LoadScopeScheduling):
    """Gives out whole files of those above, and every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return file if file in FILES or file.startswith(FOLDERS) else nodeid
