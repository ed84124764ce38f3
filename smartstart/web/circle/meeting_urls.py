"""Addresses of meetings, and of saying why one looks."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import meeting_views as views
from smartstart.web.circle import reason

urlpatterns = [
    path("reason/", reason.say_why, name="reason"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<uuid:ref>/", views.one, name="meeting"),
    path("meetings/<uuid:ref>.ics", views.calendar, name="meeting_calendar"),
    path("meetings/<uuid:ref>/off/", views.off, name="meeting_off"),
    path("meetings/<uuid:ref>/agree/<int:number>/", views.agree, name="meeting_agree"),
    path("meetings/<uuid:ref>/minutes/", views.minutes, name="meeting_minutes"),
    path("parts/<uuid:part>/meet/", views.plan, name="meeting_plan"),
]
