"""How much one file may hold; beyond it the file is refused with a sentence."""

LARGEST_MB = 10
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
# A photo of 30 million points is larger than any phone of these years makes by itself.
MOST_POINTS = 30_000_000
# Longest side of what is kept: a letter on it can still be read.
LONGEST_SIDE = 2_400
MOST_PAGES = 300
LONGEST_TEXT_CHARACTERS = 1_000_000

MOST_ENTRIES = 2_000
LARGEST_UNPACKED_BYTES = 100 * 1024 * 1024
LARGEST_PART_BYTES = 16 * 1024 * 1024
# A long text of one repeated sentence packs 300 to 1; a bomb packs 1,000 to 1 and is large.
MOST_UNPACKED_PER_PACKED = 250
SMALLEST_BOMB_BYTES = 8 * 1024 * 1024
# Expat reads an unfinished comment or attribute again with every piece: few, large pieces.
CHUNK_BYTES = 1024 * 1024

# What the program that washes one file may use.
WASH_SECONDS = 30
WASH_BYTES = 1536 * 1024 * 1024
