"""The page of who told a story: by card and word, without an account, neutral to look at."""
