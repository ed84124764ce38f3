"""Addresses of signing in and keys. Names are allauth's: it looks them up itself.

Only what works without an e-mail address is here: no sign-up, no reset by mail, no mail at all.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path

from smartstart.web.people import keys
from smartstart.web.post.browser import leaves_notices

urlpatterns = [
    path("sign-in/", keys.sign_in, name="account_login"),
    path("sign-in/key/", keys.second_key, name="mfa_authenticate"),
    path("sign-in/passkey/", keys.by_passkey, name="mfa_login_webauthn"),
    path("sign-in/again/", keys.sign_in_again, name="account_reauthenticate"),
    path("sign-in/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-out/", leaves_notices(account.logout), name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("keys/", mfa.index, name="mfa_index"),
    path("keys/phone/", keys.activate_phone_app, name="mfa_activate_totp"),
    path("keys/phone/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("keys/spare/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("keys/spare/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keys/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("keys/passkeys/add/", keys.add_passkey, name="mfa_add_webauthn"),
    path("keys/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("organisation/", outside.connections, name="socialaccount_connections"),
    path("organisation/stopped/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("organisation/failed/", outside.login_error, name="socialaccount_login_error"),
    path("organisation/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("organisation/<slug:provider_id>/back/", oidc.callback, name="openid_connect_callback"),
]
