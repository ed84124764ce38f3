"""Our own catalogue tool: compile, check and extend the Dutch catalogues without gettext.

A fresh machine has no ``msgfmt`` and no ``xgettext``; a running installation has no ``babel``.
So reading, checking and compiling are written here, in plain Python.
"""
