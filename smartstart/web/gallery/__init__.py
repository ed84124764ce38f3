"""The gallery: every component in every state, with invented Dutch content.

Developers look here first; the accessibility test visits it. It shows nothing real and asks
the store nothing.
"""
