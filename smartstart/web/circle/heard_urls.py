"""Addresses of being heard. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import heard_views as views

urlpatterns = [
    path("months/", views.heard, name="heard"),
    path("circles/<uuid:ref>/months/say/", views.say, name="say_heard"),
]
