"""Addresses of the thread."""

from __future__ import annotations

from django.urls import path

from smartstart.web.thread import deeds, publishing, views

app_name = "thread"
THREAD = "pilots/<slug:slug>/thread/"
KNOT = f"{THREAD}<uuid:ref>/"
urlpatterns = [
    path("pilots/<slug:slug>/solutions/<int:number>/", views.solution, name="solution"),
    path(THREAD, views.thread, name="thread"),
    path(f"{THREAD}insights/new/", deeds.new_insight, name="new_insight"),
    path(f"{THREAD}new/<slug:kind>/", deeds.new, name="new"),
    path(KNOT, views.knot, name="knot"),
    path(f"{KNOT}change/", deeds.change, name="change"),
    path(f"{KNOT}gap/<slug:lack>/", deeds.gap, name="gap"),
    path(f"{KNOT}take-up/", deeds.take_up, name="take_up"),
    path(f"{KNOT}translate/", deeds.translate, name="translate"),
    path(f"{KNOT}tie/", deeds.tie, name="tie"),
    path(f"{KNOT}untie/<uuid:lower>/", deeds.untie, name="untie"),
    path(f"{KNOT}stand/", deeds.stand, name="stand"),
    path(f"{KNOT}open/", deeds.show_meedenkers, name="open"),
    path(f"{KNOT}publish/", publishing.publish, name="publish"),
    path(f"{KNOT}take-back/", publishing.take_back, name="take_back"),
]
