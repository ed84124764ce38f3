"""Programme: regions, places, the pilots and their question, stand, team, decisions and lessons.

A pilot takes one question (vraagstuk) at one vindplaats from data and design to effect. Its
stand from 0 to 5 is computed from evidence and may be explained away by a person until a day.
Must never show a stand without its reasons, hide a step back, or publish a pilot nobody accepted.
"""
