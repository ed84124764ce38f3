"""Base: clock, keyring, sealing, refusals, canonical JSON. No models, no Django rows.

The floor of the house: every room may use it, and it knows none of them.
"""
