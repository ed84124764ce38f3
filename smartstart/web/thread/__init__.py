"""The thread on the web: the team's pages, and the parts that public pages show."""
