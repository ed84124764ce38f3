"""The room thread, as Django knows it."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """Room thread."""

    name = "smartstart.thread"
    label = "thread"
    default_auto_field = "django.db.models.BigAutoField"
