"""Addresses of privacy."""

from __future__ import annotations

from django.urls import path

from smartstart.web.privacy import views

app_name = "privacy"

urlpatterns = [
    path("privacy/", views.roles, name="roles"),
    path("privacy/register/", views.register, name="register"),
    path("privacy/<slug:name>/", views.role, name="role"),
]
