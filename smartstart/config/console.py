"""The ``smartstart`` command: every room's commands under one name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``smartstart COMMAND ...`` (the same as ``manage.py COMMAND ...``)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
    if sys.argv[1:2] in (["run"], ["setup"]):
        os.environ.setdefault("SMARTSTART_SERVED", "yes")
    from smartstart.jobs.terminal import Terminal

    try:
        Terminal(["smartstart", *sys.argv[1:]]).execute()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
