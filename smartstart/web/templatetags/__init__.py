"""Template filters of the look: arithmetic for pictures, nothing else."""
