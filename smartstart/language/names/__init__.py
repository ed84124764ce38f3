"""Stretches of a text that may point at a person, a place or a school, and what to write instead.

Pure: text in, proposals out. A person confirms or refuses each one; nothing here decides.
"""
