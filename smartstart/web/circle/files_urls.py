"""Addresses of files. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import files_views as views

urlpatterns = [
    path("files/<slug:kind>/<uuid:ref>/add/", views.add, name="file_add"),
    path("files/<slug:kind>/<uuid:ref>/<uuid:file>/away/", views.take_away, name="file_away"),
    path("files/<uuid:ref>/", views.download, name="file"),
    path("said/files/<uuid:ref>/", views.shown, name="file_shown"),
    path("circles/<uuid:ref>/keep/files.zip", views.all_files, name="all_files"),
]
