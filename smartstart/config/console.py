"""The ``smartstart`` command: every room's commands under one name."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``smartstart COMMAND ...`` (the same as ``manage.py COMMAND ...``)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
    if sys.argv[1:2] in (["run"], ["setup"]):
        os.environ.setdefault("SMARTSTART_SERVED", "yes")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
