"""Holding: the mechanism of one holder at every instant, for the rooms that need it.

Its words: held, offered, accepted, declined, answered. It has no tables of its own; it must never
let a question be without a holder.
"""
