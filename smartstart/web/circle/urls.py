"""Addresses of the circle: each of its pages' lists, joined."""

from __future__ import annotations

from smartstart.web.circle import (
    authority_urls,
    basis_urls,
    beside_urls,
    ending_urls,
    family_urls,
    files_urls,
    heard_urls,
    kijkboek_urls,
    leaving_urls,
    looking_after_urls,
    meeting_urls,
    own_urls,
    rights_urls,
    said_urls,
    story_urls,
    withheld_urls,
    work_urls,
)

app_name = "circle"
urlpatterns = [
    *authority_urls.urlpatterns,
    *basis_urls.urlpatterns,
    *beside_urls.urlpatterns,
    *ending_urls.urlpatterns,
    *family_urls.urlpatterns,
    *files_urls.urlpatterns,
    *heard_urls.urlpatterns,
    *kijkboek_urls.urlpatterns,
    *leaving_urls.urlpatterns,
    *looking_after_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *own_urls.urlpatterns,
    *rights_urls.urlpatterns,
    *said_urls.urlpatterns,
    *story_urls.urlpatterns,
    *withheld_urls.urlpatterns,
    *work_urls.urlpatterns,
]
