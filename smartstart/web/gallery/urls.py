"""Addresses of the gallery."""

from __future__ import annotations

from django.urls import path

from smartstart.web.gallery import views

app_name = "gallery"
urlpatterns = [
    path("gallery/", views.index, name="index"),
    path("gallery/right-to-left/", views.turned, name="turned"),
    path("gallery/frames/<slug:kind>/", views.frame, name="frame"),
    path("gallery/errors/<slug:kind>/", views.error, name="error"),
]
