"""SQLite as this house uses it: nobody who wants to write starves."""
