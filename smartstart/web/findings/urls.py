"""Addresses of personas and of roads laid side by side."""

from __future__ import annotations

from django.urls import path

from smartstart.web.findings import guest_views, mirror_views, persona_views, road_views

app_name = "findings"
PILOT = "pilots/<slug:slug>/"
PERSONA = f"{PILOT}personas/<uuid:ref>/"
ROADS = f"{PILOT}roads/"
urlpatterns = [
    path(f"{PILOT}personas/", persona_views.personas, name="personas"),
    path(f"{PILOT}personas/new/", persona_views.new, name="new_persona"),
    path(PERSONA, persona_views.persona, name="persona"),
    path(f"{PERSONA}remove/", persona_views.remove_trait, name="remove_trait"),
    path(f"{PILOT}thinkers/", guest_views.guests, name="guests"),
    path(f"{PILOT}thinkers/read/", guest_views.read, name="guest_read"),
    path(f"{PILOT}thinkers/<uuid:ref>/card/", guest_views.card, name="guest_card"),
    path(f"{PILOT}notes/<uuid:ref>/take-up/", guest_views.take_up, name="note_take_up"),
    path(f"{PILOT}mirror/", mirror_views.mirror, name="mirror"),
    path(ROADS, road_views.roads, name="roads"),
    path(f"{ROADS}moments/", road_views.add_moment, name="add_moment"),
    path(f"{ROADS}moments/<uuid:ref>/remove/", road_views.remove_moment, name="remove_moment"),
    path(f"{ROADS}thinkers/<uuid:ref>/", road_views.guest_said, name="guest_said_road"),
    path("interviews/<int:interview_id>/road/", road_views.said, name="said_road"),
]
