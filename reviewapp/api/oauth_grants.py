"""How programs get tokens (OAuth 2.1): who they are, by client credentials, by a code with PKCE, by refreshing.

A program without a person is a token that a person made: its id is the client's id, its secret the client's secret.
An application that people let act for them is public and has no secret.
"""

import hmac
from typing import Any

from authlib.integrations.django_oauth2 import RevocationEndpoint
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, ClientCredentialsGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from django.contrib.auth.models import User
from django.utils import timezone

from reviewapp.api.actions import revoke_token
from reviewapp.api.consents import consent, end_copied, is_answered_at
from reviewapp.api.models import Application, Code, Token
from reviewapp.api.policy import code_of, grant_of_refresh_secret, issued_token_of
from reviewapp.frame.actor import Actor, Scope
from reviewapp.frame.bearer import hash_of

WITH_SECRET = ["client_secret_basic", "client_secret_post"]
PUBLIC = ["none"]


class TokenClient(ClientMixin):  # type: ignore[misc]
    """A person's token as a client."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def get_client_id(self) -> str:
        return str(self.token.pk)

    def get_allowed_scope(self, scope: str | None) -> str:
        asked = (scope or "").split() or self.token.scopes
        return " ".join(one for one in asked if one in self.token.scopes or one == Scope.READ)

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(hash_of(client_secret), self.token.secret_sha256)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in WITH_SECRET

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)

    def check_response_type(self, response_type: str) -> bool:
        return False

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return False

    def get_default_redirect_uri(self) -> None:
        return None

    def has(self, token: Token) -> bool:
        """Whether the client was given this token."""
        return token.parent_id == self.token.pk


class PublicClient(ClientMixin):  # type: ignore[misc]
    """An application as a client."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def get_client_id(self) -> str:
        return str(self.application.pk)

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in (scope or Scope.READ).split() if one in set(Scope))

    def check_client_secret(self, client_secret: str) -> bool:
        return False

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in PUBLIC

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in {AuthorizationCodeGrant.GRANT_TYPE, RefreshTokenGrant.GRANT_TYPE}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return is_answered_at(self.application, redirect_uri)

    def get_default_redirect_uri(self) -> None:
        """None: a request says where it is answered, so that no answer goes astray."""
        return

    def has(self, token: Token) -> bool:
        """Whether the client was given this token."""
        return (token.parent or token).application_id == self.application.pk


class Credentials(ClientCredentialsGrant):  # type: ignore[misc]
    """RFC 6749, section 4.4."""

    TOKEN_ENDPOINT_AUTH_METHODS = WITH_SECRET


class OnlyS256(CodeChallenge):  # type: ignore[misc]
    """PKCE for everybody, by S256 alone (OAuth 2.1, section 4.1.1)."""

    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Send a 'code_challenge' with 'code_challenge_method=S256'.")
        super().validate_code_challenge(grant, redirect_uri)

    def get_authorization_code_challenge_method(self, authorization_code: Any) -> str:
        return "S256"


class KeptCode:
    """A code as the library asks it."""

    def __init__(self, code: Code) -> None:
        self.code, self.code_challenge = code, code.challenge

    def get_redirect_uri(self) -> str:
        return self.code.redirect_uri

    def get_scope(self) -> str:
        return " ".join(self.code.scopes)


class ByCode(AuthorizationCodeGrant):  # type: ignore[misc]
    """RFC 6749, section 4.1, with PKCE. A code that comes twice ends what it was exchanged for."""

    TOKEN_ENDPOINT_AUTH_METHODS = PUBLIC

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        consent(
            request.client.application,
            code,
            user=request.user,
            scopes=request.scope.split(),
            matters=request.chosen_matters,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data["code_challenge"],
        )

    def query_authorization_code(self, code: str, client: PublicClient) -> KeptCode | None:
        kept = code_of(hash_of(code), client.application)
        if kept is not None and kept.token is not None:
            end_copied(kept.token)
        if kept is None or kept.token is not None or kept.expires_at <= timezone.now():
            return None
        return KeptCode(kept)

    def delete_authorization_code(self, authorization_code: KeptCode) -> None:
        """Kept until it has long ended: one that comes a second time must be known."""

    def authenticate_user(self, authorization_code: KeptCode) -> User | None:
        user = authorization_code.code.user
        return user if user.is_active else None


class KeptGrant:
    """What a person consented to, as the library asks it."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def check_client(self, client: PublicClient) -> bool:
        return client.has(self.token)

    def get_scope(self) -> str:
        return " ".join(self.token.scopes)


class Refreshing(RefreshTokenGrant):  # type: ignore[misc]
    """RFC 6749, section 6, with a new secret each time. One that was spent ends the consent (RFC 9700, 4.14.2)."""

    TOKEN_ENDPOINT_AUTH_METHODS = PUBLIC
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> KeptGrant | None:
        grant = grant_of_refresh_secret(hash_of(refresh_token), self.request.client.application)
        if grant is None or not grant.is_good:
            return None
        if grant.secret_sha256 != hash_of(refresh_token):
            end_copied(grant)
            return None
        return KeptGrant(grant)

    def authenticate_user(self, refresh_token: KeptGrant) -> User | None:
        return refresh_token.token.user if refresh_token.token.user.is_active else None

    def revoke_old_credential(self, refresh_token: KeptGrant) -> None:
        """Done in the same step that makes the new one, see `consents.rotate`."""


class Revoking(RevocationEndpoint):  # type: ignore[misc]
    """RFC 7009. An access token ends alone; the secret that refreshes ends all that came of the consent."""

    CLIENT_AUTH_METHODS = [*WITH_SECRET, *PUBLIC]

    def query_token(self, token: str, token_type_hint: str | None) -> KeptGrant | None:
        found = issued_token_of(hash_of(token))
        return KeptGrant(found) if found is not None else None

    def revoke_token(self, token: KeptGrant, request: OAuth2Request) -> None:
        revoke_token(token.token, actor=Actor(token.token.user))
