"""Addresses of what somebody asks about their own data."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import named_views
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
    path("requests/<uuid:ref>/rest/", named_views.rest, name="request_rest"),
    path("requests/<uuid:ref>/again/", named_views.again, name="request_again"),
    path("requests/<uuid:ref>/letter/", named_views.letter, name="request_letter"),
    path("my-request/", named_views.mine, name="my_request"),
    path("my-request/go-on/", named_views.go_on, name="my_request_go_on"),
]
