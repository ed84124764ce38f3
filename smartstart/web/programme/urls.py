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
    path("pilots/<slug:slug>/work/", desk.work, name="work"),
    path("pilots/<slug:slug>/work/evidence/", desk.evidence, name="evidence"),
    path("pilots/<slug:slug>/work/evidence/<slug:item>/mark/", desk.mark, name="mark"),
    path(
        "pilots/<slug:slug>/work/evidence/<slug:item>/take-back/", desk.take_back, name="take_back"
    ),
    path("pilots/<slug:slug>/work/stand/", desk.deviation, name="deviation"),
    path("pilots/<slug:slug>/work/stand/end/", desk.end_deviation, name="end_deviation"),
    path("pilots/<slug:slug>/work/question/", desk.question, name="question"),
    path("pilots/<slug:slug>/work/state/<slug:to>/", desk.state, name="state"),
    path("pilots/<slug:slug>/work/team/", lists.team, name="team"),
    path("pilots/<slug:slug>/work/team/<int:hat_id>/end/", lists.end_in_team, name="end_in_team"),
    path("pilots/<slug:slug>/work/figures/", lists.figures, name="figures"),
    path(
        "pilots/<slug:slug>/work/figures/<int:figure_id>/remove/",
        lists.remove_figure,
        name="remove_figure",
    ),
    path("pilots/<slug:slug>/work/took-part/", lists.took_part, name="took_part"),
    path("pilots/<slug:slug>/work/decisions/", lists.decisions, name="decisions"),
    path("pilots/<slug:slug>/work/decisions/<int:decision_id>/take/", lists.decide, name="decide"),
    path("pilots/<slug:slug>/work/requests/", lists.requests, name="requests"),
    path("pilots/<slug:slug>/work/requests/<int:request_id>/answer/", lists.answer, name="answer"),
    path("pilots/<slug:slug>/work/lessons/", lists.lessons, name="own_lessons"),
    path(
        "pilots/<slug:slug>/work/lessons/<int:lesson_id>/answer/",
        lists.answer_lesson,
        name="answer_lesson",
    ),
    path(
        "pilots/<slug:slug>/work/lessons/<int:lesson_id>/withdraw/",
        lists.withdraw_lesson,
        name="withdraw_lesson",
    ),
    path("pilots/<slug:slug>/work/doubts/", lists.doubts, name="doubts"),
]
