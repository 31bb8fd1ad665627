"""Addresses of version 1."""

from typing import cast

from django.urls import URLPattern, path, re_path

from reviewapp.api import application_views, oauth, token_views, views
from reviewapp.api.door import door, no_such_address
from reviewapp.api.reference import reference_of
from reviewapp.api.schema import schema_of
from reviewapp.api.service import made

API = made()
SCHEMA = schema_of(API)
REFERENCE = reference_of(SCHEMA)
# NB: one address has one view for all of its methods, however many operations declare it.
_VIEWS = {str(one.pattern): cast(URLPattern, one) for one in reversed(API.urls[0]) if str(one.pattern)}

urlpatterns = [
    path("account/tokens/", token_views.tokens, name="tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", token_views.revoke, name="revoke_token"),
    path("applications/", application_views.applications, name="applications"),
    path(
        "applications/<uuid:application_id>/remove/",
        application_views.remove_application,
        name="remove_application",
    ),
    path("oauth/authorize", oauth.authorize, name="oauth_authorize"),
    path("oauth/revoke", oauth.revoke, name="oauth_revoke"),
    path("oauth/token", oauth.token, name="oauth_token"),
    path(".well-known/oauth-authorization-server", oauth.authorization_server, name="oauth_server"),
    path(".well-known/oauth-protected-resource", oauth.protected_resource, name="oauth_resource"),
    *[
        path(
            f".well-known/oauth-protected-resource/{resource}",
            oauth.protected_resource,
            {"resource": resource},
            name=f"oauth_resource_{resource}",
        )
        for resource in ("v1", "mcp")
    ],
    path("v1/docs", views.reference, name="reference"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/problems/", views.problems, name="problems_of_api"),
    path("v1/problems/<slug:code>", views.problem, name="problem_of_api"),
    *[
        path(f"v1/{route}", door(one.callback, route), name=f"v1_{one.name}")
        for route, one in reversed(_VIEWS.items())
    ],
    re_path(r"^v1(?:/[\s\S]*)?\Z", door(no_such_address), name="v1_nothing"),
]
