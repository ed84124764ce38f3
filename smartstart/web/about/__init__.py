"""About: who to go to when something is wrong, how accessible this is, what a word means."""
