"""The room design, as Django knows it."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Room design; gives the thread the words of notes."""

    name = "smartstart.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who gives the words of notes in the thread."""
        from smartstart.design.notes_in_thread import NoteWords
        from smartstart.thread.kinds import Kind
        from smartstart.thread.words import register

        register(Kind.NOTE, NoteWords())
