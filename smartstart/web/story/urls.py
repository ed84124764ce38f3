"""Addresses of one's own story. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.story import guest_views, speaking, views

app_name = "story"
urlpatterns = [
    path("my-story/", views.open_story, name="open"),
    path("my-story/language/", speaking.choose, name="language"),
    path("my-story/page/", views.story, name="story"),
    path("my-story/page/<uuid:ref>/answer/", views.answer, name="answer"),
    path("my-story/page/<uuid:ref>/words/", views.reword, name="reword"),
    path("my-story/say/", views.say, name="say"),
    path("my-story/hear/", views.hear, name="hear"),
    path("my-story/road/", views.road, name="road"),
    path("my-story/allow/", views.allow, name="allow"),
    path("my-story/take-back/", views.take_back, name="take_back"),
    path("my-story/thought/", guest_views.thought, name="thought"),
    path("my-story/thought/<uuid:ref>/words/", guest_views.correct, name="correct"),
    path("my-story/card/<uuid:ref>/", guest_views.own_card, name="own_card"),
    path("my-story/thought/say/", guest_views.say, name="thought_say"),
    path("my-story/thought/mail/", guest_views.mail, name="thought_mail"),
    path("my-story/thought/<uuid:ref>/next/", guest_views.next_answer, name="thought_next"),
    path("my-story/thought/<uuid:ref>/calendar/", guest_views.calendar, name="thought_calendar"),
    path("my-story/thought/road/", guest_views.road, name="thought_road"),
    path("my-story/thought/take-back/", guest_views.take_back, name="thought_take_back"),
    path("my-story/done/", views.done, name="done"),
]
