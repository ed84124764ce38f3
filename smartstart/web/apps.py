"""The room web, as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Room web."""

    name = "smartstart.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every sign-in start its clock, and close what was open here by a code."""
        from django.contrib.auth.signals import user_logged_in

        from smartstart.web.consult import session as question
        from smartstart.web.people import session
        from smartstart.web.post.browser import somebody_came
        from smartstart.web.story import session as story

        user_logged_in.connect(session.begin, dispatch_uid="smartstart.web.people.session")
        user_logged_in.connect(somebody_came, dispatch_uid="smartstart.web.post.browser")
        user_logged_in.connect(question.forget, dispatch_uid="smartstart.web.consult.session")
        user_logged_in.connect(story.forget, dispatch_uid="smartstart.web.story.session")
