"""Addresses of personas and of roads laid side by side."""

from __future__ import annotations

from django.urls import path

from smartstart.web.findings import persona_views, road_views

app_name = "findings"
PILOT = "pilots/<slug:slug>/"
PERSONA = f"{PILOT}personas/<uuid:ref>/"
ROADS = f"{PILOT}roads/"
urlpatterns = [
    path(f"{PILOT}personas/", persona_views.personas, name="personas"),
    path(f"{PILOT}personas/new/", persona_views.new, name="new_persona"),
    path(PERSONA, persona_views.persona, name="persona"),
    path(f"{PERSONA}remove/", persona_views.remove_trait, name="remove_trait"),
    path(ROADS, road_views.roads, name="roads"),
    path(f"{ROADS}moments/", road_views.add_moment, name="add_moment"),
    path(f"{ROADS}moments/<uuid:ref>/remove/", road_views.remove_moment, name="remove_moment"),
    path("interviews/<int:interview_id>/road/", road_views.said, name="said_road"),
]
