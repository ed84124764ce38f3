"""Addresses of who works with a family: reading and writing about one person."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import beside_views as views

urlpatterns = [
    path("parts/<uuid:ref>/", views.part, name="part"),
    path("parts/<uuid:ref>/write/", views.write, name="part_write"),
    path("parts/<uuid:ref>/entries/<uuid:entry>/correct/", views.correct, name="part_correct"),
]
