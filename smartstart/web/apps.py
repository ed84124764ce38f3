"""The room web, as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Room web."""

    name = "smartstart.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
