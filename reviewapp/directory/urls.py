"""Addresses of the directory: the company's sign-in, its tokens, groups of a matter, SCIM."""

from allauth.socialaccount.providers.saml import views as saml
from django.urls import path

from reviewapp.directory import scim_views, views

# The library knows its pages by these names.
from reviewapp.directory.unasked import answered_saml, finished_saml

urlpatterns = [
    path("sign-in/by/<str:kind>/", views.sign_in_by, name="sign_in_by"),
    path("sign-in/oidc/<str:provider_id>/callback/", views.answered_oidc, name="openid_connect_callback"),
    path("sign-in/saml/<str:organization_slug>/acs/", answered_saml, name="saml_acs"),
    path("sign-in/saml/<str:organization_slug>/acs/finish/", finished_saml, name="saml_finish_acs"),
    path("sign-in/saml/<str:organization_slug>/sls/", saml.sls, name="saml_sls"),
    path("sign-in/saml/<str:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("sign-in/cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path("directory/", views.directory, name="directory"),
    path("directory/tokens/<uuid:token_id>/revoke/", views.revoke_scim_token, name="revoke_scim_token"),
    path("matters/<uuid:matter_id>/groups/", views.matter_groups, name="matter_groups"),
    path("groups/<uuid:role_id>/take/", views.take_group_role, name="take_group_role"),
    path("scim/v2/Users", scim_views.users, name="scim_users"),
    path("scim/v2/Users/<str:key>", scim_views.user, name="scim_user"),
    path("scim/v2/Groups", scim_views.groups, name="scim_groups"),
    path("scim/v2/Groups/<str:key>", scim_views.group, name="scim_group"),
    path("scim/v2/Bulk", scim_views.bulk, name="scim_bulk"),
    path("scim/v2/<str:what>", scim_views.about, name="scim_about"),
    path("scim/v2/<str:what>/<str:key>", scim_views.about, name="scim_about_one"),
]
