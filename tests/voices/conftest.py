"""Properties of this room take what time they need; speed has tests of its own."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
