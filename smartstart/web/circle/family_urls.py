"""Addresses of a family. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import (
    family_views,
    help_views,
    opening_views,
    seat_views,
    sharing_views,
    taking,
)

urlpatterns = [
    path("circles/", family_views.home, name="home"),
    path("circles/safe/", help_views.unsafe, name="unsafe"),
    path("seats/take/", taking.take, name="take"),
    path("circles/open/", opening_views.open_circle, name="open"),
    path("circles/<uuid:ref>/", family_views.circle, name="circle"),
    path("circles/<uuid:ref>/around/<uuid:about>/", family_views.circle, name="about"),
    path("circles/<uuid:ref>/waiting/", help_views.waiting, name="waiting"),
    path("circles/<uuid:ref>/help/", help_views.not_satisfied, name="help"),
    path("circles/<uuid:ref>/plain/", help_views.unclear, name="unclear"),
    path("circles/<uuid:ref>/children/add/", opening_views.add_child, name="add_child"),
    path("circles/<uuid:ref>/seats/", seat_views.seats, name="seats"),
    path("circles/<uuid:ref>/seats/offer/", seat_views.offer, name="offer"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/", seat_views.seat, name="seat"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/code/", seat_views.code, name="seat_code"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/end/", seat_views.end, name="end_seat"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/strain/", family_views.strain, name="strain"),
    path("circles/<uuid:ref>/ask/", sharing_views.ask, name="ask"),
    path("circles/<uuid:ref>/miss/", sharing_views.miss, name="miss"),
    path("circles/<uuid:ref>/sharing/", sharing_views.sharing, name="sharing"),
    path("circles/<uuid:ref>/sharing/<uuid:ground>/", sharing_views.decide, name="decide"),
    path(
        "circles/<uuid:ref>/sharing/<uuid:ground>/stop/", sharing_views.take_back, name="take_back"
    ),
    path("circles/<uuid:ref>/asked/<uuid:question>/", sharing_views.asked, name="asked"),
    path(
        "circles/<uuid:ref>/asked/<uuid:question>/confirm/", sharing_views.confirm, name="confirm"
    ),
    path("circles/<uuid:ref>/asked/<uuid:question>/reopen/", sharing_views.reopen, name="reopen"),
]
