"""The voices of the example region; ``load(at=...)`` makes them."""

from smartstart.voices.example.operations import load

__all__ = ["load"]
