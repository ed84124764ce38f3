"""Addresses of mail. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.post import notices, views

app_name = "post"
urlpatterns = [
    path("mail/", views.mail, name="mail"),
    path("mail/off/", views.off, name="off"),
    path("mail/yes/<uuid:ref>/", views.confirm, name="confirm"),
    path("mail/notices/on/", notices.on, name="notices_on"),
    path("mail/notices/off/", notices.off, name="notices_off"),
    path("mail/notices.js", notices.worker, name="notices_worker"),
    path("mail/waits/", notices.waits, name="waits"),
    path("mail/<uuid:ref>/", views.link, name="link"),
]
