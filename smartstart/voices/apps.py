"""The room voices, as Django knows it."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Room voices; gives the thread the words of excerpts."""

    name = "smartstart.voices"
    label = "voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who gives the words of excerpts."""
        from smartstart.thread.kinds import Kind
        from smartstart.thread.words import register
        from smartstart.voices.words import ExcerptWords

        register(Kind.EXCERPT, ExcerptWords())
