"""Addresses of the story card. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import story_views as views

urlpatterns = [
    path("circles/<uuid:ref>/told/", views.stories, name="stories"),
    path("circles/<uuid:ref>/told/<uuid:about>/", views.tell, name="story_tell"),
]
