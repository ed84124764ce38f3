"""Everyone uses the same words: terms, plain language, our own catalogues, names in a text.

Words of this room: a *term* and its *meaning* in each domain (Dutch: *Woordenboek*), a *plain
word*, a *clash* (one word, two meanings, two domains at the table), a *proposal* (a stretch of
text that may point at a person, and what to write instead).

This room never stores, logs or sends the text it is asked about. The language helper is a
process of its own that keeps text in memory only, and only as long as the question takes.
"""
