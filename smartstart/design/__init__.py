"""Design: people who design something together, in five steps, led by two facilitators.

Words: *design session* (one meeting of a pilot, in one step), *part* (a timed piece of its agenda
with a script), *facilitator* (one of the two who lead it), *invitation* (to people of one role),
*attendance* (one place, and whether somebody sat there), *need* (what somebody needs to take part),
*allowance* (what one person gets for it). Who takes part comes in one of the roles of ``roles``:
boards, mirror and invitations share them.

What is said in a session and who takes part is sealed under the folder of that session. What is
paid to whom is sealed under a folder of its own: no row of it points at who took part.

This room must never show a need to anybody but the two who lead, or join money to words.
"""
