"""Live: the small process that tells phones on an open board what changed.

It streams and does nothing else: steps are stored by the pages, in one transaction each. It learns
of a change by asking the store, reads what changed once per board, and gives each phone what that
phone may see. Words: *listener* (one open stream), *change* (a number of a board).

This room must never write, and never tell a phone a note or vote that is still covered.
"""
