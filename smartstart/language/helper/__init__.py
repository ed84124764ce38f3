"""The language helper: a small process of its own that proposes what to replace in a text.

It answers on a Unix socket that only its own user may open. A text lives in its memory as long
as the question takes: nothing of it is written, logged, put in a trace or left in a core dump.
Its name tables are built once, in a process beside it, while the helper already answers.
"""
