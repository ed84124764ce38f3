"""Addresses of the circle: each of its pages' lists, joined."""

from __future__ import annotations

from smartstart.web.circle import kijkboek_urls

app_name = "circle"
urlpatterns = [
    *kijkboek_urls.urlpatterns,
]
