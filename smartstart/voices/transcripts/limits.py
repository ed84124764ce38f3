"""How much one uploaded file may hold; beyond it the file is refused with a sentence.

Each limit is far above an interview of four hours (about 300,000 characters) and far below
what would make a page worker slow or large.
"""

LARGEST_FILE_MB = 25
LARGEST_FILE_BYTES = LARGEST_FILE_MB * 1024 * 1024
LONGEST_TEXT_CHARACTERS = 1_000_000
MOST_ENTRIES = 2_000
LARGEST_UNPACKED_BYTES = 100 * 1024 * 1024
LARGEST_PART_BYTES = 16 * 1024 * 1024
# A long text of one repeated sentence packs 300 to 1; a bomb packs 1,000 to 1 and is large.
MOST_UNPACKED_PER_PACKED = 250
SMALLEST_BOMB_BYTES = 8 * 1024 * 1024
# Expat reads an unfinished comment or attribute again with every piece: few, large pieces.
CHUNK_BYTES = 1024 * 1024
DEEPEST_NESTING = 500
# A million characters with a run of its own for every word.
MOST_ELEMENTS = 600_000
