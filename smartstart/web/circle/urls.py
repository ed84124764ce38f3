"""Addresses of the circle: each of its pages' lists, joined."""

from __future__ import annotations

from smartstart.web.circle import family_urls, kijkboek_urls, own_urls, withheld_urls

app_name = "circle"
urlpatterns = [
    *family_urls.urlpatterns,
    *kijkboek_urls.urlpatterns,
    *own_urls.urlpatterns,
    *withheld_urls.urlpatterns,
]
