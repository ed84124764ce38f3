"""Addresses of keeping and stopping. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import ending_views as views

urlpatterns = [
    path("circles/<uuid:ref>/keep/", views.keep, name="keep"),
    path("circles/<uuid:ref>/keep/all.<slug:form>", views.export, name="export"),
    path("circles/<uuid:ref>/keep/stop/", views.stop, name="stop"),
    path("circles/<uuid:ref>/keep/again/", views.again, name="open_again"),
]
