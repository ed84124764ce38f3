"""The room people, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Room people."""

    name = "smartstart.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
