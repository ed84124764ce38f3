"""Addresses of design sessions, in the order in which the work is done."""

from __future__ import annotations

from django.urls import path

from smartstart.web.design import (
    agenda_views,
    evening_views,
    guest_views,
    invited_views,
    money_views,
    session_views,
)

app_name = "design"
ONE = "sessions/<int:session_id>/"
PIECE = f"{ONE}agenda/<int:number>/"
PLACE = f"{ONE}places/<int:number>/"
PAID = f"{ONE}allowances/<int:number>/"
INVITED = f"{ONE}invitations/<int:invitation_id>/"
urlpatterns = [
    path("sessions/", session_views.home, name="home"),
    path("pilots/<slug:slug>/sessions/", session_views.sessions, name="sessions"),
    path("pilots/<slug:slug>/sessions/plan/", session_views.plan, name="plan"),
    path(ONE, session_views.session, name="session"),
    path(f"{ONE}change/", session_views.change, name="change"),
    path(f"{ONE}calendar.ics", session_views.calendar, name="calendar"),
    path(f"{ONE}agenda/", agenda_views.agenda, name="agenda"),
    path(f"{ONE}agenda/add/", agenda_views.add, name="add_piece"),
    path(PIECE, agenda_views.piece, name="piece"),
    path(f"{PIECE}up/", agenda_views.up, name="piece_up"),
    path(f"{PIECE}remove/", agenda_views.remove, name="remove_piece"),
    path(f"{ONE}guests/", guest_views.guests, name="guests"),
    path(f"{ONE}invitations/again/", guest_views.again, name="invite_again"),
    path(f"{ONE}invitations/invite/", guest_views.invite, name="invite"),
    path(f"{INVITED}cards/", guest_views.cards, name="cards"),
    path(f"{INVITED}remove/", guest_views.remove, name="remove_invitation"),
    path(PLACE, guest_views.place, name="place"),
    path(f"{PLACE}tap/", evening_views.tap, name="tap"),
    path(f"{ONE}evening/", evening_views.evening, name="evening"),
    path(f"{ONE}evening/begin/", evening_views.begin, name="begin"),
    path(f"{ONE}evening/parts/<int:number>/", evening_views.begin_part, name="begin_part"),
    path(f"{ONE}evening/parts/end/", evening_views.end_part, name="end_part"),
    path(f"{ONE}evening/close/", evening_views.close, name="close"),
    path(f"{ONE}attendance/", evening_views.attendance, name="attendance"),
    path(f"{ONE}attendance/let-in/", evening_views.let_in, name="let_in"),
    path(f"{ONE}allowances/", money_views.allowances, name="allowances"),
    path(f"{ONE}allowances/amount/", money_views.amount, name="amount"),
    path(f"{PAID}paid/", money_views.paid, name="paid"),
    path(f"{PAID}remove/", money_views.remove, name="remove_allowance"),
    path("invited/", invited_views.open_invitation, name="invited"),
    path("invited/answer/", invited_views.answer, name="invited_answer"),
    path("invited/calendar/", invited_views.calendar, name="invited_calendar"),
]
