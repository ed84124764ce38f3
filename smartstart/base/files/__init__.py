"""Files that people bring: told by what they hold, washed of what they carry unseen, and sealed.

A *paper* is a PDF or a text document, a *picture* a photo or drawing, a *sound* a recording. No
file is believed to be what its name says; nothing of it is read in the process of the pages.
"""
