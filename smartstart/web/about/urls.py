"""Addresses that the foot of every page names."""

from __future__ import annotations

from django.urls import path

from smartstart.web.about import views

app_name = "about"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("complaints/", views.complaints, name="complaints"),
    path("plain/", views.plain, name="plain"),
]
