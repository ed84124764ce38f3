"""Addresses of what is kept apart. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import withheld_views as views

urlpatterns = [
    path("kept/", views.kept, name="kept"),
    path("kept/<uuid:ref>/", views.one, name="kept_one"),
    path("kept/<uuid:ref>/confirm/", views.confirm, name="kept_confirm"),
    path("kept/<uuid:ref>/decline/", views.decline, name="kept_decline"),
    path("kept/<uuid:ref>/drop/", views.drop, name="kept_drop"),
    path("kept/<uuid:ref>/look-again/", views.look_again, name="kept_look_again"),
    path("kept/<uuid:ref>/open/", views.ask_to_open, name="kept_open"),
    path("kept/<uuid:ref>/opened/", views.opened, name="kept_opened"),
    path("kept/<uuid:ref>/another/", views.another, name="kept_another"),
    path("kept/<uuid:ref>/second/", views.second, name="kept_second"),
    path("kept/<uuid:ref>/rather-not/", views.rather_not, name="kept_rather_not"),
    path("parts/<uuid:part>/kept/", views.write, name="kept_write"),
    path("entries/<uuid:entry>/kept/", views.withhold, name="kept_entry"),
]
