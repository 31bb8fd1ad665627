"""Addresses of people: signing in, one's own profile, and accounts for those who manage them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.views import LogoutView
from django.urls import path

from reviewapp.people import sign_in_views, views

# The library knows its pages by these names; those of its pages that have no place here are left out.
urlpatterns = [
    path("sign-in/", sign_in_views.SignIn.as_view(), name="login"),
    path("sign-in/", sign_in_views.SignIn.as_view(), name="account_login"),
    path("sign-in/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("two-factor/", sign_in_views.TwoFactor.as_view(), name="mfa_index"),
    path("two-factor/", sign_in_views.TwoFactor.as_view(), name="mfa_list_webauthn"),
    path("two-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("two-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("two-factor/keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("two-factor/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("two-factor/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("two-factor/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("profile/", views.profile, name="profile"),
    path("profile/password/", views.change_password, name="change_password"),
    path("profile/sessions/", sign_in_views.own_sessions, name="own_sessions"),
    path("profile/sessions/end/", sign_in_views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("password/<str:key>/<str:token>/", views.set_password, name="set_password"),
    path("people/", views.people, name="people"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/change/", views.change_person, name="change_person"),
]
