"""What designing together found: personas, roads, the mirror. Pages for the team of a pilot."""
