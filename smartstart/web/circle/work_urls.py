"""Addresses of who works in circles of others: today, and one question."""

from __future__ import annotations

from django.urls import path

from smartstart.web.circle import question_views as views
from smartstart.web.circle import work_views

QUESTION = "questions/<uuid:ref>/"
urlpatterns = [
    path("today/", work_views.today, name="today"),
    path("questions/ask/", work_views.places, name="ask_about"),
    path("questions/ask/<uuid:ref>/", work_views.ask, name="ask_work"),
    path(QUESTION, views.question, name="question"),
    path(f"{QUESTION}pick-up/", views.pick_up, name="pick_up"),
    path(f"{QUESTION}promise/", views.promise, name="promise"),
    path(f"{QUESTION}give/", views.give, name="give"),
    path(f"{QUESTION}accept/", views.accept, name="accept"),
    path(f"{QUESTION}decline/", views.decline, name="decline"),
    path(f"{QUESTION}answer/", views.answer, name="answer"),
    path(f"{QUESTION}helped/", views.helped, name="helped"),
    path(f"{QUESTION}again/", views.again, name="again"),
    path(f"{QUESTION}give-back/", views.give_back, name="give_back"),
    path(f"{QUESTION}private/", views.private, name="private"),
    path(f"{QUESTION}ask-family/", views.ask_family, name="ask_family"),
]
