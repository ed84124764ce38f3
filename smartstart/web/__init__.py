"""Web: pages for people. Views only translate; the door writes who read what.

Must never hold a rule, a query of its own, or a sentence that is not translatable.
"""
