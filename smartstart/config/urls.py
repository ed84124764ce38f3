"""All addresses of the house: each room of the web brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "start",
    "gallery",
    "people",
    "post",
    "programme",
    "thread",
    "voices",
    "circle",
    "consult",
    "design",
    "design_boards",
    "findings",
    "story",
    "privacy",
    "about",
    "words",
    "library",
)


def _rooms() -> list[URLPattern | URLResolver]:
    """Return what each room of the web brings, in a fixed order."""
    return [
        path("", include(f"smartstart.web.{room}.urls"))
        for room in ROOMS
        if find_spec(f"smartstart.web.{room}") and find_spec(f"smartstart.web.{room}.urls")
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    *_rooms(),
    path("account/", include("smartstart.web.people.account_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "smartstart.web.middleware.does_not_fit"
handler403 = "smartstart.web.middleware.not_allowed"
handler404 = "smartstart.web.middleware.not_found"
handler500 = "smartstart.web.middleware.broken"
