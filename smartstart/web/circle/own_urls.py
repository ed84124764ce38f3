"""Addresses of what somebody takes along."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import own_views as views

urlpatterns = [
    path("own/<slug:kind>/<uuid:ref>.<slug:form>", views.own_file, name="own_file"),
]
