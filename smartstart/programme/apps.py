"""The room programme, as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Room programme."""

    name = "smartstart.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
