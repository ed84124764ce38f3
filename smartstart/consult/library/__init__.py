"""The library of learned answers: general questions with an answer, that two people looked at.

Words: a *draft* (new text that waits for a second person from another organisation), a *learned
answer* (what everybody may read). Nothing here is tied to a question without a name, and no text
of one is copied.
"""
