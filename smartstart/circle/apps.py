"""The room circle, as Django knows it."""

from django.apps import AppConfig


class CircleConfig(AppConfig):
    """Room circle."""

    name = "smartstart.circle"
    label = "circle"
    default_auto_field = "django.db.models.BigAutoField"
