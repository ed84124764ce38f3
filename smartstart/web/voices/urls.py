"""Addresses of a pilot's interviews, in the order in which the work is done."""

from __future__ import annotations

from django.urls import path

from smartstart.web.voices import (
    coding_views,
    export_views,
    interview_views,
    merging_views,
    quote_views,
    telling_views,
    text_views,
)

app_name = "voices"
urlpatterns = [
    path("interviews/", interview_views.home, name="home"),
    path("pilots/<slug:slug>/interviews/", interview_views.interviews, name="interviews"),
    path("pilots/<slug:slug>/interviews/plan/", interview_views.plan, name="plan"),
    path("pilots/<slug:slug>/interviews/export/<slug:kind>/", export_views.export, name="export"),
    path("pilots/<slug:slug>/codes/", coding_views.codebook, name="codebook"),
    path("pilots/<slug:slug>/codes/<uuid:ref>/", coding_views.code, name="code"),
    path("pilots/<slug:slug>/telling/", telling_views.telling, name="telling"),
    path("interviews/<int:interview_id>/", interview_views.interview, name="interview"),
    path("interviews/<int:interview_id>/consent/", interview_views.consent, name="consent"),
    path("interviews/<int:interview_id>/called/", interview_views.called, name="called"),
    path("interviews/<int:interview_id>/withdraw/", interview_views.withdraw, name="withdraw"),
    path("interviews/<int:interview_id>/messages/read/", interview_views.read, name="read"),
    path("interviews/<int:interview_id>/text/", text_views.import_text, name="import_text"),
    path("interviews/<int:interview_id>/names/", text_views.names, name="names"),
    path("interviews/<int:interview_id>/names/decide/", text_views.decide, name="decide"),
    path("interviews/<int:interview_id>/names/add/", text_views.add_name, name="add_name"),
    path("interviews/<int:interview_id>/names/again/", text_views.look_again, name="look_again"),
    path("interviews/<int:interview_id>/names/finish/", text_views.finish, name="finish"),
    path("interviews/<int:interview_id>/coding/", coding_views.coding, name="coding"),
    path("interviews/<int:interview_id>/coding/begin/", coding_views.begin, name="begin"),
    path("interviews/<int:interview_id>/coding/save/", coding_views.save, name="save"),
    path("interviews/<int:interview_id>/coding/remove/", coding_views.remove, name="remove"),
    path("interviews/<int:interview_id>/coding/ready/", coding_views.ready, name="ready"),
    path("interviews/<int:interview_id>/coding/go-on/", coding_views.go_on, name="go_on"),
    path(
        "interviews/<int:interview_id>/coding/sentences/<int:number>/",
        coding_views.sentence,
        name="sentence",
    ),
    path("interviews/<int:interview_id>/merging/", merging_views.merging, name="merging"),
    path("interviews/<int:interview_id>/merging/choose/", merging_views.choose, name="choose"),
    path("interviews/<int:interview_id>/merging/finish/", merging_views.merge, name="merge"),
    path("interviews/<int:interview_id>/excerpts/", quote_views.excerpt, name="excerpt"),
    path("interviews/<int:interview_id>/quotes/", quote_views.quotes, name="quotes"),
    path("interviews/<int:interview_id>/quotes/<uuid:ref>/ask/", quote_views.ask, name="ask"),
    path("interviews/<int:interview_id>/card/", quote_views.card, name="card"),
    path("interviews/<int:interview_id>/letter/", telling_views.letter, name="letter"),
    path("interviews/<int:interview_id>/told/", telling_views.spoken, name="spoken"),
]
