"""Addresses of mail. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.post import views

app_name = "post"
urlpatterns = [
    path("mail/", views.mail, name="mail"),
    path("mail/off/", views.off, name="off"),
    path("mail/<uuid:ref>/", views.link, name="link"),
]
