"""Each file is one word after ``smartstart``."""
