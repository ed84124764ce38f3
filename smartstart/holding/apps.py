"""The room holding, as Django knows it."""

from django.apps import AppConfig


class HoldingConfig(AppConfig):
    """Room holding."""

    name = "smartstart.holding"
    label = "holding"
    default_auto_field = "django.db.models.BigAutoField"
