"""Addresses of the programme."""

from __future__ import annotations

from django.urls import path

from smartstart.web.programme import desk, lists, proposals, views

app_name = "programme"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("lessons/", views.lessons, name="lessons"),
    path("pilots/", views.pilots, name="pilots"),
    path("pilots/propose/", proposals.propose, name="propose"),
    path("pilots/proposals/", proposals.proposals, name="proposals"),
    path("pilots/proposals/<uuid:ref>/", proposals.proposed, name="proposed"),
    path("pilots/proposals/<int:pilot_id>/accept/", proposals.accept, name="accept"),
    path("pilots/proposals/<int:pilot_id>/decline/", proposals.decline, name="decline"),
    path("pilots/<slug:slug>/", views.pilot, name="pilot"),
    path("desk/", desk.mine, name="mine"),
    path("desk/<slug:slug>/", desk.work, name="work"),
    path("desk/<slug:slug>/evidence/", desk.evidence, name="evidence"),
    path("desk/<slug:slug>/evidence/<slug:item>/mark/", desk.mark, name="mark"),
    path("desk/<slug:slug>/evidence/<slug:item>/take-back/", desk.take_back, name="take_back"),
    path("desk/<slug:slug>/stand/", desk.deviation, name="deviation"),
    path("desk/<slug:slug>/stand/end/", desk.end_deviation, name="end_deviation"),
    path("desk/<slug:slug>/question/", desk.question, name="question"),
    path("desk/<slug:slug>/state/<slug:to>/", desk.state, name="state"),
    path("desk/<slug:slug>/team/", lists.team, name="team"),
    path("desk/<slug:slug>/team/<int:hat_id>/end/", lists.end_in_team, name="end_in_team"),
    path("desk/<slug:slug>/figures/", lists.figures, name="figures"),
    path(
        "desk/<slug:slug>/figures/<int:figure_id>/remove/",
        lists.remove_figure,
        name="remove_figure",
    ),
    path("desk/<slug:slug>/took-part/", lists.took_part, name="took_part"),
    path("desk/<slug:slug>/decisions/", lists.decisions, name="decisions"),
    path("desk/<slug:slug>/decisions/<int:decision_id>/take/", lists.decide, name="decide"),
    path("desk/<slug:slug>/requests/", lists.requests, name="requests"),
    path("desk/<slug:slug>/requests/<int:request_id>/answer/", lists.answer, name="answer"),
    path("desk/<slug:slug>/lessons/", lists.lessons, name="own_lessons"),
    path(
        "desk/<slug:slug>/lessons/<int:lesson_id>/answer/",
        lists.answer_lesson,
        name="answer_lesson",
    ),
    path(
        "desk/<slug:slug>/lessons/<int:lesson_id>/withdraw/",
        lists.withdraw_lesson,
        name="withdraw_lesson",
    ),
    path("desk/<slug:slug>/doubts/", lists.doubts, name="doubts"),
]
