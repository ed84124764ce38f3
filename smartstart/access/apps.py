"""The room access, as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Room access."""

    name = "smartstart.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
