"""The dictionary on pages: look a word up, propose, agree, mark, decide."""
