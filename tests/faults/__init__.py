"""Faults: what is left when a deed is broken at any step of it."""
