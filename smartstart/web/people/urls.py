"""Addresses of people; those of signing in itself stand in ``account_urls``."""

from __future__ import annotations

from django.urls import path

from smartstart.web.people import keys, organisation, views

app_name = "people"

urlpatterns = [
    path("people/card/", keys.card, name="card"),
    path("people/lock/", views.lock, name="lock"),
    path("people/unlock/", keys.unlock, name="unlock"),
    path("people/unsent/", views.unsent_form, name="unsent"),
    path("people/second-key/", views.second_key, name="second_key"),
    path("people/hats/", views.hats, name="hats"),
    path("people/names/", views.names, name="names"),
    path("people/me/", views.me, name="me"),
    path("people/me/sign-out/", views.sign_out, name="sign_out"),
    path("people/me/sign-ins/end/", views.end_other_sign_ins, name="end_other_sign_ins"),
    path("people/me/sign-ins/<int:sign_in_id>/end/", views.end_sign_in, name="end_sign_in"),
    path("people/invitation/", views.invitation, name="invitation"),
    path("people/organisation/", organisation.overview, name="organisation"),
    path("people/organisation/invite/", organisation.invite, name="invite"),
    path(
        "people/organisation/invitations/<int:invitation_id>/end/",
        organisation.end_invitation,
        name="end_invitation",
    ),
    path(
        "people/organisation/people/<int:account_id>/end/",
        organisation.end_person,
        name="end_person",
    ),
    path(
        "people/organisation/people/<int:account_id>/card/",
        organisation.card,
        name="card_of",
    ),
    path(
        "people/organisation/people/<int:account_id>/restore/",
        organisation.ask_restore,
        name="ask_restore",
    ),
    path("people/organisation/hats/<int:hat_id>/end/", organisation.end_hat, name="end_hat"),
    path("people/organisation/positions/add/", organisation.new_position, name="new_position"),
    path(
        "people/organisation/positions/<int:position_id>/", organisation.position, name="position"
    ),
    path("people/restores/", organisation.restores, name="restores"),
    path("people/restores/hats/<int:hat_id>/wake/", organisation.wake, name="wake"),
    path(
        "people/restores/<int:restore_id>/confirm/",
        organisation.confirm_restore,
        name="confirm_restore",
    ),
]
