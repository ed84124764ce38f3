"""Reach the right expertise: the taxonomy, how a question is ranked, and how it learns.

Pure: ``words`` (what a text is cut into), ``languages`` (in which it is written), ``scoring`` (how
well each expertise answers it), ``hours`` (when a position is there), ``ranking`` (which three).
With the database: ``known`` (what a process keeps in memory), ``queries``, ``operations``.
``taxonomy`` reads the data files.
"""
