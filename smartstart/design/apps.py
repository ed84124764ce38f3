"""The room design, as Django knows it."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Room design."""

    name = "smartstart.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"
