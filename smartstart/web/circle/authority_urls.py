"""Addresses of who decides about a child. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import authority_views as views

HOME = "circles/<uuid:ref>/family/<uuid:member>/decides/"
WORK = "parts/<uuid:part>/decides/"
urlpatterns = [
    path(HOME, views.authority, name="authority"),
    path(f"{HOME}say/", views.say, name="authority_say"),
    path("circles/<uuid:ref>/decides/<uuid:authority>/doubt/", views.doubt, name="authority_doubt"),
    path("circles/<uuid:ref>/decides/<uuid:authority>/end/", views.end, name="authority_end"),
    path(WORK, views.at_work, name="authority_work"),
    path(f"{WORK}<uuid:authority>/saw/", views.saw, name="authority_saw"),
    path(f"{WORK}<uuid:authority>/ended/", views.ended, name="authority_ended"),
    path(f"{WORK}<uuid:authority>/doubt/", views.doubt_at_work, name="authority_doubt_work"),
]
