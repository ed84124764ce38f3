"""The room web, as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Room web."""

    name = "smartstart.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every sign-in, by whatever key, start its clock."""
        from django.contrib.auth.signals import user_logged_in

        from smartstart.web.people import session

        user_logged_in.connect(session.begin, dispatch_uid="smartstart.web.people.session")
