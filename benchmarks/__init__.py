"""What the house costs, each figure beside a floor measured in the same run.

A room adds ``benchmarks/<room>.py`` with ``measure(*, at)``: an iterator of ``Figure`` (or of
anything with ``name size value target floor meets``, in milliseconds). It is run in a fresh,
migrated database of each engine. What needs no database offers ``rows()`` instead and is run once.
"""
