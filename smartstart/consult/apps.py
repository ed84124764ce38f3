"""The room consult, as Django knows it."""

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    """Room consult."""

    name = "smartstart.consult"
    label = "consult"
    default_auto_field = "django.db.models.BigAutoField"
