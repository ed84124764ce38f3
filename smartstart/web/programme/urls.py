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
    path("work/", desk.mine, name="mine"),
    path("work/<slug:slug>/", desk.work, name="work"),
    path("work/<slug:slug>/evidence/", desk.evidence, name="evidence"),
    path("work/<slug:slug>/evidence/<slug:item>/mark/", desk.mark, name="mark"),
    path("work/<slug:slug>/evidence/<slug:item>/take-back/", desk.take_back, name="take_back"),
    path("work/<slug:slug>/stand/", desk.deviation, name="deviation"),
    path("work/<slug:slug>/stand/end/", desk.end_deviation, name="end_deviation"),
    path("work/<slug:slug>/question/", desk.question, name="question"),
    path("work/<slug:slug>/state/<slug:to>/", desk.state, name="state"),
    path("work/<slug:slug>/team/", lists.team, name="team"),
    path("work/<slug:slug>/team/<int:hat_id>/end/", lists.end_in_team, name="end_in_team"),
    path("work/<slug:slug>/figures/", lists.figures, name="figures"),
    path(
        "work/<slug:slug>/figures/<int:figure_id>/remove/",
        lists.remove_figure,
        name="remove_figure",
    ),
    path("work/<slug:slug>/took-part/", lists.took_part, name="took_part"),
    path("work/<slug:slug>/decisions/", lists.decisions, name="decisions"),
    path("work/<slug:slug>/decisions/<int:decision_id>/take/", lists.decide, name="decide"),
    path("work/<slug:slug>/requests/", lists.requests, name="requests"),
    path("work/<slug:slug>/requests/<int:request_id>/answer/", lists.answer, name="answer"),
    path("work/<slug:slug>/lessons/", lists.lessons, name="own_lessons"),
    path(
        "work/<slug:slug>/lessons/<int:lesson_id>/answer/",
        lists.answer_lesson,
        name="answer_lesson",
    ),
    path(
        "work/<slug:slug>/lessons/<int:lesson_id>/withdraw/",
        lists.withdraw_lesson,
        name="withdraw_lesson",
    ),
    path("work/<slug:slug>/doubts/", lists.doubts, name="doubts"),
]
