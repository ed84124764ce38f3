"""Questions without a name: ask, check, choose, follow; by function, or by code."""
