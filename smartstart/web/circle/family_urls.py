"""Addresses of a family. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import (
    address_views,
    family_views,
    help_views,
    living_views,
    opening_views,
    seat_views,
    sharing_views,
    taking,
    words_views,
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
    path("circles/<uuid:ref>/address/", address_views.address, name="address"),
    path("circles/<uuid:ref>/family/", living_views.family, name="family"),
    path("circles/<uuid:ref>/family/add/", living_views.add_adult, name="add_adult"),
    path(
        "circles/<uuid:ref>/family/<uuid:member>/place/", living_views.own_place, name="own_place"
    ),
    path("circles/<uuid:ref>/other-home/", living_views.other_home, name="other_home"),
    path("circles/<uuid:ref>/seats/", seat_views.seats, name="seats"),
    path("circles/<uuid:ref>/seats/offer/", seat_views.offer, name="offer"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/", seat_views.seat, name="seat"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/code/", seat_views.code, name="seat_code"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/end/", seat_views.end, name="end_seat"),
    path("circles/<uuid:ref>/seats/<uuid:seat>/strain/", seat_views.strain, name="strain"),
    path(
        "circles/<uuid:ref>/seats/<uuid:seat>/strain/seen/",
        seat_views.strain_seen,
        name="strain_seen",
    ),
    path("circles/<uuid:ref>/ask/", sharing_views.ask, name="ask"),
    path("circles/<uuid:ref>/entries/", words_views.entries, name="entries"),
    path("circles/<uuid:ref>/entries/write/", words_views.write, name="write"),
    path("circles/<uuid:ref>/entries/<uuid:entry>/", words_views.entry, name="entry"),
    path("circles/<uuid:ref>/entries/<uuid:entry>/side/", words_views.own_side, name="own_side"),
    path("circles/<uuid:ref>/entries/<uuid:entry>/correct/", words_views.correct, name="correct"),
    path(
        "circles/<uuid:ref>/entries/<uuid:entry>/not-right/",
        words_views.not_right,
        name="not_right",
    ),
    path("circles/<uuid:ref>/agreements/", words_views.agreements, name="agreements"),
    path("circles/<uuid:ref>/agreements/add/", words_views.agree, name="agree"),
    path(
        "circles/<uuid:ref>/agreements/<uuid:agreement>/actions/add/",
        words_views.add_action,
        name="add_action",
    ),
    path(
        "circles/<uuid:ref>/agreements/<uuid:agreement>/end/",
        words_views.end_agreement,
        name="end_agreement",
    ),
    path("circles/<uuid:ref>/actions/<uuid:action>/done/", words_views.finish, name="finish"),
    path("circles/<uuid:ref>/miss/", sharing_views.miss, name="miss"),
    path("circles/<uuid:ref>/sharing/", sharing_views.sharing, name="sharing"),
    path("circles/<uuid:ref>/sharing/<uuid:ground>/", sharing_views.decide, name="decide"),
    path(
        "circles/<uuid:ref>/sharing/<uuid:ground>/stop/", sharing_views.take_back, name="take_back"
    ),
    path(
        "circles/<uuid:ref>/sharing/<uuid:ground>/stopped/", sharing_views.stopped, name="stopped"
    ),
    path("circles/<uuid:ref>/asked/<uuid:question>/", sharing_views.asked, name="asked"),
    path(
        "circles/<uuid:ref>/asked/<uuid:question>/confirm/", sharing_views.confirm, name="confirm"
    ),
    path("circles/<uuid:ref>/asked/<uuid:question>/reopen/", sharing_views.reopen, name="reopen"),
]
