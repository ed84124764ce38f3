"""Addresses of the first page and of the example."""

from __future__ import annotations

from django.urls import path

from smartstart.web.start import views

app_name = "start"
urlpatterns = [
    path("", views.first, name="first"),
    path("example/", views.chooser, name="chooser"),
    path("example/public/", views.look_at_the_public_site, name="public"),
    path("example/step-in/", views.step_in, name="step_in"),
]
