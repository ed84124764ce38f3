#!/usr/bin/env python3
"""The same as the ``smartstart`` command, for who is used to this name."""

from smartstart.config.console import main

if __name__ == "__main__":
    main()
