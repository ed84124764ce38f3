"""The room language, as Django knows it."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """Room language."""

    name = "smartstart.language"
    label = "language"
    default_auto_field = "django.db.models.BigAutoField"
