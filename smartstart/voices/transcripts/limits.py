"""How much one uploaded file may hold; beyond it the file is refused with a sentence.

Each limit is far above an interview of four hours (about 300,000 characters) and far below
what would make a page worker slow or large.
"""

LARGEST_FILE_MB = 25
LARGEST_FILE_BYTES = LARGEST_FILE_MB * 1024 * 1024
LONGEST_TEXT_CHARACTERS = 1_000_000
DEEPEST_NESTING = 500
# A million characters with a run of its own for every word.
MOST_ELEMENTS = 600_000
