"""The room voices, as Django knows it."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Room voices."""

    name = "smartstart.voices"
    label = "voices"
    default_auto_field = "django.db.models.BigAutoField"
