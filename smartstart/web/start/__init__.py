"""Start: the first page, and in an example the people one can look as."""
