"""Addresses of the dictionary."""

from __future__ import annotations

from django.urls import path

from smartstart.web.words import proposing, views

app_name = "words"
urlpatterns = [
    path("words/", views.words, name="words"),
    path("words/propose/", proposing.propose, name="propose"),
    path("words/to-sign/", views.to_sign, name="to_sign"),
    path("words/plainer/", views.plainer, name="plainer"),
    path("words/proposals/", proposing.proposals, name="proposals"),
    path("words/proposals/<int:proposal_id>/agree/", proposing.agree, name="agree"),
    path("words/proposals/<int:proposal_id>/look/", proposing.look, name="look"),
    path("words/proposals/<int:proposal_id>/answer/", proposing.answer, name="answer"),
    path("words/meanings/<int:meaning_id>/sign/", views.sign, name="sign"),
    path("words/<int:term_id>/hurts/", views.hurts, name="hurts"),
    path("words/<str:word>/", views.word, name="word"),
]
