"""Addresses of what somebody asks about their own data."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import rights_views as views

urlpatterns = [
    path("rights/", views.rights, name="rights"),
    path("rights/ask/<slug:kind>/", views.ask, name="rights_ask"),
    path("rights/<uuid:ref>/go-on/", views.rest_stop, name="rest_stop"),
    path("requests/<uuid:ref>/go-on/", views.rest_ends, name="rest_ends"),
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.write_down, name="request_new"),
    path("requests/looked/", views.looked, name="looked_at"),
    path("requests/<uuid:ref>/", views.one, name="request"),
    path("requests/<uuid:ref>/answer/", views.answer, name="request_answer"),
    path("requests/<uuid:ref>/longer/", views.longer, name="request_longer"),
]
