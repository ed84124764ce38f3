"""What somebody is called by others: told by the room holding, for every room that asks."""

from __future__ import annotations

from smartstart.holding.called import BY_FUNCTION, Called, called, name_of, of_position

__all__ = ["BY_FUNCTION", "Called", "called", "name_of", "of_position"]
