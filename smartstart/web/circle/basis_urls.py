"""Addresses of on what organisations take part, and of what the law lets nobody choose."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import basis_views, deciding_views

urlpatterns = [
    path("taking-part/", basis_views.bases, name="bases"),
    path("taking-part/<uuid:organisation>/", basis_views.basis, name="basis"),
    path("taking-part/<uuid:organisation>/end/", basis_views.basis_end, name="basis_end"),
    path("decisions/", deciding_views.decisions, name="decisions"),
    path("decisions/<uuid:ground>/", deciding_views.decision, name="decision"),
    path("parts/<uuid:part>/must/", deciding_views.must, name="must"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/sees/", deciding_views.sees, name="sees"),
]
