"""Addresses of questions without a name. Neutral words: they stay in the history of a browser."""

from __future__ import annotations

from django.urls import path

from smartstart.web.consult import (
    ask_views,
    bring_views,
    code_views,
    profile_views,
    question_views,
    said_views,
    teach_views,
)

app_name = "consult"
ONE = "consult/<uuid:ref>/"
urlpatterns = [
    path("ask/", ask_views.ask, name="ask"),
    path("ask/check/", ask_views.check, name="check"),
    path("ask/send/", ask_views.send, name="send"),
    path("ask/circle/", bring_views.bring_by_code, name="bring_by_code"),
    path("consult/", question_views.desk, name="desk"),
    path("consult/profile/", profile_views.profile, name="profile"),
    path("consult/profiles/", profile_views.organisation, name="profiles"),
    path("here/<int:place>/<slug:key>/", profile_views.here, name="here"),
    path("consult/words/", teach_views.taught, name="taught"),
    path("consult/figures/", question_views.figures, name="figures"),
    path(ONE, question_views.exchange, name="exchange"),
    path(f"{ONE}pick-up/", question_views.pick_up, name="pick_up"),
    path(f"{ONE}call-today/", question_views.call_today, name="call_today"),
    path(f"{ONE}decline/", question_views.decline, name="decline"),
    path(f"{ONE}give/", question_views.give, name="give"),
    path(f"{ONE}draw-in/", question_views.draw_in, name="draw_in"),
    path(f"{ONE}answer/", said_views.answer, name="answer"),
    path(f"{ONE}ask-back/", said_views.ask_back, name="ask_back"),
    path(f"{ONE}say/", said_views.say, name="say"),
    path(f"{ONE}helped/", said_views.helped, name="helped"),
    path(f"{ONE}not-yet/", said_views.not_yet, name="not_yet"),
    path(f"{ONE}teach/", teach_views.teach, name="teach"),
    path(f"{ONE}circle/", bring_views.bring, name="bring"),
    path("my-question/", code_views.open_question, name="open"),
    path("my-question/page/", question_views.exchange, name="mine"),
    path("my-question/say/", said_views.say, name="my_say"),
    path("my-question/helped/", said_views.helped, name="my_helped"),
    path("my-question/not-yet/", said_views.not_yet, name="my_not_yet"),
    path("my-question/done/", code_views.done, name="done"),
]
