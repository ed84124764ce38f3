"""Addresses of who looks after a circle. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import looking_after_views as views

urlpatterns = [
    path("circles/<uuid:ref>/contact/", views.contact, name="contact"),
    path("circles/<uuid:ref>/contact/stop/", views.contact_stop, name="contact_stop"),
    path("after/", views.mine, name="after"),
    path("after/open/", views.open_for, name="open_for"),
    path("after/code/<uuid:seat>/", views.code_for, name="code_for"),
    path("after/<uuid:ref>/ask/", views.hand_over, name="after_ask"),
    path("after/<uuid:ref>/yes/", views.say_yes, name="after_yes"),
    path("after/<uuid:ref>/no/", views.say_no, name="after_no"),
]
