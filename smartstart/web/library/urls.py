"""Addresses of the library of learned answers."""

from __future__ import annotations

from django.urls import path

from smartstart.web.library import reports, views, writing

app_name = "library"
urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/similar/", views.similar, name="similar"),
    path("library/<uuid:ref>/came-back/", views.came_back, name="came_back"),
    path("library/<uuid:ref>/report/", reports.report, name="report"),
    path("library/reported/", reports.reported, name="reported"),
    path("library/reported/<uuid:ref>/", reports.decide, name="decide"),
    path("library/drafts/", writing.drafts, name="drafts"),
    path("library/drafts/<uuid:ref>/", writing.check, name="check"),
    path("consult/<uuid:ref>/learned/", writing.write, name="write"),
]
