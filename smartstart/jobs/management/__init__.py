"""Commands of the house, one per room or part."""
