"""Addresses of who leaves a home, and of asking how it goes. Neutral words."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import leaving_views as views

urlpatterns = [
    path("circles/<uuid:ref>/family/leave/", views.leave, name="leave"),
    path("circles/<uuid:ref>/family/<uuid:member>/left/", views.left, name="left"),
    path("circles/<uuid:ref>/information/", views.information, name="information"),
    path("questions/<uuid:ref>/left/", views.decide, name="left_decide"),
    path("questions/<uuid:ref>/refuse/", views.refuse, name="refuse"),
]
