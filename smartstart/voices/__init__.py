"""Voices: interviews of people, told with consent, coded together and given back.

Words: *transcript*, *segment*, *code*, *coding* (one coder put one code on one stretch of text),
*excerpt*, *quote*, *codebook*, *member check*. A voice belongs to the person who told it: it is
used only as far and as long as that person said yes, and withdrawing takes it out everywhere.

This room must never show a text outside its consent, store a text before a person confirmed its
pseudonyms, or tell one coder of a blind pair what the other coded.
"""
