"""Access: who acts, what they may, which folder they read, and the ledger that says so.

Knows people and organisations only by reference; has no foreign key out. Every room uses
its door: ``Guarded`` querysets decide what exists for an actor, a ``Reading`` opens sealed
content and collects the folders it came from, and an answer leaves only after the line that
says so is written. It must never offer a way to read that leaves no line.
"""
