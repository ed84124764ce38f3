"""SQLite as this house uses it: writers wait in one fair queue."""
