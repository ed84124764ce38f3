"""Addresses of boards: short ones for phones, and those of who leads."""

from __future__ import annotations

from django.urls import path

from smartstart.web.design_boards import lead_views, phone_views, photo_views

app_name = "design_boards"
PHONE = "board/<uuid:ref>/"
LED = "boards/<int:board_id>/"
urlpatterns = [
    path("board/", phone_views.join, name="join"),
    path(PHONE, phone_views.phone, name="phone"),
    path(f"{PHONE}step/", phone_views.step, name="step"),
    path(f"{PHONE}notes/<uuid:note>/group/", phone_views.group, name="group"),
    path(f"{PHONE}news/", phone_views.news, name="news"),
    path("board/<slug:code>/", phone_views.join, name="join_with"),
    path("sessions/<int:session_id>/boards/", lead_views.boards, name="boards"),
    path(LED, lead_views.lead, name="lead"),
    path(f"{LED}screen/", lead_views.screen, name="screen"),
    path(f"{LED}turn/", lead_views.turn, name="turn"),
    path(f"{LED}timer/", lead_views.timer, name="timer"),
    path(f"{LED}hide/", lead_views.hide, name="hide"),
    path(f"{LED}undo/", lead_views.undo, name="undo"),
    path(f"{LED}paper/", lead_views.paper, name="paper"),
    path(f"{LED}notes/<uuid:note>/group/", lead_views.group, name="lead_group"),
    path(f"{LED}notes/<uuid:note>/place/", lead_views.place, name="lead_place"),
    path(f"{LED}photos/", photo_views.add, name="photos"),
    path(f"{LED}photos/hide/", photo_views.hide, name="photo_hide"),
    path(f"{LED}photos/<uuid:photo>/", photo_views.photo, name="photo"),
    path(f"{LED}photos/<uuid:photo>/remove/", photo_views.remove, name="photo_remove"),
    path(f"{LED}export/<slug:form>/", lead_views.export, name="export"),
    path(f"{LED}guest/", lead_views.guest, name="guest"),
]
