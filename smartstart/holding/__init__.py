"""Holding: one question has exactly one holder, at every instant (Dutch: wie pakt dit op).

Abstract models, rules and operations; the tables live in the rooms that use them. held ->
offered (the holder stays) -> accepted (a new holder) or declined with a reason or expired by the
clock; answered -> the asker confirms or reopens. It must never leave a question without a holder,
and never let two people believe that they hold it: accepting is one UPDATE whose row count decides.

Use: a model inherits ``models.Held`` and its queryset ``models.HeldQuerySet``; a room calls
``operations`` inside its own transaction and writes the line. ``working_time`` counts promises and
climbs in working hours; school holidays stand in ``school_holidays.toml``: add a year each year.
"""
