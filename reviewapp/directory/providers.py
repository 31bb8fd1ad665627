"""The company's sign-in as django-allauth is told of it, from the settings."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

#: The name that the company's sign-in has in addresses. There is one of each kind.
COMPANY = "company"


def providers() -> dict[str, Any]:
    """What `SOCIALACCOUNT_PROVIDERS` would hold."""
    found: dict[str, Any] = {}
    if settings.OIDC_SERVER:
        found["openid_connect"] = {"APPS": [_oidc()]}
    if settings.SAML_ENTITY_ID:
        found["saml"] = {"APPS": [_saml()]}
    return found


def _oidc() -> dict[str, Any]:
    return {
        "provider_id": COMPANY,
        "name": settings.SSO_NAME,
        "client_id": settings.OIDC_CLIENT_ID,
        "secret": settings.OIDC_CLIENT_SECRET,
        "settings": {
            "server_url": settings.OIDC_SERVER,
            "oauth_pkce_enabled": True,
            "scope": settings.OIDC_SCOPES,
        },
    }


def _saml() -> dict[str, Any]:
    return {
        "provider_id": settings.SAML_ENTITY_ID,
        "name": settings.SSO_NAME,
        "client_id": COMPANY,
        "settings": {
            "attribute_mapping": {
                "uid": "urn:oasis:names:tc:SAML:attribute:subject-id",
                "username": settings.SSO_USERNAME_CLAIM,
                "email": ["email", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"],
                "first_name": [
                    "givenName",
                    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
                ],
                "last_name": ["sn", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"],
            },
            "idp": {
                "entity_id": settings.SAML_ENTITY_ID,
                "sso_url": settings.SAML_URL,
                "x509cert": _certificate(settings.SAML_CERTIFICATE),
            },
            # NB: what is not signed says nothing; what nobody here asked for only where an operator wants it.
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": not settings.SAML_IDP_STARTED,
                "allow_single_label_domains": True,
            },
        },
    }


@cache
def _certificate(path: str) -> str:
    return Path(path).read_text()
