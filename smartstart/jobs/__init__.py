"""Jobs: commands, the supervisor, timed and background work; wires rooms that may not meet.

Its words: a part (a process of the house), a shift (a worker that is alive), the timetable. It
must never hold a rule of a room, nor a task whose arguments are more than references.
"""
