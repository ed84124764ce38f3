"""Post: mail that says only "something waits for you", sent after commit and at most once.

A mail is made from a fixed template and a reference: no name, no title, no word that somebody
typed can be in it, so no family content leaves. It must never grow a template with a value in it.
"""
