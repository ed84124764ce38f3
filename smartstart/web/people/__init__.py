"""Pages of people: signing in, keys, roles, and what administrators do."""
