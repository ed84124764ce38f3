"""Addresses of who looked. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import kijkboek_views as views

urlpatterns = [
    path("circles/<uuid:ref>/looks/", views.looks, name="looks"),
    path("circles/<uuid:ref>/looks/<slug:monday>/", views.looks, name="looks_of"),
    path("circles/<uuid:ref>/looks/<slug:monday>/<uuid:look>/", views.why, name="looks_why"),
    path(
        "circles/<uuid:ref>/looks/<slug:monday>/receipts/<uuid:part>/",
        views.receipts,
        name="looks_receipts",
    ),
]
