"""Addresses of a child's room, and of what was said to somebody. Neutral words."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import said_views as views

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/say/<uuid:to>/", views.say, name="say"),
    path("mine/said/<uuid:ref>/", views.think, name="think"),
    path("said/", views.said_to, name="said_to"),
    path("said/<uuid:ref>/", views.one, name="said"),
]
