"""The room post, as Django knows it."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Room post."""

    name = "smartstart.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"
